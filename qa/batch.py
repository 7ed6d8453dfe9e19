"""Answers many questions from JSON lines, keeping order and losing none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from qa.assistant import Assistant


class BatchLine(BaseModel):
    """One line of a batch file."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int
    question: str
    history: list[str] = []


@dataclass(frozen=True)
class BatchProblem:
    """A line that could not be answered: its number from 1, and why."""

    line: int
    reason: str


def answer_lines(
    assistant: Assistant, lines: Iterable[str], show_progress: bool = False
) -> tuple[list[dict[str, Any]], list[BatchProblem]]:
    """Return the answers as JSON-ready data, each with its ``id``, and the lines that were bad."""
    parsed: list[BatchLine] = []
    problems: list[BatchProblem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            parsed.append(BatchLine.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            problems.append(BatchProblem(number, f"not JSON ({error.msg} at column {error.colno})"))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the line"
            problems.append(BatchProblem(number, f"{field}: {first['msg']}"))
    answers = assistant.ask_many(
        [line.question for line in parsed],
        histories=[line.history for line in parsed],
        show_progress=show_progress,
    )
    answered = [{"id": line.id, **answer.to_dict()} for line, answer in zip(parsed, answers, strict=True)]
    return answered, problems
