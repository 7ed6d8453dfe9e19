from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.document import Document
from corpus.paragraphs import document_from_paragraphs
from eval.from_feedback import NEEDS_GOLD, converted
from eval.samples import UNANSWERABLE, Sample, load_samples, save_samples
from eval.scoring import score
from qa.answer import Answer, AnswerKind, Calculation, Citation, Span
from qa.cli import main
from qa.feedback import Feedback, FeedbackStore

TEXT = "In 2031, 1,250 wells were dug in 12 villages. [1]"
QUOTE = "In 2031, 1,250 wells were dug in 12 villages."


@pytest.fixture
def document() -> Document:
    return document_from_paragraphs("small", [("Wells", QUOTE)])


def citation(ref: str = "para:1", quote: str = QUOTE, marker: int = 1) -> Citation:
    return Citation(marker, ref, ref.replace(":", ". "), "small", ("Wells",), quote, 0, len(quote))


def answer(text: str = TEXT, value: str = "1,250", citations: tuple[Citation, ...] = (citation(),)) -> Answer:
    start = text.find(value) if value else -1
    span = Span(start, start + len(value)) if start >= 0 else None
    return Answer("q", "q", True, AnswerKind.PASSAGE, text, 0.9, citations, value=span)


REFUSAL = Answer("q", "q", False, AnswerKind.NONE, "The report does not say.", 0.1, language="fr")


def given(verdict: str = "right", found: Answer | None = None, **changes: Any) -> Feedback:
    made = found or answer()
    fields = {"verdict": verdict, "question": "How many wells?", "answer": made.to_dict(), "id": 7, **changes}
    return Feedback(**fields)


def gold(*feedback: Feedback) -> Sample:
    (sample,) = converted(feedback).gold
    return sample


def test_converted_right_answer_is_judged_by_its_value_and_place() -> None:
    sample = gold(given())
    assert (sample.sample_id, sample.kind, sample.language) == ("feedback-7", "fact", "en")
    assert sample.must == (("1,250",),)
    assert sample.refs == (("para:1",),)
    assert QUOTE in sample.note


def test_converted_right_answer_without_value_has_its_only_figure() -> None:
    assert gold(given(found=answer("In 2031, 40 wells were dug. [1]", value=""))).must == (("40",),)


def test_converted_right_answer_with_several_figures_and_no_value_has_none() -> None:
    assert gold(given(found=answer(value=""))).must == ()


def test_converted_right_computed_answer_has_its_result() -> None:
    sums = Calculation("sum", (), "1,200 + 50 = 1,250", 1250.0)
    found = replace(answer("1,200 + 50 = 1,250 [1]", value=""), kind=AnswerKind.TABLE, calculation=sums)
    sample = gold(given(found=found))
    assert (sample.kind, sample.must) == ("table", (("1250",),))


def test_converted_right_answer_of_several_places_takes_those_with_the_value() -> None:
    two = (citation(), citation("para:2", "Pumps cost USD 5 million.", 2), citation("box:1", QUOTE, 3))
    assert gold(given(found=answer(citations=two))).refs == (("para:1", "box:1"),)


def test_converted_right_conflict_has_to_cite_both_sides() -> None:
    both = (citation(), citation("para:2", "In 2031, 900 wells were dug.", 2))
    sample = gold(given(found=replace(answer(citations=both), kind=AnswerKind.CONFLICT)))
    assert (sample.kind, sample.refs) == ("conflict", (("para:1",), ("para:2",)))


def test_converted_right_follow_up_keeps_its_history() -> None:
    sample = gold(given(history=("And pumps?",)))
    assert (sample.kind, sample.history) == ("followup", ("And pumps?",))


@pytest.mark.parametrize(("verdict", "found"), [("should have refused", answer()), ("right", REFUSAL)])
def test_converted_refusal_asked_for_is_unanswerable(verdict: str, found: Answer) -> None:
    sample = gold(given(verdict, found))
    assert (sample.kind, sample.must, sample.refs) == (UNANSWERABLE, (), ())


