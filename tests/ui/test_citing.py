"""Answers copied with their sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Document
from corpus.loading import load_report
from ui.citing import footnote, markdown, plain
from ui.made_up import cite
from ui.pieces import Piece, Style, escaped, to_markdown, to_plain
from ui.testing import ScriptedAssistant


def test_footnote_names_report_and_place_from_its_metadata(report: Document) -> None:
    citation = cite(report, "para:1", "Two boats")
    assert footnote(citation, report) == "Harbour Office, Annual Report for 2023 (7th Session), para. 1"


def test_footnote_report_without_citation_form_is_called_by_its_title(report: Document) -> None:
    untold = replace(report, metadata=replace(report.metadata, citation=""))
    assert footnote(cite(report, "para:1", "Two boats"), untold) == "Annual Report of the Harbour Office, para. 1"


def test_footnote_of_the_bundled_report_is_its_owners_form() -> None:
    real = load_report()
    citation = cite(real, "para:14", real.place("para:14")[0].text[:40])
    assert footnote(citation, real) == "IOM, Annual Report for 2023 (115th Session of the Council), para. 14"


def test_plain_quoted_answer_does_not_repeat_the_quote(assistant: ScriptedAssistant, report: Document) -> None:
    assert plain(assistant.ask("storm"), report) == (
        "Both piers reopened after nine days. [1]\n\n[1] Harbour Office, Annual Report for 2023 (7th Session), Box 1"
    )


def test_plain_quote_that_the_answer_does_not_hold_is_given_on_one_line(
    assistant: ScriptedAssistant, report: Document
) -> None:
    answer = assistant.ask("figures")
    broken = replace(answer.citations[1], quote="In total\n\nThe [Office](#)\tcarried <b>51,000</b>")
    text = plain(replace(answer, citations=(answer.citations[0], broken)), report)
    assert text.endswith(", para. 3\n    “In total The Office carried 51,000”")


def test_plain_table_answer_has_cells_and_arithmetic(assistant: ScriptedAssistant, report: Document) -> None:
    lines = plain(assistant.ask("men"), report).splitlines()
    assert "13 − 11 = 2" in lines
    assert "Annex I, Table 1\tWomen\t2023\t13" in lines


def test_plain_table_answer_names_a_place_once_and_no_bare_row(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("men")
    twice = replace(answer, citations=(answer.citations[0], replace(answer.citations[0], marker=2, quote="Men 14 15")))
    text = plain(twice, report)
    assert text.endswith("\n\n[1] [2] Harbour Office, Annual Report for 2023 (7th Session), Annex I, Table 1")
    assert "Men 14 15" not in text


def test_plain_answer_of_one_cell_does_not_repeat_it_as_a_table(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("men")
    assert answer.calculation is not None
    one = replace(answer.calculation, cells=answer.calculation.cells[:1], notes=("Crews of ferries only.",))
    text = plain(replace(answer, calculation=one), report)
    assert "\t" not in text
    assert "Crews of ferries only." in text


def test_plain_refusal_says_what_was_searched_and_cites_nothing(assistant: ScriptedAssistant, report: Document) -> None:
    assert plain(assistant.ask("Who?"), report) == (
        "The report does not say.\n\nSearched: Harbour Office, Annual Report for 2023 (7th Session)"
    )


def test_plain_list_answer_keeps_its_items(assistant: ScriptedAssistant, report: Document) -> None:
    answer = replace(assistant.ask("storm"), text="Two things:\n- one [1]\n- two [1]")
    assert plain(answer, report).startswith("Two things:\n\n- one [1]\n- two [1]\n\n[1] ")


def test_markdown_markers_stay_and_quotes_are_set_off(assistant: ScriptedAssistant, report: Document) -> None:
    text = markdown(assistant.ask("figures"), report)
    assert text.startswith("The report gives two figures: 48,200 [1] and 51,000 [2].\n\n[1] Harbour Office")
    assert "\n\n> “In total The Office carried 51,000 passengers in 2023”" in text


def test_markdown_table_answer_has_a_pipe_table(assistant: ScriptedAssistant, report: Document) -> None:
    assert "| Table | Row | Column | Value |\n| --- | --- | --- | --- |\n| Annex I, Table 1 | Women | 2022 | 11 |" in (
        markdown(assistant.ask("men"), report)
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**bold** and [a](http://x)", r"\*\*bold\*\* and \[a](http://x)"),
        ("<img src=x> | snake_case", r"\<img src=x> \| snake\_case"),
        ("[1](x) and [2]: y, but [3].", r"\[1](x) and \[2]: y, but [3]."),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("2023 was long", "2023 was long"),
        ("AT&amp;T & co", r"AT\&amp;T & co"),
    ],
)
def test_escaped_nothing_is_read_as_markup(text: str, written: str) -> None:
    assert escaped(text) == written


def test_pieces_items_stand_close_and_paragraphs_apart() -> None:
    pieces = [Piece(Style.TEXT, "a"), Piece(Style.ITEM, "b"), Piece(Style.ITEM, "c"), Piece(Style.TEXT, "d")]
    assert to_markdown(pieces) == to_plain(pieces) == "a\n\n- b\n- c\n\nd"
