"""Question sets: JSON lines read into Samples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

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

    @field_validator("id", "question", "type")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is blank")
        return value

    @field_validator("must", "refs")
    @classmethod
    def _groups_filled(cls, value: list[list[str]]) -> list[list[str]]:
        # An empty group could never be met and a blank alternative always would be.
        if not all(group and all(item.strip() for item in group) for group in value):
            raise ValueError("has an empty group or a blank alternative")
        return value

    @field_validator("must_not")
    @classmethod
    def _filled(cls, value: list[str]) -> list[str]:
        if not all(item.strip() for item in value):
            raise ValueError("has a blank entry")
        return value


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
        question_set: Name of the set it comes from: its file's name without the ending.
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
    question_set: str = ""

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
            place = f"{path.name} line {number}"
            sample = _sample(line, place, path.stem)
            if sample.sample_id in seen:
                raise EvaluationError(
                    f"{place}: the id {sample.sample_id!r} already stands in {seen[sample.sample_id]}.",
                    "Give each question an id of its own.",
                )
            seen[sample.sample_id] = place
            samples.append(sample)
    if not samples:
        raise EvaluationError("No questions to run.", "Give a file of JSON lines with --questions.")
    return tuple(samples)


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines(): a JSON string may hold a raw U+2028 or U+0085, which is no end of line here.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The question set {path} cannot be read: {error}."
        raise EvaluationError(message, "Check the path.") from error


def _sample(line: str, place: str, question_set: str) -> Sample:
    try:
        found = _Line.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{place}: no JSON, {error}.", "Write one JSON object a line.") from error
    except ValidationError as error:
        raise EvaluationError(f"{place}: {_reason(error)}.", "See the format of question sets.") from error
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
        question_set=question_set,
    )


def _reason(error: ValidationError) -> str:
    parts = []
    for problem in error.errors():
        field = ".".join(str(part) for part in problem["loc"]) or "the line"
        parts.append(f"{field}: {problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(parts)


def fingerprint(samples: Sequence[Sample]) -> str:
    """Return a hash of a set's content, to tell whether two runs asked the same."""
    content = json.dumps([astuple(sample) for sample in samples], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
