"""Tables and charts as HTML."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Column, Document
from qa.answer import Calculation, CellUse
from ui.charts import chart, ranking, years
from ui.made_up import use
from ui.tables import arithmetic, excerpts, row_of, source_table
from ui.testing import ScriptedAssistant


def calculation(assistant: ScriptedAssistant, question: str) -> Calculation:
    found = assistant.ask(question).calculation
    assert found is not None
    return found


def test_source_table_marks_used_cells_and_folds_other_rows(report: Document) -> None:
    table = report.tables[0]
    html = source_table(table, [(table.rows[1].start, table.rows[1].end)], (use(table, table.rows[1], "2023"),))
    assert "<mark>13</mark>" in html
    assert "<mark>11</mark>" not in html
    assert '<tr class="rest"><th scope="row">Men</th>' in html


def test_source_table_quoted_row_without_calculation_is_marked_whole(report: Document) -> None:
    table = report.tables[0]
    html = source_table(table, [(table.rows[0].start, table.rows[0].end)], ())
    assert '<th scope="row"><mark>Men</mark></th>' in html
    assert "<mark>14</mark>" in html


def test_source_table_wide_one_folds_the_columns_that_were_not_used(report: Document) -> None:
    table = report.tables[0]
    cells = table.rows[1].cells
    wide = replace(
        table,
        columns=tuple(Column(f"C{n}") for n in range(9)),
        rows=(replace(table.rows[1], cells=tuple(cells[n % 3] for n in range(9))),),
    )
    used = CellUse(table.ref, table.label, "Women", "C4", 11.0, "11")
    html = source_table(wide, [(table.start, table.end)], (used,))
    assert html.count('<th scope="col" class="rest">') == 8
    assert '<td class="number"><mark>11</mark></td>' in html


def test_source_table_columns_of_one_name_are_told_apart_by_their_group(report: Document) -> None:
    columns = (Column("F", "Local"), Column("F", "International"), Column("Total", "All"))
    html = source_table(replace(report.tables[0], columns=columns), [(0, 0)], ())
    assert ">Local, F</th>" in html
    assert ">Total</th>" in html


def test_row_of_two_rows_of_one_name_are_told_apart_by_the_printed_figure(report: Document) -> None:
    table = report.tables[0]
    twin = replace(table, rows=(replace(table.rows[0], label="Women"),))
    document = replace(report, tables=(twin, table))
    found = row_of(document, use(table, table.rows[1], "2023"))
    assert found == (table, table.rows[1])


def test_row_of_cell_that_the_report_does_not_have_is_none(report: Document) -> None:
    assert row_of(report, CellUse("annex:I:1", "Annex I, Table 1", "Women", "2023", 99.0, "99")) is None


def test_excerpts_many_rows_are_folded_behind_their_number(report: Document) -> None:
    table = report.tables[1]
    rows = tuple(replace(table.rows[0], label=f"Pier {n}", start=10_000 + n) for n in range(9))
    document = replace(report, tables=(replace(table, rows=rows),))
    cells = tuple(CellUse(table.ref, table.label, row.label, "Total", 13900.0, "13,900") for row in rows)
    assert "<summary>The 9 rows used</summary>" in excerpts(Calculation("sum", cells, "", 1.0), document)


def test_excerpts_empty_cell_is_said_to_be_zero(report: Document) -> None:
    table = report.tables[0]
    empty = replace(table.rows[1], cells=(replace(table.rows[1].cells[0], text="", value=0.0),))
    document = replace(report, tables=(replace(table, rows=(empty,)),))
    cells = (CellUse(table.ref, table.label, "Women", "2021", 0.0, ""),)
    assert "<mark>0 (empty)</mark>" in excerpts(Calculation("cell", cells, "", 0.0), document)


def test_arithmetic_that_the_text_says_already_is_not_repeated(assistant: ScriptedAssistant) -> None:
    found = calculation(assistant, "How did women change?")
    assert arithmetic(found, "It is 13 − 11 = 2. [1]") == ""
    assert "13 − 11 = 2" in arithmetic(found, "It rose.")


def test_arithmetic_of_single_cells_is_left_to_the_table(assistant: ScriptedAssistant) -> None:
    assert arithmetic(calculation(assistant, "busiest"), "") == ""


def test_arithmetic_of_sums_has_a_line_for_each_operand(assistant: ScriptedAssistant) -> None:
    found = calculation(assistant, "busiest")
    sums = replace(found, expression="A: 1 + 2; B: 3 + 4", cells=(*found.cells, found.cells[0]))
    assert arithmetic(sums, "").count("<li>") == 2


def test_years_draw_the_whole_row_with_the_used_years_marked(assistant: ScriptedAssistant, report: Document) -> None:
    series = years(calculation(assistant, "women"), report)
    assert series is not None
    assert series.labels == ("2021", "2022", "2023")
    assert series.values == (8, 11, 13)
    assert series.used == {1, 2}


def test_years_that_a_table_leaves_out_begin_the_chart_after_the_gap(
    assistant: ScriptedAssistant, report: Document
) -> None:
    table = replace(report.tables[0], columns=(Column("2005"), Column("2022"), Column("2023")))
    series = years(calculation(assistant, "women"), replace(report, tables=(table,)))
    assert series is not None
    assert series.labels == ("2022", "2023")


def test_years_disputed_figure_is_not_drawn(assistant: ScriptedAssistant, report: Document) -> None:
    found = replace(calculation(assistant, "women"), notes=("13 is printed, but the sum gives 12.",))
    assert chart(found, report) == ""


def test_chart_ranking_has_bars_from_zero_with_their_numbers(assistant: ScriptedAssistant, report: Document) -> None:
    html = chart(calculation(assistant, "busiest"), report)
    assert '<th scope="row">Old Harbour</th><td><i class="bar" style="--share: 1.0000"' in html
    assert "--share: 0.6980" in html  # 14,100 of 20,200
    assert "<span>14,100</span>" in html


def test_ranking_of_sums_adds_the_cells_of_each_row(assistant: ScriptedAssistant) -> None:
    found = calculation(assistant, "busiest")
    doubled = replace(found, cells=tuple(cell for cell in found.cells for _ in range(2)))
    series = ranking(doubled)
    assert series is not None
    assert series.values == (40400, 28200, 27800)


def test_ranking_that_does_not_agree_with_the_result_is_not_drawn(assistant: ScriptedAssistant) -> None:
    found = calculation(assistant, "busiest")
    assert ranking(replace(found, result=("South Pier", "Old Harbour", "North Pier"))) is None


def test_ranking_maximum_marks_the_best_of_all(assistant: ScriptedAssistant) -> None:
    series = ranking(replace(calculation(assistant, "busiest"), operation="maximum", result="Old Harbour"))
    assert series is not None
    assert series.used == {0}


def test_chart_of_a_single_number_is_none(assistant: ScriptedAssistant, report: Document) -> None:
    found = calculation(assistant, "busiest")
    one = replace(found, cells=found.cells[:1], result=("Old Harbour",))
    assert chart(one, report) == ""


def test_chart_labels_are_escaped(assistant: ScriptedAssistant, report: Document) -> None:
    found = calculation(assistant, "busiest")
    cells = (replace(found.cells[0], row="<b>"), *found.cells[1:])
    html = chart(replace(found, cells=cells, result=tuple(cell.row for cell in cells)), report)
    assert "&lt;b&gt;" in html
