"""What the page's events do: questions, orders of the script, feedback, files."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from qa.feedback import FeedbackStore
from ui.examples import Examples
from ui.handlers import REVISED, Handlers, Notes, Shown, Turns
from ui.orders import MOST_TURNS
from ui.testing import ScriptedAssistant


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "feedback.sqlite3")


@pytest.fixture
def handlers(assistant: ScriptedAssistant, store: FeedbackStore) -> Handlers:
    notes = Notes(store, assistant.describe())
    return Handlers(assistant, Examples(assistant.document, assistant.ask), notes)


def ordered(handlers: Handlers, before: Turns, **order: Any) -> Shown:
    """Return what the page shows in the end."""
    return list(handlers.obey(json.dumps(order), before))[-1]


def asked(handlers: Handlers, *questions: str) -> Turns:
    turns: Turns = ()
    for question in questions:
        turns = list(handlers.ask(question, turns))[-1].turns
    return turns


def test_ask_shows_the_question_first_and_then_the_answer(handlers: Handlers) -> None:
    pending, answered = handlers.ask("How many passengers?", ())
    assert "Reading 3 paragraphs, 1 box, 2 tables…" in pending.conversation
    assert "48,200" in answered.conversation
    assert "<mark" in answered.sources
    assert answered.question == ""
    assert len(answered.turns) == 1


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_ask_blank_question_makes_no_turn_and_says_why(
    handlers: Handlers, assistant: ScriptedAssistant, blank: str
) -> None:
    (shown,) = handlers.ask(blank, ())
    assert shown.turns == ()
    assert "Type a question first." in shown.hint
    assert "Ask the report" in shown.conversation


def test_ask_refusal_comes_with_questions_that_are_answered(handlers: Handlers) -> None:
    (turn,) = asked(handlers, "Who is the king?")
    assert [example.question for example in turn.related] == ["How many passengers did The Office carry?"]


def test_obey_new_shows_the_start(handlers: Handlers) -> None:
    shown = ordered(handlers, asked(handlers, "passengers"), do="new")
    assert shown.turns == ()
    assert "Questions to start from" in shown.conversation


def test_obey_more_shows_the_set_asked_for_and_offers_the_next(handlers: Handlers) -> None:
    assert 'data-page="4"' in ordered(handlers, (), do="more", page=3).conversation


def test_obey_ask_begins_a_new_conversation(handlers: Handlers) -> None:
    shown = ordered(handlers, asked(handlers, "storm"), do="ask", question="How many passengers?")
    assert [turn.question for turn in shown.turns] == ["How many passengers?"]


@pytest.mark.parametrize(("ref", "begun"), [("para:2", "About para. 2: "), ("annex:II", "About Annex II: ")])
def test_obey_about_begins_a_question_and_keeps_the_conversation(handlers: Handlers, ref: str, begun: str) -> None:
    turns = asked(handlers, "passengers")
    shown = ordered(handlers, turns, do="about", ref=ref)
    assert shown.question == begun
    assert shown.turns == turns


def test_obey_about_unknown_place_says_so_as_text(handlers: Handlers) -> None:
    shown = ordered(handlers, (), do="about", ref="<b>")
    assert "The report has no place “&lt;b&gt;”." in shown.hint
    assert shown.question == ""


def test_obey_reopen_asks_the_questions_again_in_order_with_their_history(
    handlers: Handlers, assistant: ScriptedAssistant
) -> None:
    before = asked(handlers, "How many passengers?", "and the storm?")
    kept = [{"question": turn.question, "search": turn.search} for turn in before]
    shown = ordered(handlers, (), do="reopen", turns=kept)
    assert shown.turns == before
    assert "asked again" in shown.hint


def test_obey_reopen_says_which_question_it_is_at(handlers: Handlers) -> None:
    order = json.dumps({"do": "reopen", "turns": [{"question": "storm"}, {"question": "passengers"}]})
    assert "Asking question 1 of 2 again…" in next(handlers.obey(order, ())).conversation


def test_obey_revise_changes_the_question_and_asks_the_later_ones_again(handlers: Handlers) -> None:
    turns = asked(handlers, "What about the harbour?", "and the king?", "storm")
    shown = ordered(handlers, turns, do="revise", turn=1, question="How many passengers?")
    assert [turn.question for turn in shown.turns] == ["How many passengers?", "and the king?", "storm"]
    answers = [turn.answer for turn in shown.turns]
    assert [answer.answered for answer in answers if answer] == [True, True, True]
    assert REVISED in shown.hint


def test_obey_revise_search_keeps_the_question_as_typed(handlers: Handlers) -> None:
    turns = asked(handlers, "What about the harbour?", "and the king?")
    shown = ordered(handlers, turns, do="revise", turn=2, question="and the king?", search="How many passengers?")
    answer = shown.turns[1].answer
    assert answer is not None
    assert (answer.question, answer.searched, answer.answered) == ("and the king?", "How many passengers?", True)


@pytest.mark.parametrize("order", [{"turn": 9, "question": "Why?"}, {"turn": 1, "question": " "}])
def test_obey_revise_of_no_turn_or_to_nothing_changes_nothing(handlers: Handlers, order: dict[str, Any]) -> None:
    turns = asked(handlers, "passengers")
    assert ordered(handlers, turns, do="revise", **order).turns == turns


@pytest.mark.parametrize(
    "order",
    [
        "",
        "[]",
        '{"do": "delete"}',
        '{"do": "revise", "turn": 0, "question": "x"}',
        json.dumps({"do": "reopen", "turns": [{"question": "x"}] * (MOST_TURNS + 1)}),
    ],
)
def test_obey_order_that_is_none_changes_nothing_and_says_so(handlers: Handlers, order: str) -> None:
    turns = asked(handlers, "passengers")
    (shown,) = handlers.obey(order, turns)
    assert shown.turns == turns
    assert "cannot be done" in shown.hint


def test_errand_judge_keeps_question_answer_and_settings(
    handlers: Handlers, store: FeedbackStore, assistant: ScriptedAssistant
) -> None:
    turns = asked(handlers, "How many passengers?", "and the storm?")
    order = {"do": "judge", "turn": 2, "verdict": "wrong place", "comment": " See <para. 3> "}
    judged, reply = handlers.errand(json.dumps(order), turns)
    assert json.loads(reply) == {"judged": 2}
    assert [turn.verdict for turn in judged] == ["", "wrong place"]
    (kept,) = store.all()
    assert (kept.verdict, kept.question, kept.comment) == ("wrong place", "and the storm?", "See <para. 3>")
    assert kept.history == ("How many passengers?",)
    assert kept.answer["searched"] == "How many passengers? and the storm?"
    assert kept.settings == assistant.describe()


@pytest.mark.parametrize("order", [{"turn": 1, "verdict": "great"}, {"turn": 5, "verdict": "right"}])
def test_errand_judge_unknown_verdict_or_turn_keeps_nothing(
    handlers: Handlers, store: FeedbackStore, order: dict[str, Any]
) -> None:
    turns = asked(handlers, "passengers")
    same, reply = handlers.errand(json.dumps({"do": "judge", **order}), turns)
    assert same == turns
    assert "cannot be done" in json.loads(reply)["failure"]
    assert store.all() == ()


def test_errand_judge_file_that_cannot_be_written_is_told(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("no folder")
    notes = Notes(FeedbackStore(tmp_path / "taken" / "feedback.sqlite3"), {})
    broken = Handlers(assistant, Examples(assistant.document, assistant.ask), notes)
    turns = asked(broken, "passengers")
    same, reply = broken.errand('{"do": "judge", "turn": 1, "verdict": "right"}', turns)
    assert same == turns
    assert "cannot be used" in json.loads(reply)["failure"]


@pytest.mark.parametrize(
    ("form", "ending", "start"), [("word", ".docx", b"PK"), ("markdown", ".md", b"# Questions to")]
)
def test_errand_export_gives_the_conversation_as_a_file(
    handlers: Handlers, form: str, ending: str, start: bytes
) -> None:
    turns = asked(handlers, "passengers")
    same, reply = handlers.errand(json.dumps({"do": "export", "form": form}), turns)
    file = json.loads(reply)
    assert same == turns
    assert file["name"] == f"harbour-report-answers{ending}"
    assert base64.b64decode(file["data"]).startswith(start)
