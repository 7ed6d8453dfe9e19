"""An answer's HTML: value, lead, chips, basis, conflicts, tools."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Document, Row
from qa.answer import Answer, AnswerKind, Calculation, CellUse
from ui.answers import answered, confidence, headline, result
from ui.conflicts import disputed_figure
from ui.testing import ScriptedAssistant
from ui.tools import tools
from ui.turn import Turn


def cell(column: str, value: float, text: str) -> CellUse:
    return CellUse("annex:I:1", "Annex I, Table 1", "Women", column, value, text)


def test_answered_links_each_marker_to_its_card_with_the_quote(assistant: ScriptedAssistant, report: Document) -> None:
    html = answered(assistant.ask("How many passengers?"), 3, report)
    assert html.count('href="#source-3-1"') == 2  # in the prose, and in the line of places
    assert 'aria-label="Source 1, para. 1"' in html
    assert 'data-quote="Throughout the year, The Office carried' in html
    assert "[1]" not in html


def test_answered_value_stands_first_and_large(assistant: ScriptedAssistant, report: Document) -> None:
    assert answered(assistant.ask("passengers"), 1, report).startswith('<p class="value">48,200 passengers</p>')


def test_answered_context_of_the_lead_is_set_apart(assistant: ScriptedAssistant, report: Document) -> None:
    html = answered(assistant.ask("When were the piers reopened?"), 1, report)
    assert '<span class="context">Crossings were suspended' in html
    assert "</span>Both piers reopened after nine days." in html


def test_answered_second_quote_of_a_place_leads_to_the_same_card(
    assistant: ScriptedAssistant, report: Document
) -> None:
    answer = assistant.ask("Which is the busiest pier?")
    html = answered(answer, 1, report)
    assert 'href="#source-1-1" data-marker="3"' in html
    assert html.count("Annex II</a>") == 1


def test_answered_long_run_of_markers_keeps_one_for_each_place(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("Which is the busiest pier?")
    places = tuple(replace(answer.citations[0], marker=marker) for marker in range(1, 6))
    html = answered(replace(answer, text="Most. [1] [2] [3] [4] [5]", citations=places), 1, report)
    assert 'data-marker="1"' in html
    assert 'data-marker="2"' not in html
    assert "[2]" not in html


def test_headline_long_value_is_left_to_the_sentence(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("passengers")
    assert answer.value is not None
    assert headline(replace(answer, value=replace(answer.value, start=0, end=120))) == ""


@pytest.mark.parametrize(
    ("operation", "found", "cells", "written"),
    [
        ("cell", 1033.0, (cell("Total", 1033, "1 033"),), "1 033"),
        ("sum", 1090.0, (cell("F", 1, "1"), cell("M", 2, "2")), "1,090"),
        ("difference", 546.0, (cell("2019", 1, "1"), cell("2023", 2, "2")), "+546"),
        ("difference", -546.0, (cell("2019", 1, "1"), cell("2023", 2, "2")), "−546"),
        ("difference", 83.0, (cell("F", 1, "1"), cell("M", 2, "2")), "83"),
        ("percent_change", 41.6, (cell("2019", 1, "1"), cell("2023", 2, "2")), "+41.6 per cent"),
        ("share", 39.7, (cell("F", 1, "1"), cell("M", 2, "2")), "39.7 per cent"),
        ("rank", 8.0, (cell("Total", 1, "1"),), "8th"),
        ("rank", 12.0, (cell("Total", 1, "1"),), "12th"),
        ("maximum", "Italy", (cell("Total", 1, "1"),), "Italy"),
        ("top", ("Italy", "France"), (cell("Total", 1, "1"),), ""),
    ],
)
def test_result_is_written_as_a_person_writes_it(
    operation: str, found: float | str | tuple[str, ...], cells: tuple[CellUse, ...], written: str
) -> None:
    assert result(Calculation(operation, cells, "", found)) == written


@pytest.mark.parametrize(
    ("value", "kind", "words", "level"),
    [
        (0.93, AnswerKind.PASSAGE, "Checked against the report", "sure"),
        (0.93, AnswerKind.TABLE, "Read from the report's table", "sure"),
        (0.6, AnswerKind.PASSAGE, "Likely: see the passage", "likely"),
        (0.4, AnswerKind.TABLE, "Possibly: check that the passage answers you", "unsure"),
        (0.6, AnswerKind.CONFLICT, "The report disagrees with itself: both figures are given", "likely"),
    ],
)
def test_confidence_is_said_in_words(value: float, kind: AnswerKind, words: str, level: str) -> None:
    assert confidence(Answer("q", "q", True, kind, "t", value)) == (words, level)


def test_answered_conflict_puts_both_figures_side_by_side_and_says_each_sentence_once(
    assistant: ScriptedAssistant, report: Document
) -> None:
    answer = assistant.ask("Which figures?")
    sentences = " ".join(f"{citation.quote} [{citation.marker}]" for citation in answer.citations)
    html = answered(replace(answer, text=f"{answer.text} {sentences}"), 1, report)
    assert html.count('class="side"') == 2
    assert '<p class="figure">48,200</p>' in html
    assert '<p class="figure">51,000</p>' in html
    assert html.count("In total The Office carried") == 3  # the side, and what its two chips show
    assert 'class="value"' not in html


def test_answered_disputed_cell_stands_beside_what_the_other_cells_give(
    assistant: ScriptedAssistant, report: Document
) -> None:
    table = report.tables[0]
    total = Row(
        "Total", tuple(replace(c, text="30", value=30.0) for c in table.rows[0].cells), True, "Total 30 30 30", 0, 9
    )
    summed = replace(report, tables=(replace(table, rows=(*table.rows, total)),))
    used = CellUse(table.ref, table.label, "Total", "2023", 30.0, "30")
    answer = replace(
        assistant.ask("women"),
        kind=AnswerKind.CONFLICT,
        text="30: Total, 2023. [1]",
        calculation=Calculation("cell", (used,), "30", 30.0),
    )
    html = answered(answer, 1, summed)
    assert '<p class="figure">30</p><blockquote>is printed in Annex I, Table 1, Total, 2023.' in html
    assert '<p class="figure">28</p>' in html  # 15 men and 13 women
    assert 'class="value"' not in html


def test_headline_of_an_unsure_answer_is_left_to_the_sentence(assistant: ScriptedAssistant) -> None:
    assert headline(replace(assistant.ask("passengers"), confidence=0.4)) == ""


def test_disputed_figure_prefers_what_the_answer_opens_with_over_other_numbers(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("Which figures?")
    # The first quote also holds "12 boats"; the second also holds the year.
    assert [disputed_figure(citation, answer) for citation in answer.citations] == ["48,200", "51,000"]


def test_disputed_figure_of_two_names_is_the_figure_both_places_give(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("Which figures?")
    budget, income = (
        replace(answer.citations[0], quote="The budget was USD 3.5 million in 12 parts."),
        replace(answer.citations[1], quote="The income was USD 3.5 million in 2023."),
    )
    named = replace(
        answer, text=f"The report gives USD 3.5 million under two names. {budget.quote}", citations=(budget, income)
    )
    assert [disputed_figure(citation, named) for citation in (budget, income)] == ["USD 3.5 million"] * 2


def test_disputed_figure_quotes_without_numbers_have_none(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("storm")
    assert disputed_figure(answer.citations[0], answer) == ""


def test_answered_table_shows_arithmetic_chart_and_marked_cells(assistant: ScriptedAssistant, report: Document) -> None:
    html = answered(assistant.ask("How did women change?"), 1, report)
    assert "<li>13 − 11 = 2</li>" in html
    assert 'class="chart columns"' in html
    assert "<mark>13</mark>" in html
    assert "<mark>8</mark>" not in html


def test_tools_offer_three_forms_of_copying_in_attributes(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("passengers")
    html = tools(Turn("passengers", answer), answer, 1, report)
    assert html.count("data-copy=") == 3
    assert 'data-copy="Harbour Office, Annual Report for 2023 (7th Session), para. 1"' in html


def test_tools_link_is_to_the_question_that_stands_alone(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("and the storm?", history=("Which piers?",))
    assert 'data-link="Which piers? and the storm?"' in tools(Turn("and the storm?", answer), answer, 1, report)


def test_tools_refusal_has_nothing_to_copy_and_its_own_verdicts(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("Who is the king?")
    html = tools(Turn("Who is the king?", answer), answer, 1, report)
    assert "data-copy=" not in html
    assert html.count('type="radio"') == 2


def test_tools_answer_that_was_judged_thanks_and_asks_no_more(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("passengers")
    html = tools(Turn("passengers", answer, verdict="wrong"), answer, 1, report)
    assert "Noted, thank you." in html
    assert "<form" not in html
