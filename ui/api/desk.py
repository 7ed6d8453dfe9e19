"""The desk: everybody's questions in one line, answered by a few threads.

The page, the HTTP paths and MCP all ask here. An answer keeps no state between questions and each
question brings its own history, so conversations cannot mix. Two threads at most use the two steps
that release Python's lock (embedding, vector arithmetic); more gain nothing.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from corpus.document import Document
from corpus.errors import ReportQAError
from qa.answer import Answer
from ui.api.errors import AnswerFailedError, BusyError
from ui.turn import Described

if TYPE_CHECKING:
    from qa.retrieve import Hit

LONGEST_LINE = 200
"""Questions that may wait; the next one is told to come back."""

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class Assists(Described, Protocol):
    """What programs need of an assistant."""

    def search(self, text: str, k: int | None = None) -> Sequence[Hit]:
        """Return the passages nearest to a text, best first."""


class Desk:
    """Answers questions in the order they come.

    Args:
        assistant: Answers the questions.
        workers: How many are answered at the same time.
        longest: How many may be under way and waiting together.
    """

    def __init__(self, assistant: Assists, workers: int = 2, longest: int = LONGEST_LINE) -> None:
        self._assistant = assistant
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="answer")
        self._longest = longest
        self._count = 0
        self._closed = False
        self._lock = threading.Lock()

    @property
    def document(self) -> Document:
        """The report."""
        return self._assistant.document

    @property
    def waiting(self) -> int:
        """How many questions are under way or wait."""
        return self._count

    @property
    def ready(self) -> bool:
        """Whether a question would be taken now."""
        return not self._closed and self._count < self._longest

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer, waiting in the calling thread.

        Raises:
            ReportQAError: If the question cannot be taken or answering fails.
        """
        return self._submit(lambda: self._assistant.ask(question, history=tuple(history))).result()

    async def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer without holding up the event loop; raises what ``ask`` raises."""
        return await asyncio.wrap_future(
            self._submit(lambda: self._assistant.ask(question, history=tuple(history))),
        )

    async def search(self, text: str, k: int) -> tuple[Hit, ...]:
        """Return the passages nearest to a text, best first; raises what ``ask`` raises."""
        return tuple(await asyncio.wrap_future(self._submit(lambda: self._assistant.search(text, k))))

    def close(self) -> None:
        """Take no more questions and drop those that have not begun."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self._closed:
                raise BusyError("The server is stopping.", "Ask again in a moment.")
            if self._count >= self._longest:
                raise BusyError(f"{self._count} questions are waiting.", "Ask again in a moment.")
            self._count += 1
            future = self._pool.submit(self._run, work)
        future.add_done_callback(self._dropped)
        return future

    def _run(self, work: Callable[[], T]) -> T:
        try:
            return _guarded(work)
        finally:
            self._leave()

    def _dropped(self, future: Future[Any]) -> None:
        """Count a question that was dropped before its turn, as when its asker went away."""
        if future.cancelled():
            self._leave()

    def _leave(self) -> None:
        with self._lock:
            self._count -= 1


def _guarded(work: Callable[[], T]) -> T:
    """Return what the work returns; an unforeseen error is logged here and told without its details."""
    try:
        return work()
    except ReportQAError:
        raise
    except Exception as error:
        _LOG.exception("a question failed")
        raise AnswerFailedError(
            "Something went wrong while answering.", "Ask again; the server's log has the details."
        ) from error
