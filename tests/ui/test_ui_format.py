"""The conversation's HTML: answers, refusals, conflicts, failures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answer import Answer, AnswerKind
from ui.format import LONGEST_SHOWN, confidence, conversation, disputed_figure, searched, turn_view
from ui.testing import ScriptedAssistant
from ui.turn import Turn


def asked(assistant: ScriptedAssistant, question: str) -> Turn:
    return Turn(question, assistant.ask(question))


def test_turn_view_answer_links_each_marker_to_its_card(assistant: ScriptedAssistant) -> None:
    html = turn_view(asked(assistant, "How many passengers?"), 3)
    assert html.count('href="#source-3-1"') == 2  # in the prose, and in the line of places
    assert 'aria-label="Source 1, para. 1"' in html
    assert "[1]" not in html


def test_turn_view_refusal_shows_closest_passages_without_markers(assistant: ScriptedAssistant) -> None:
    html = turn_view(asked(assistant, "Who is the king?"), 1)
    assert "The report does not say." in html
    assert html.count("<details>") == 2
    assert "para. 2" in html
    assert "chip" not in html


def test_turn_view_refusal_says_its_language(assistant: ScriptedAssistant) -> None:
    refusal = replace(assistant.ask("Who?"), language="fr", text="Le rapport ne le dit pas.")
    assert 'lang="fr"' in turn_view(Turn("Qui ?", refusal), 1)


def test_turn_view_hostile_question_stays_text() -> None:
    html = turn_view(Turn("<img src=x onerror=alert(1)>"), 1)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html


def test_turn_view_very_long_question_is_cut_with_its_length() -> None:
    html = turn_view(Turn("x" * 10_000), 1)
    assert "(10,000 characters)" in html
    assert "x" * LONGEST_SHOWN + "…" in html
    assert "x" * (LONGEST_SHOWN + 1) not in html


def test_turn_view_pending_says_what_is_done() -> None:
    assert "Reading the report…" in turn_view(Turn("Why?"), 1)


def test_turn_view_failure_shows_message_and_remedy_escaped() -> None:
    html = turn_view(Turn("Why?", failure="No <index>.", remedy="Run report-qa index."), 1)
    assert 'role="alert"' in html
    assert "No &lt;index&gt;." in html
    assert "Run report-qa index." in html


def test_conversation_numbers_turns_from_one(assistant: ScriptedAssistant) -> None:
    html = conversation((asked(assistant, "passengers"), Turn("Why?")))
    assert html.index('id="turn-1"') < html.index('id="turn-2"')


def test_searched_same_question_up_to_case_and_space_shows_nothing(assistant: ScriptedAssistant) -> None:
    assert searched(replace(assistant.ask("passengers"), searched=" Passengers ")) == ""


def test_searched_follow_up_shows_the_stand_alone_question(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("and the storm?", history=("How many passengers?",))
    assert "Searched for: <span>How many passengers? and the storm?</span>" in searched(answer)


@pytest.mark.parametrize(
    ("value", "kind", "words", "level"),
    [
        (0.93, AnswerKind.PASSAGE, "Checked against the report", "sure"),
        (0.93, AnswerKind.TABLE, "Read from the report's table", "sure"),
        (0.6, AnswerKind.PASSAGE, "Likely: see the passage", "likely"),
        (0.4, AnswerKind.TABLE, "Possibly: check that the passage answers you", "unsure"),
    ],
)
def test_confidence_is_said_in_words(value: float, kind: AnswerKind, words: str, level: str) -> None:
    assert confidence(Answer("q", "q", True, kind, "t", value)) == (words, level)


def test_turn_view_conflict_puts_both_figures_side_by_side(assistant: ScriptedAssistant) -> None:
    html = turn_view(asked(assistant, "Which figures?"), 1)
    assert html.count('class="side"') == 2
    assert '<p class="figure">48,200</p>' in html
    assert '<p class="figure">51,000</p>' in html


def test_disputed_figure_prefers_what_the_answer_repeats_over_other_numbers(
    assistant: ScriptedAssistant,
) -> None:
    answer = assistant.ask("Which figures?")
    # The first quote also holds "12 boats"; the second also holds the year.
    assert [disputed_figure(citation, answer) for citation in answer.citations] == ["48,200", "51,000"]


def test_disputed_figure_quotes_without_numbers_have_none(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("storm")
    assert disputed_figure(answer.citations[0], answer) == ""


def test_turn_view_table_answer_shows_expression_and_cells(assistant: ScriptedAssistant) -> None:
    html = turn_view(asked(assistant, "How did women change?"), 1)
    assert "13 − 11 = 2" in html
    assert "<td>Women</td><td>2022</td>" in html
    assert "Crews of ferries only." in html
