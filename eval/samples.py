"""Question sets: JSON lines read into Samples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import EvaluationError

UNANSWERABLE = "unanswerable"
Groups = tuple[tuple[str, ...], ...]


class _Line(BaseModel):
    """One line of a question set, as the contract has it."""

    model_config = ConfigDict(extra="forbid")

    id: str
    question: str
    history: list[str] = []
    lang: str = "en"
    type: str
    must: list[list[str]] = []
    must_not: list[str] = []
    refs: list[list[str]] = []
    note: str = ""


@dataclass(frozen=True)
class Sample:
    """A question with its gold answer.

    Attributes:
        sample_id: Unique within a run.
        question: The question.
        history: The earlier questions, oldest first.
        language: ISO 639-1 code.
        kind: The type of question, such as ``fact``.
        must: Of each group, one alternative must occur in the answer's text.
        must_not: None of these may occur.
        refs: Of each group, one place must be cited.
        note: The gold answer in words.
    """

    sample_id: str
    question: str
    history: tuple[str, ...]
    language: str
    kind: str
    must: Groups
    must_not: tuple[str, ...]
    refs: Groups
    note: str

    @property
    def answerable(self) -> bool:
        """Whether the report answers the question."""
        return self.kind != UNANSWERABLE


def shipped_sets() -> tuple[Path, ...]:
    """Return the files of the shipped question sets."""
    folder = Path(str(resources.files("eval.questions")))
    return tuple(sorted(folder.glob("*.jsonl")))


def load_samples(paths: Sequence[Path]) -> tuple[Sample, ...]:
    """Return the samples of several files, in order.

    Raises:
        EvaluationError: If a file or a line cannot be read, or an id stands twice; names file and line.
    """
    samples: list[Sample] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            sample = _sample(path, number, line)
            if sample.sample_id in seen:
                raise EvaluationError(
                    f"{path.name} line {number}: the id {sample.sample_id!r} already stands in "
                    f"{seen[sample.sample_id]}.",
                    "Give each question an id of its own.",
                )
            seen[sample.sample_id] = f"{path.name} line {number}"
            samples.append(sample)
    if not samples:
        raise EvaluationError("No questions to run.", "Give a file of JSON lines with --questions.")
    return tuple(samples)


def to_line(sample: Sample) -> str:
    """Return a sample as one line of a question set, which ``load_samples`` reads back."""
    fields = _Line(
        id=sample.sample_id,
        question=sample.question,
        history=list(sample.history),
        lang=sample.language,
        type=sample.kind,
        must=[list(group) for group in sample.must],
        must_not=list(sample.must_not),
        refs=[list(group) for group in sample.refs],
        note=sample.note,
    )
    return json.dumps(fields.model_dump(), ensure_ascii=False)


def save_samples(samples: Sequence[Sample], path: Path) -> None:
    """Write samples as a question set.

    Raises:
        EvaluationError: If the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{to_line(sample)}\n" for sample in samples), encoding="utf-8", errors="replace")
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written: {error.strerror}.", "Give another path with -o.") from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"The question set {path} cannot be read: {error}.", "Check the path.") from error


def _sample(path: Path, number: int, line: str) -> Sample:
    try:
        found = _Line.model_validate(json.loads(line))
    except (json.JSONDecodeError, ValidationError) as error:
        reason = _reason(error)
        raise EvaluationError(
            f"{path.name} line {number}: {reason}", "See the question-set format in the README."
        ) from error
    return Sample(
        sample_id=found.id,
        question=found.question,
        history=tuple(found.history),
        language=found.lang,
        kind=found.type,
        must=tuple(tuple(group) for group in found.must),
        must_not=tuple(found.must_not),
        refs=tuple(tuple(group) for group in found.refs),
        note=found.note,
    )


def _reason(error: json.JSONDecodeError | ValidationError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg})"
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'the line'}: {first['msg']}"


def fingerprint(samples: Sequence[Sample]) -> str:
    """Return a hash of a set's content, to tell whether two runs asked the same."""
    return hashlib.sha256(repr(samples).encode()).hexdigest()[:16]
