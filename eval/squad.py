"""SQuAD files: other people's questions through the same pipeline.

Reads SQuAD 1.1 and 2.0 JSON (Rajpurkar et al., EMNLP 2016 and ACL 2018). All paragraphs of the articles asked
about form one text; an answer counts when it contains a gold answer and cites the right paragraph.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Document
from corpus.errors import EvaluationError
from corpus.paragraphs import document_from_paragraphs
from eval.measures import Proportion, Refusals, auroc, proportion, refusals, retrieval
from eval.scoring import normalized
from qa import Assistant

_DEPTH = 10


@dataclass(frozen=True)
class SquadQuestion:
    """A question with the place of its paragraph and its gold answers, none if unanswerable."""

    question_id: str
    text: str
    ref: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class SquadSet:
    """A SQuAD file as one Document and its questions."""

    document: Document
    questions: tuple[SquadQuestion, ...]


@dataclass(frozen=True)
class SquadScore:
    """What an assistant reached on a SQuAD file.

    Attributes:
        retrieval: ``R@1``, ``R@5``, ``MRR@10`` of answerable questions over all paragraphs.
        answered_right: Answerable questions answered with a gold answer and the right paragraph.
        refusals: How well it refuses.
        auroc: How well confidence tells answerable questions from unanswerable ones.
        paragraphs: How many paragraphs were searched.
        questions: How many questions were asked.
    """

    retrieval: dict[str, float]
    answered_right: Proportion
    refusals: Refusals
    auroc: float | None
    paragraphs: int
    questions: int


def load_squad(path: Path, articles: str = "all") -> SquadSet:
    """Return a SQuAD file's paragraphs and questions.

    Args:
        path: The JSON file.
        articles: ``all``, ``first`` or ``second`` half of the articles.

    Raises:
        EvaluationError: If the file is not SQuAD JSON.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))["data"]
        half = len(data) // 2
        chosen = {"all": data, "first": data[:half], "second": data[half:]}[articles]
        paragraphs: list[tuple[str, str]] = []
        questions: list[SquadQuestion] = []
        for article in chosen:
            for paragraph in article["paragraphs"]:
                paragraphs.append((str(article.get("title", "")).replace("_", " "), paragraph["context"]))
                ref = f"para:{len(paragraphs)}"
                questions.extend(_question(found, ref) for found in paragraph["qas"])
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path} is not a SQuAD file ({error!r}).", "Give SQuAD 1.1 or 2.0 JSON.") from error
    return SquadSet(document_from_paragraphs(path.stem, paragraphs), tuple(questions))


def _question(found: dict[str, Any], ref: str) -> SquadQuestion:
    gold = () if found.get("is_impossible") else tuple(dict.fromkeys(answer["text"] for answer in found["answers"]))
    return SquadQuestion(str(found["id"]), found["question"], ref, gold)


def sampled(questions: Sequence[SquadQuestion], size: int, seed: int) -> tuple[SquadQuestion, ...]:
    """Return a seeded sample in file order; all questions when ``size`` is 0 or too large."""
    if not size or size >= len(questions):
        return tuple(questions)
    chosen = sorted(np.random.default_rng(seed).permutation(len(questions))[:size])
    return tuple(questions[row] for row in chosen)


def score_squad(assistant: Assistant, questions: Sequence[SquadQuestion], show_progress: bool = False) -> SquadScore:
    """Return what an assistant over a SQuAD set's Document reaches on questions."""
    asked: Iterable[SquadQuestion] = questions
    if show_progress:
        from tqdm import tqdm

        asked = tqdm(questions, unit="question")
    runs: dict[str, tuple[str, ...]] = {}
    right = 0
    refused: list[bool] = []
    confidences: list[float] = []
    for question in asked:
        answer = assistant.ask(question.text)
        refused.append(not answer.answered)
        confidences.append(answer.confidence)
        if not question.answers:
            continue
        hits = assistant.retrieve(question.text, k=3 * _DEPTH)
        runs[question.question_id] = tuple(dict.fromkeys(hit.passage.ref for hit in hits))[:_DEPTH]
        text = normalized(answer.text)
        cited = any(citation.ref == question.ref for citation in answer.citations)
        right += answer.answered and cited and any(normalized(gold) in text for gold in question.answers)
    can = [bool(question.answers) for question in questions]
    return SquadScore(
        retrieval=retrieval({q.question_id: (q.ref,) for q in questions if q.answers}, runs, _DEPTH),
        answered_right=proportion(right, sum(can)),
        refusals=refusals(refused, can),
        auroc=auroc(
            [value for value, good in zip(confidences, can, strict=True) if good],
            [value for value, good in zip(confidences, can, strict=True) if not good],
        ),
        paragraphs=len(assistant.document.blocks),
        questions=len(questions),
    )


def format_squad(found: SquadScore) -> str:
    """Return the score as lines of text."""
    share = found.answered_right
    lines = [
        f"{found.paragraphs} paragraphs, {found.questions} questions ({share.n} answerable)",
        *(f"{name} over all paragraphs: {value:.3f}" for name, value in found.retrieval.items()),
        f"answered with a gold answer and the right paragraph: {share.value:.3f} ({share.low:.3f}–{share.high:.3f})",
    ]
    if found.refusals.unanswerable:
        lines.append(
            f"refusals: precision {found.refusals.precision:.3f}, recall {found.refusals.recall:.3f}, "
            f"F1 {found.refusals.f1:.3f}"
        )
        lines.append(f"AUROC of confidence: {found.auroc or 0.0:.3f}")
    else:
        lines.append(f"refused: {found.refusals.refused} (no question is unanswerable)")
    return "\n".join(lines)
