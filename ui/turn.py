"""One turn of a conversation: a question and what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from corpus.document import Document
from corpus.errors import ReportQAError
from qa.answer import Answer
from ui.questions import Example

_LOG = logging.getLogger(__name__)


class Asks(Protocol):
    """What the page needs of an assistant."""

    @property
    def document(self) -> Document:
        """The report that is asked about."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer to a question, given the earlier ones."""


class Described(Asks, Protocol):
    """An assistant that also says what its answers depend on."""

    def describe(self) -> dict[str, Any]:
        """Return report, model and settings as JSON-ready data; it is kept with feedback."""


@dataclass(frozen=True)
class Turn:
    """A question, and its answer or the reason why there is none.

    Attributes:
        question: The question as typed.
        answer: The answer; ``None`` while it is being looked for and when it failed.
        failure: What went wrong, for a person; empty otherwise.
        remedy: What to do about it.
        search: What the person wants to be searched in place of the question; empty where the assistant decides.
        related: Questions offered with a refusal.
        verdict: What the person said about the answer; empty while nothing was said.
        progress: What is being done while the turn is pending.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    remedy: str = ""
    search: str = ""
    related: tuple[Example, ...] = ()
    verdict: str = ""
    progress: str = ""

    @property
    def pending(self) -> bool:
        """Whether the answer is still being looked for."""
        return self.answer is None and not self.failure


def history(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the earlier questions that a new one may lean on, oldest first."""
    return tuple(turn.search or turn.question for turn in turns if turn.answer is not None and not turn.answer.problem)


def take(assistant: Asks, question: str, turns: Sequence[Turn], search: str = "") -> Turn:
    """Return the turn that a question makes after the earlier turns; it never raises.

    Args:
        assistant: Answers the question.
        question: The question as typed.
        turns: The earlier turns.
        search: What is to be searched in its place.
    """
    turn = Turn(question, search=search)
    try:
        answer = _answer(assistant, turn, turns)
    except ReportQAError as error:
        return replace(turn, failure=error.message, remedy=error.remedy)
    except Exception:
        # The page is the last place to catch it: a person gets a sentence, the log the traceback.
        _LOG.exception("a question failed")
        return replace(
            turn,
            failure="Something went wrong while answering.",
            remedy="Ask again; if it happens again, tell whoever runs this page. The log has the details.",
        )
    return replace(turn, answer=answer, failure=answer.problem)


def _answer(assistant: Asks, turn: Turn, turns: Sequence[Turn]) -> Answer:
    """Return the answer; words that a person wants searched stand alone, whatever was asked before."""
    if not turn.search:
        return assistant.ask(turn.question, history=history(turns))
    return replace(assistant.ask(turn.search), question=turn.question, searched=turn.search)
