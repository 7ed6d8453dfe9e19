"""The conversation's HTML: questions, refusals, failures, what was searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Document
from ui.format import LONGEST_SHOWN, conversation, searched, turn_view
from ui.questions import Example
from ui.testing import ScriptedAssistant
from ui.turn import Turn


def asked(assistant: ScriptedAssistant, question: str) -> Turn:
    return Turn(question, assistant.ask(question))


def test_turn_view_refusal_shows_closest_passages_without_markers(
    assistant: ScriptedAssistant, report: Document
) -> None:
    html = turn_view(asked(assistant, "Who is the king?"), 1, report)
    assert "The report does not say." in html
    assert html.count('<details class="fold">') == 2
    assert 'href="report#para-2"' in html
    assert 'class="chip"' not in html


def test_turn_view_refusal_says_what_was_looked_for_escaped(assistant: ScriptedAssistant, report: Document) -> None:
    refused = replace(assistant.ask("Who is the king?"), lacking=("“<king>”", "the year 1998"))
    html = turn_view(Turn("Who is the king?", refused), 1, report)
    assert "Looked for, and not found in the closest passages: “&lt;king&gt;”; the year 1998" in html


def test_turn_view_answer_in_part_says_which_part_is_missing(assistant: ScriptedAssistant, report: Document) -> None:
    partly = replace(assistant.ask("passengers"), lacking=("the king",))
    assert "Looked for, and not found: the king</p>" in turn_view(Turn("passengers", partly), 1, report)
    assert "not found" not in turn_view(asked(assistant, "passengers"), 1, report)


def test_turn_view_refusal_offers_related_questions_escaped(assistant: ScriptedAssistant, report: Document) -> None:
    turn = replace(asked(assistant, "Who is the king?"), related=(Example("T", 'Who is "x"?', ("para:1",)),))
    assert 'data-ask="Who is &quot;x&quot;?"' in turn_view(turn, 1, report)


def test_turn_view_refusal_says_its_language(assistant: ScriptedAssistant, report: Document) -> None:
    refusal = replace(assistant.ask("Who?"), language="fr", text="Le rapport ne le dit pas.")
    assert 'lang="fr"' in turn_view(Turn("Qui ?", refusal), 1, report)


def test_turn_view_hostile_question_stays_text(report: Document) -> None:
    html = turn_view(Turn('"><img src=x onerror=alert(1)>'), 1, report)
    assert "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html


def test_turn_view_very_long_question_is_cut_with_its_length(report: Document) -> None:
    html = turn_view(Turn("x" * 10_000), 1, report)
    assert "(10,000 characters)" in html
    assert f"<p>{'x' * LONGEST_SHOWN}…" in html


def test_turn_view_keeps_what_was_asked_for_the_browsers_list(assistant: ScriptedAssistant, report: Document) -> None:
    turn = replace(asked(assistant, "passengers"), search='by "night"')
    html = turn_view(turn, 1, report)
    assert 'data-question="passengers"' in html
    assert 'data-search="by &quot;night&quot;"' in html
    assert 'data-state="done"' in html


@pytest.mark.parametrize(
    ("progress", "said"), [("", "Reading the report…"), ("Asking question 2 of 3 again…", "question 2 of 3")]
)
def test_turn_view_pending_says_what_is_done(report: Document, progress: str, said: str) -> None:
    html = turn_view(Turn("Why?", progress=progress), 1, report)
    assert said in html
    assert 'data-state="pending"' in html


def test_turn_view_failure_shows_message_and_remedy_escaped(report: Document) -> None:
    html = turn_view(Turn("Why?", failure="No <index>.", remedy="Run report-qa index."), 1, report)
    assert 'role="alert"' in html
    assert "No &lt;index&gt;." in html
    assert "Run report-qa index." in html


def test_conversation_numbers_turns_from_one(assistant: ScriptedAssistant, report: Document) -> None:
    html = conversation((asked(assistant, "passengers"), Turn("Why?")), report)
    assert html.index('id="turn-1"') < html.index('id="turn-2"')


def test_searched_same_question_up_to_case_and_space_shows_nothing(assistant: ScriptedAssistant) -> None:
    assert searched(replace(assistant.ask("passengers"), searched=" Passengers ")) == ""


def test_searched_follow_up_shows_the_stand_alone_question_and_the_way_to_change_it(
    assistant: ScriptedAssistant,
) -> None:
    html = searched(assistant.ask("and the storm?", history=("How many passengers?",)))
    assert "Searched for: <span>How many passengers? and the storm?</span>" in html
    assert 'aria-label="Edit what is searched for"' in html
