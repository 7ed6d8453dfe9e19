"""What the evaluation needs of an assistant, and a scripted one for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from corpus.document import Document
from qa.answer import Answer, AnswerKind


class Placed(Protocol):
    """Something that stands at a place."""

    @property
    def ref(self) -> str:
        """The place, such as ``para:14``."""


class Found(Protocol):
    """A hit: a passage that was found."""

    @property
    def passage(self) -> Placed:
        """The passage."""


class Subject(Protocol):
    """An assistant that can be evaluated; ``qa.Assistant`` is one."""

    @property
    def document(self) -> Document:
        """The report that answers are checked against."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer to a question."""

    def retrieve(self, question: str, history: Sequence[str] = (), k: int | None = None) -> Sequence[Found]:
        """Return the passages that an answer would be read from, best first."""

    def describe(self) -> dict[str, Any]:
        """Return what answers depend on, as JSON-ready data."""


@dataclass(frozen=True)
class Place:
    """A passage reduced to its place."""

    ref: str


@dataclass(frozen=True)
class PlaceHit:
    """A hit reduced to its place."""

    passage: Place


@dataclass
class ScriptedSubject:
    """Gives the answers it was told to, refuses everything else; for tests.

    Attributes:
        document: The report.
        answers: Answers by question; an exception is raised instead of returned.
        retrieved: Refs by question, best first.
        asked: Every question asked, with its history, in order.
    """

    document: Document
    answers: Mapping[str, Answer | Exception] = field(default_factory=dict)
    retrieved: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the scripted answer, or a refusal.

        Raises:
            Exception: The scripted one.
        """
        self.asked.append((question, tuple(history)))
        found = self.answers.get(question)
        if isinstance(found, Exception):
            raise found
        return found or Answer(question, question, False, AnswerKind.NONE, "The report does not say.", 0.0)

    def retrieve(self, question: str, history: Sequence[str] = (), k: int | None = None) -> Sequence[PlaceHit]:
        """Return the scripted places as hits."""
        return [PlaceHit(Place(ref)) for ref in self.retrieved.get(question, ())][:k]

    def describe(self) -> dict[str, Any]:
        """Return what answers depend on: the script."""
        return {"report": self.document.doc_id, "embedder": "scripted", "settings": {}}
