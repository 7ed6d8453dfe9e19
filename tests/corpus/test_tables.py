from __future__ import annotations

import pytest

from corpus.audit import audit_structure, audit_tables, format_audit
from corpus.document import CellKind, Column, Document
from corpus.tables import typed


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("1 062", 1062.0, CellKind.NUMBER),
        ("17 095", 17095.0, CellKind.NUMBER),
        ("3,527.5", 3527.5, CellKind.NUMBER),
        ("", 0.0, CellKind.EMPTY),
        ("49%", 49.0, CellKind.PERCENT),
        ("+26", 26.0, CellKind.CHANGE),
        ("-6", -6.0, CellKind.CHANGE),
        ("-", 0.0, CellKind.CHANGE),
        ("N/A", None, CellKind.NOT_APPLICABLE),
        ("Peru", None, CellKind.TEXT),
    ],
)
def test_typed_cell_text_gives_its_value(text: str, value: float | None, kind: CellKind) -> None:
    assert typed(text) == (value, kind)


def test_typed_empty_cell_among_percentages_has_no_value() -> None:
    assert typed("", blank_is_zero=False) == (None, CellKind.EMPTY)


def test_table_pages_under_one_header_are_one_table(report: Document) -> None:
    members, others = report.tables_at("annex:II")
    assert (len(members.rows), len(others.rows)) == (176, 15)
    assert members.columns[0] == Column("G-1", "Category/Grade")
    assert members.columns[-3:] == (Column("Total"), Column("F", "Sex"), Column("M", "Sex"))
    assert members.notes == ("G: General Service; NO: National Officer; UG: Ungraded positions.",)
    assert members.rows[-1].is_total


def test_table_row_slices_back_to_the_file(report: Document) -> None:
    for table in report.tables:
        for row in table.rows:
            assert " ".join(report.source[row.start : row.end].split()) == row.text
            for cell in row.cells:
                assert report.source[cell.start : cell.end] == cell.text


def test_small_table_spanning_headings_become_groups(small: Document) -> None:
    (table,) = small.tables
    assert (table.ref, table.label, table.title) == ("annex:A", "Annex A", "Wells by district")
    assert table.columns == (
        Column("Deep", "Kind"),
        Column("Shallow", "Kind"),
        Column("Total"),
        Column("Public", "Owner"),
        Column("Private", "Owner"),
    )
    # An empty count is zero.
    assert [cell.value for cell in table.rows[1].cells] == [0.0, 10.0, 10.0, 0.0, 10.0]
    assert table.notes == ("Deep: below 50 metres.",)


def test_audit_total_that_is_not_its_rows_is_found(small: Document) -> None:
    # Shallow wells: 20 + 10 = 30, printed 33; all other sums hold.
    (finding,) = audit_tables(small)
    assert (finding.row, finding.column, finding.printed, finding.trusted) == ("Total", "Shallow", "33", 30.0)


def test_audit_of_the_report_finds_the_garbled_totals(report: Document) -> None:
    found = {(finding.ref, finding.row, finding.column): finding.expected for finding in audit_tables(report)}
    assert found["annex:II", "Total", "G-6"] == 122
    assert found["annex:II", "Total", "NO-B"] == 39
    # 1 292 men + 1 282 women = 2 574, printed 2 575.
    assert found["annex:I:1", "Total", "2022"] == 2574
    # 21 of 51 are 41 per cent, printed 38%.
    assert found["annex:I:2", "Percentage of women in 2023", "D-1"] == 41.2


def test_audit_structure_of_the_report_names_what_stands_twice(report: Document) -> None:
    structure = audit_structure(report)
    assert structure.broken == ()
    assert structure.repeated == (("para:34", "para:54"), ("para:85", "para:124"))
    text = format_audit(structure, audit_tables(report))
    assert text.startswith("158 numbered paragraphs, 11 boxes, 9 tables, 1 footnote, 33 acronyms")