@pytest.mark.parametrize("verdict", ["wrong", "wrong place"])
def test_converted_wrong_answer_waits_for_a_person(verdict: str) -> None:
    found = converted([given(verdict, comment="It is in Box 2.")])
    assert found.gold == ()
    (sample,) = found.to_complete
    assert sample.note == f"needs gold: {verdict}: “{TEXT}” from para. 1, comment: It is in Box 2."


def test_converted_sample_to_complete_makes_no_answer_right(document: Document) -> None:
    (sample,) = converted([given("wrong")]).to_complete
    assert not score(sample, answer(), document).right
    assert not score(sample, REFUSAL, document).right


def test_converted_answer_that_was_found_right_scores_right(document: Document) -> None:
    assert score(gold(given()), answer(), document).right
    assert not score(gold(given()), answer("In 2031, 900 wells were dug. [1]"), document).right


def test_converted_same_word_twice_is_one_sample() -> None:
    assert gold(given(), given(id=8, question="how many  WELLS?")).sample_id == "feedback-7"


def test_converted_people_who_disagree_leave_it_to_a_person() -> None:
    found = converted([given(), given("wrong", id=8), given("should have refused", id=9, question="Who?")])
    assert [sample.sample_id for sample in found.gold] == ["feedback-9"]
    assert [sample.sample_id for sample in found.to_complete] == ["feedback-7"]
    assert "right: “" in found.to_complete[0].note
    assert "wrong: “" in found.to_complete[0].note


def test_converted_two_right_answers_that_differ_leave_it_to_a_person() -> None:
    other = answer("In 2031, 900 wells were dug. [1]", value="900")
    assert converted([given(), given(found=other, id=8)]).gold == ()


def test_converted_stored_answer_that_cannot_be_read_is_no_gold() -> None:
    found = converted([given(answer={"answered": "perhaps"})])
    assert found.gold == ()
    assert "cannot be read" in found.to_complete[0].note


def test_save_samples_load_samples_round_trip(tmp_path: Path) -> None:
    found = converted([given(history=("Où?",)), given("wrong", id=8, question="Où\u2028?")])
    for samples in (found.gold, found.to_complete):
        save_samples(samples, tmp_path / "sub" / "set.jsonl")
        assert load_samples([tmp_path / "sub" / "set.jsonl"]) == samples


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    store = FeedbackStore(tmp_path / "feedback.sqlite3")
    store.add(given())
    store.add(given("wrong", question="Where?"))
    return store


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["eval", "from-feedback", *arguments])


def test_command_writes_gold_and_what_a_person_has_to_complete(store: FeedbackStore, tmp_path: Path) -> None:
    out = tmp_path / "set.jsonl"
    result = run("--db", str(store.path), "-o", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 samples, 1 need a gold answer" in result.stderr
    assert [sample.question for sample in load_samples([out])] == ["How many wells?"]
    (waiting,) = load_samples([tmp_path / "set.needs-gold.jsonl"])
    assert waiting.must == ((NEEDS_GOLD,),)


def test_command_does_not_overwrite_what_a_person_completed(store: FeedbackStore, tmp_path: Path) -> None:
    (tmp_path / "set.needs-gold.jsonl").write_text("mine", encoding="utf-8")
    result = run("--db", str(store.path), "-o", str(tmp_path / "set.jsonl"))
    assert result.exit_code == 1
    assert "is already there. Finish it and move it away" in " ".join(result.stderr.split())
    assert (tmp_path / "set.needs-gold.jsonl").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "set.jsonl").exists()


def test_command_without_output_prints_gold_only(store: FeedbackStore) -> None:
    result = run("--db", str(store.path))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["feedback-1"]


def test_command_reads_the_stores_own_place_by_default(
    store: FeedbackStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORT_QA_DATA", str(tmp_path))
    assert len(run().stdout.splitlines()) == 1


def test_command_without_feedback_says_where_it_looked(tmp_path: Path) -> None:
    result = run("--db", str(tmp_path / "none.sqlite3"))
    assert result.exit_code == 1
    assert f"No feedback in {tmp_path / 'none.sqlite3'}. Name the file with --db." in " ".join(result.stderr.split())
