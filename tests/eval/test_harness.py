from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from corpus.document import Document
from corpus.errors import EvaluationError
from corpus.paragraphs import document_from_paragraphs
from eval.citations import citation_problems
from eval.fitting import fit_logistic, fit_ranking, stacked
from eval.runs import load_run, run_samples, save_run
from eval.samples import Sample, load_samples, shipped_sets
from eval.scoring import normalized, score
from eval.squad import format_squad, load_squad, sampled, score_squad
from eval.summary import format_comparison, format_failures, format_summary, summarize
from qa import Assistant, Settings
from qa.answer import Answer, AnswerKind, Citation
from qa.cli import main
from qa.confidence import READ, UNREAD
from qa.ranking import ConfidenceModel

TEXT = [("Wells", "In 2031, 1,250 wells were dug."), ("Pumps", "Pumps cost USD 5 million.")]


@pytest.fixture
def document() -> Document:
    return document_from_paragraphs("small", TEXT)


@pytest.fixture
def assistant(document: Document) -> Assistant:
    return Assistant.from_document(document, Settings(embedder="hash", min_confidence=0.0))


def sample(kind: str = "fact", **changes: object) -> Sample:
    fields: dict[str, object] = {
        "sample_id": "q", "question": "How many wells were dug?", "history": (), "language": "en", "kind": kind,
        "must": (("1250", "1,250"),), "must_not": (), "refs": (("para:1",),), "note": "1,250 wells",
    }  # fmt: skip
    return Sample(**{**fields, **changes})  # type: ignore[arg-type]


def answer(text: str = "In 2031, 1,250 wells were dug. [1]", answered: bool = True) -> Answer:
    quote = "In 2031, 1,250 wells were dug."
    citation = Citation(1, "para:1", "para. 1", "small", ("Wells",), quote, 0, len(quote))
    kind = AnswerKind.PASSAGE if answered else AnswerKind.NONE
    return Answer("q", "q", answered, kind, text, 0.9, (citation,) if answered else ())


def test_normalized_separators_inside_numbers_are_removed() -> None:
    assert normalized("Some  1 250 or 1,250 Wells, two") == "some 1250 or 1250 wells, two"


def test_score_answer_with_figure_and_place_is_right(document: Document) -> None:
    judged = score(sample(), answer(), document)
    assert (judged.right, judged.reasons, judged.quotes_true) == (True, (), True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"must": (("900",),)}, "lacks 900"),
        ({"must_not": ("dug",)}, "must not say dug"),
        ({"refs": (("para:1",), ("para:2",))}, "does not cite para:2"),
        ({"kind": "unanswerable"}, "should have been refused"),
    ],
)
def test_score_wrong_answer_says_why(document: Document, changes: dict[str, object], reason: str) -> None:
    judged = score(sample(**changes), answer(), document)  # type: ignore[arg-type]
    assert not judged.right
    assert reason in judged.reasons


def test_score_refusal_is_wrong_for_answerable_and_right_for_unanswerable(document: Document) -> None:
    refusal = answer("The report does not say.", answered=False)
    assert score(sample(), refusal, document).reasons == ("refused",)
    assert score(sample("unanswerable", must=(), refs=()), refusal, document).right


def test_score_quote_that_is_not_in_the_report_is_noticed(document: Document) -> None:
    assert not score(sample(), answer("In 2031, 9,999 wells were dug. [1]"), document).quotes_true


def test_score_quote_from_another_place_than_cited_is_noticed(document: Document) -> None:
    quote = "Pumps cost USD 5 million."
    start = document.source.index(quote)
    wrong = Citation(1, "para:1", "para. 1", "small", ("Wells",), quote, start, start + len(quote))
    moved = Answer("q", "q", True, AnswerKind.PASSAGE, f"{quote} [1]", 0.9, (wrong,))
    assert citation_problems(moved, document) == ("quote [1] is outside para:1",)


def test_load_samples_bad_line_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a", "question": "x", "type": "fact"}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"bad\.jsonl line 2: question: Field required"):
        load_samples([path])


def test_load_samples_id_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text('{"id": "a", "question": "x", "type": "fact"}\n' * 2, encoding="utf-8")
    with pytest.raises(EvaluationError, match="already stands in twice.jsonl line 1"):
        load_samples([path])


def test_shipped_sets_hold_over_a_hundred_questions_of_every_type() -> None:
    samples = load_samples(shipped_sets())
    assert len(samples) > 100
    assert {found.kind for found in samples} >= {
        "fact",
        "explain",
        "list",
        "multi",
        "followup",
        "conflict",
        "unanswerable",
    }


