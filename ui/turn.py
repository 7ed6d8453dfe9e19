"""One turn of a conversation: a question and what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.document import Document
from corpus.errors import ReportQAError
from qa.answer import Answer

_LOG = logging.getLogger(__name__)


class Asks(Protocol):
    """What the page needs of an assistant."""

    @property
    def document(self) -> Document:
        """The report that is asked about."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer to a question, given the earlier ones."""


@dataclass(frozen=True)
class Turn:
    """A question, and its answer or the reason why there is none.

    Attributes:
        question: The question as typed.
        answer: The answer; ``None`` while it is being looked for and when it failed.
        failure: What went wrong, for a person; empty otherwise.
        remedy: What to do about it.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    remedy: str = ""

    @property
    def pending(self) -> bool:
        """Whether the answer is still being looked for."""
        return self.answer is None and not self.failure


def history(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the earlier questions that a new one may lean on, oldest first."""
    return tuple(turn.question for turn in turns if turn.answer is not None and not turn.answer.problem)


def take(assistant: Asks, question: str, turns: Sequence[Turn]) -> Turn:
    """Return the turn that a question makes after the earlier turns; it never raises."""
    try:
        answer = assistant.ask(question, history=history(turns))
    except ReportQAError as error:
        return Turn(question, failure=error.message, remedy=error.remedy)
    except Exception:
        # The page is the last place to catch it: a person gets a sentence, the log the traceback.
        _LOG.exception("a question failed")
        return Turn(
            question,
            failure="Something went wrong while answering.",
            remedy="Ask again; if it happens again, tell whoever runs this page. The log has the details.",
        )
    if answer.problem:
        return Turn(question, answer=answer, failure=answer.problem)
    return Turn(question, answer=answer)
