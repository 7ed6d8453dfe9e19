"""Runs: questions put to an assistant, judged, and kept with everything the figures depend on."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from eval.provenance import provenance, without_secrets
from eval.samples import UNANSWERABLE, Groups, Sample, fingerprint
from eval.scoring import ERROR, score
from eval.subject import Subject
from qa.answer import Answer, AnswerKind

# Places looked at by the measures, and hits asked for so that several passages of one place leave enough of them.
_PLACES = 10
_HITS = 200


@dataclass(frozen=True)
class Result:
    """What one question gave.

    Attributes:
        sample_id: The question's id.
        kind: Its type.
        language: Its language.
        question: The question.
        note: The gold answer in words.
        refs: The places that had to be cited, alternatives in groups.
        retrieved: The places found, best first, each once.
        answer: The answer as JSON.
        right: Whether it is right.
        reasons: Why not.
        seconds: How long the answer took, as measured here.
        question_set: The set it comes from.
        history: The earlier questions.
        strict: Whether it is right with figures as whole numbers; ``None`` in runs saved before there was this.
        citations: What is wrong with its citations.
        error: What the assistant raised; empty when it did not.
    """

    sample_id: str
    kind: str
    language: str
    question: str
    note: str
    refs: Groups
    retrieved: tuple[str, ...]
    answer: Mapping[str, Any]
    right: bool
    reasons: tuple[str, ...]
    seconds: float
    question_set: str = ""
    history: tuple[str, ...] = ()
    strict: bool | None = None
    citations: tuple[str, ...] = ()
    error: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the report answers the question."""
        return self.kind != UNANSWERABLE

    @property
    def answered(self) -> bool:
        """Whether an answer was given."""
        return bool(self.answer["answered"])

    @property
    def refused(self) -> bool:
        """Whether the assistant refused; an error is neither an answer nor a refusal."""
        return not self.answered and not self.error

    @property
    def confidence(self) -> float:
        """The answer's confidence."""
        return float(self.answer["confidence"])

    @property
    def cited(self) -> tuple[str, ...]:
        """The places cited, in order."""
        return tuple(citation["ref"] for citation in self.answer["citations"])


@dataclass(frozen=True)
class Run:
    """All results of one run, and what they depend on.

    Attributes:
        name: What its maker called it.
        created: When, in UTC.
        provenance: Settings, packages, commit, machine and the like, as JSON-ready data.
        results: One a question, in the order asked.
    """

    name: str
    created: str
    provenance: Mapping[str, Any] = field(repr=False)
    results: tuple[Result, ...] = field(repr=False)


def run_samples(
    subject: Subject,
    samples: Sequence[Sample],
    name: str,
    seed: int = 0,
    dataset: Mapping[str, Any] | None = None,
    show_progress: bool = False,
) -> Run:
    """Return the judged results of all samples, in order; an error counts as a wrong answer.

    Args:
        subject: The assistant.
        samples: The questions.
        name: The run's name.
        seed: The seed by which the samples were drawn, to be kept with the run.
        dataset: Figures about the data, to be kept with the run.
        show_progress: Show a bar on stderr.
    """
    started = time.perf_counter()
    asked: Iterable[Sample] = samples
    if show_progress:
        from tqdm import tqdm

        asked = tqdm(samples, unit="question")
    results = tuple(_result(subject, sample) for sample in asked)
    depends_on = {
        **without_secrets(subject.describe()),
        "questions": len(samples),
        "questions_hash": fingerprint(samples),
        "seed": seed,
        "dataset": dict(dataset or {}),
        "seconds": round(time.perf_counter() - started, 1),
        **provenance(),
    }
    return Run(name, datetime.now(UTC).isoformat(timespec="seconds"), depends_on, results)


def _result(subject: Subject, sample: Sample) -> Result:
    answer, error, seconds = _asked(subject, sample)
    retrieved, lost = _retrieved(subject, sample)
    judged = score(sample, answer, subject.document)
    return Result(
        sample_id=sample.sample_id,
        kind=sample.kind,
        language=sample.language,
        question=sample.question,
        note=sample.note,
        refs=sample.refs,
        retrieved=retrieved,
        answer=answer.to_dict(),
        right=judged.right and not error,
        reasons=(f"{ERROR}: {error}",) if error else judged.reasons,
        seconds=seconds,
        question_set=sample.question_set,
        history=sample.history,
        strict=judged.strict and not error,
        citations=judged.citations,
        error=error or lost,
    )


def _asked(subject: Subject, sample: Sample) -> tuple[Answer, str, float]:
    started = time.perf_counter()
    error = ""
    try:
        answer = subject.ask(sample.question, history=sample.history)
    except Exception as exc:
        # One broken question must not lose the others; it stays in every denominator as wrong.
        error = f"{type(exc).__name__}: {exc}"
        answer = Answer(sample.question, sample.question, False, AnswerKind.NONE, "", 0.0)
    return answer, error, time.perf_counter() - started


def _retrieved(subject: Subject, sample: Sample) -> tuple[tuple[str, ...], str]:
    try:
        hits = subject.retrieve(sample.question, history=sample.history, k=_HITS)
    except Exception as exc:
        return (), f"{type(exc).__name__}: {exc}"
    return tuple(dict.fromkeys(hit.passage.ref for hit in hits))[:_PLACES], ""