def test_run_saved_and_loaded_is_the_same_and_compares(assistant: Assistant, tmp_path: Path) -> None:
    samples = (
        sample(),
        sample("unanswerable", sample_id="u", question="How many owls in 1999?", must=(), refs=()),
    )
    run = run_samples(assistant, samples, "small")
    loaded = load_run(save_run(run, tmp_path))
    assert save_run(run, tmp_path).name.endswith("-small-2.json")
    assert loaded.results == run.results
    summary = summarize(run.results)
    assert (summary.overall.hits, summary.overall.n, summary.judged) == (2, 2, 1)
    assert summary.retrieval["R@1"] == 1.0
    assert summary.refusals.f1 == 1.0
    assert "| all | 1.00 |" in format_summary(run, summary)
    assert "no difference" in format_comparison(run, loaded)
    assert format_failures([result for result in run.results if not result.right]) == "No failures."


def test_run_question_that_breaks_counts_as_wrong(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Answer:
        raise RuntimeError("broken")

    monkeypatch.setattr(assistant, "ask", broken)
    (result,) = run_samples(assistant, (sample(),), "broken").results
    assert (result.right, result.reasons) == (False, ("RuntimeError: broken",))


def test_load_run_file_that_is_no_run_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(EvaluationError, match="is not a saved run"):
        load_run(path)


def squad_file(folder: Path) -> Path:
    def asked(identity: str, text: str, gold: str | None) -> dict[str, object]:
        answers = [{"text": gold, "answer_start": 0}] if gold else []
        return {"id": identity, "question": text, "answers": answers, "is_impossible": gold is None}

    wells = {"context": TEXT[0][1], "qas": [asked("1", "How many wells were dug?", "1,250")]}
    pumps = {"context": TEXT[1][1], "qas": [asked("2", "How many owls hooted in 1999?", None)]}
    data = [{"title": "Wells", "paragraphs": [wells]}, {"title": "Pumps", "paragraphs": [pumps]}]
    path = folder / "squad.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_squad_score_counts_gold_answers_in_the_right_paragraph(tmp_path: Path) -> None:
    found = load_squad(squad_file(tmp_path))
    assistant = Assistant.from_document(found.document, Settings(embedder="hash", min_confidence=0.0))
    reached = score_squad(assistant, found.questions)
    assert reached.retrieval == {"R@1": 1.0, "R@5": 1.0, "MRR@10": 1.0}
    assert (reached.answered_right.hits, reached.answered_right.n) == (1, 1)
    assert (reached.refusals.precision, reached.refusals.recall) == (1.0, 1.0)
    assert "2 paragraphs, 2 questions (1 answerable)" in format_squad(reached)


def test_load_squad_half_of_the_articles_and_a_seeded_sample(tmp_path: Path) -> None:
    assert [found.question_id for found in load_squad(squad_file(tmp_path), "second").questions] == ["2"]
    questions = load_squad(squad_file(tmp_path)).questions
    assert sampled(questions, 1, seed=3) == sampled(questions, 1, seed=3)
    assert sampled(questions, 0, seed=3) == questions


def test_load_squad_other_json_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(EvaluationError, match="is not a SQuAD file"):
        load_squad(path)


def test_eval_run_unknown_type_lists_the_known_ones(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["eval", "run", "--types", "riddle", "--output", str(tmp_path)])
    assert result.exit_code == 1
    assert "No questions of type riddle." in result.stderr


@pytest.mark.parametrize("told_by", ["cosine_above_average", "read_sentence"])
def test_stacked_weighs_what_tells_right_from_wrong(told_by: str) -> None:
    rng = np.random.default_rng(0)
    unread = ConfidenceModel(dict.fromkeys(UNREAD, 0.0) | {"cosine_above_average": 3.0}, {}, 0.5)
    features = rng.normal(size=(400, len(READ)))
    labels = features[:, READ.index(told_by)] + 0.3 * rng.normal(size=400) > 0
    found = stacked(unread, features, labels, float(labels.mean()))
    (other,) = {"cosine_above_average", "read_sentence"} - {told_by}
    assert found.weights[told_by] > 10 * abs(found.weights[other])
    chances = [found.probability(dict(zip(READ, row, strict=True))) for row in features]
    assert np.mean(chances) == pytest.approx(labels.mean(), abs=0.01)


def test_fit_logistic_separable_labels_get_a_positive_weight() -> None:
    weights, intercept = fit_logistic(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([False, False, True, True]))
    assert weights[0] > 0
    assert weights[0] * 0 + intercept < 0 < weights[0] * 3 + intercept


def test_fit_ranking_the_feature_that_marks_answers_wins() -> None:
    from eval.fitting import Example
    from qa.evidence import FEATURES

    rng = np.random.default_rng(1)
    examples = []
    for _ in range(40):
        matrix = rng.normal(size=(5, len(FEATURES)))
        answers = np.zeros(5, dtype=bool)
        answers[int(np.argmax(matrix[:, 2]))] = True
        examples.append(Example(None, matrix, answers, True))  # type: ignore[arg-type]
    assert int(np.argmax(fit_ranking(examples))) == 2
