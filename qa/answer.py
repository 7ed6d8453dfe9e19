"""What comes back from a question: the Answer and its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class AnswerKind(StrEnum):
    """How an answer was made."""

    PASSAGE = "passage"
    TABLE = "table"
    CONFLICT = "conflict"
    GENERATED = "generated"
    NONE = "none"


@dataclass(frozen=True)
class Citation:
    """A place in the report that supports the answer.

    Attributes:
        marker: The number in the answer's text, from 1.
        ref: The place, such as ``para:14``.
        label: What a person reads, such as ``para. 14``.
        report: The report's id.
        section: Breadcrumb of headings.
        quote: A substring of the passage's text, to the letter.
        start: Offset of the quote in the report's text file.
        end: Offset after it.
    """

    marker: int
    ref: str
    label: str
    report: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as JSON-ready data."""
        return {
            "marker": self.marker,
            "ref": self.ref,
            "label": self.label,
            "report": self.report,
            "section": list(self.section),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True)
class CellUse:
    """A table cell that a computed answer used.

    Attributes:
        ref: The table's place.
        label: The table's label.
        row: The row's label.
        column: The column's label.
        value: The cell's number.
        text: The cell as printed.
    """

    ref: str
    label: str
    row: str
    column: str
    value: float | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the cell as JSON-ready data."""
        return {
            "ref": self.ref,
            "label": self.label,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "text": self.text,
        }


@dataclass(frozen=True)
class Calculation:
    """The arithmetic behind a table answer.

    Attributes:
        operation: The operation's name, such as ``sum``.
        cells: The cells used, in order.
        expression: The arithmetic as a person reads it.
        result: The result: a number, a text or a list of row labels.
        notes: What a reader should know, such as a printed total that was not used.
    """

    operation: str
    cells: tuple[CellUse, ...]
    expression: str
    result: float | str | tuple[str, ...] | None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the calculation as JSON-ready data."""
        result = list(self.result) if isinstance(self.result, tuple) else self.result
        return {
            "operation": self.operation,
            "cells": [cell.to_dict() for cell in self.cells],
            "expression": self.expression,
            "result": result,
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class Span:
    """A stretch of an answer's text: offsets, end exclusive."""

    start: int
    end: int

    def to_dict(self, text: str) -> dict[str, Any]:
        """Return the span as JSON-ready data, with the words it covers in ``text``."""
        return {"start": self.start, "end": self.end, "text": text[self.start : self.end]}


@dataclass(frozen=True)
class ClosestPassage:
    """A passage shown with a refusal, without a citation marker."""

    ref: str
    label: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the passage as JSON-ready data."""
        return {"ref": self.ref, "label": self.label, "text": self.text}


@dataclass(frozen=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: The question as asked.
        searched: The stand-alone question that was searched.
        answered: Whether the report answers; ``False`` has no citations.
        kind: How the answer was made.
        text: Prose with ``[1]`` markers, or the refusal sentence.
        confidence: Between 0 and 1.
        citations: Numbered from 1 in the order of their markers.
        calculation: The arithmetic of a table answer, or ``None``.
        closest: The closest passages, shown with a refusal.
        value: Where in ``text`` the short value stands that was asked for (a figure, date, name), or ``None``.
        lead: Where in ``text`` the sentence stands that is likeliest to answer, if the rest is only its context;
            ``None`` where all of the text is the answer.
        lacking: What was looked for and not found, in words: what the closest passages lack, for a refusal; else the
            parts of the question that go unanswered.
        language: ISO 639-1 code of the question.
        problem: Why the question could not be taken (empty, too long, another script); empty otherwise.
        seconds: How long the answer took.
    """

    question: str
    searched: str
    answered: bool
    kind: AnswerKind
    text: str
    confidence: float
    citations: tuple[Citation, ...] = ()
    calculation: Calculation | None = None
    closest: tuple[ClosestPassage, ...] = ()
    value: Span | None = None
    lead: Span | None = None
    lacking: tuple[str, ...] = ()
    language: str = "en"
    problem: str = ""
    seconds: float = field(default=0.0, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer in the JSON form of the contract."""
        return {
            "question": self.question,
            "searched": self.searched,
            "answered": self.answered,
            "kind": str(self.kind),
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "citations": [citation.to_dict() for citation in self.citations],
            "calculation": self.calculation.to_dict() if self.calculation else None,
            "closest": [passage.to_dict() for passage in self.closest],
            "value": self.value.to_dict(self.text) if self.value else None,
            "lead": self.lead.to_dict(self.text) if self.lead else None,
            "lacking": list(self.lacking),
            "language": self.language,
            "seconds": round(self.seconds, 4),
        }
