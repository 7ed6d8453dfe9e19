"""What happens on the page's events: each handler calls the assistant and formats what comes back."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from corpus.document import Document
from corpus.errors import ReportQAError
from qa.feedback import Feedback, FeedbackStore
from ui.examples import Examples
from ui.export import to_markdown, to_word
from ui.format import conversation
from ui.markup import escape
from ui.orders import About, Again, Ask, Export, Judge, More, New, Reopen, Revise, read_order
from ui.overview import contents, welcome
from ui.sources import panel
from ui.turn import Asks, Turn, history, take

Turns = tuple[Turn, ...]

HINT = "Answers come from this report only."
REOPENED = "Opened from this browser’s list; its questions were asked again."
REVISED = "Asked again, with the questions after it."
SHOWN_EVERY = 0.25
"""Seconds between two views of a conversation that is being asked again."""

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Shown(NamedTuple):
    """What the page shows after an event, in the order of its components.

    Attributes:
        question: The text in the question field.
        turns: The conversation, kept by the server for this visitor.
        conversation: Its HTML.
        sources: The source panel's HTML.
        hint: The line under the question field, as HTML.
    """

    question: str
    turns: Turns
    conversation: str
    sources: str
    hint: str


@dataclass(frozen=True)
class Notes:
    """Where feedback goes, and what is kept with it.

    Attributes:
        store: The file it is kept in.
        settings: What answers depend on, as JSON-ready data.
    """

    store: FeedbackStore
    settings: Mapping[str, Any]


class Handlers:
    """The page's handlers; what they know of a visitor is only what they are given and return.

    Args:
        assistant: Answers the questions.
        examples: Questions offered at the start and with refusals.
        notes: Where feedback goes.
    """

    def __init__(self, assistant: Asks, examples: Examples, notes: Notes) -> None:
        self._assistant = assistant
        self._examples = examples
        self._notes = notes

    @property
    def _document(self) -> Document:
        return self._assistant.document

    def start(self, page: int = 0) -> Shown:
        """Return the empty conversation with a set of example questions."""
        view = welcome(self._document, self._examples.page(page), page)
        return Shown("", (), view, panel(self._document, ()), hint(HINT))

    def ask(self, question: str, turns: Turns) -> Iterator[Shown]:
        """Yield the page with the question on it, then with its answer."""
        if not question.strip():
            yield self._shown(turns, "Type a question first.")
            return
        yield from self._again(turns, [Turn(question)], HINT)

    def obey(self, order: str, turns: Turns) -> Iterator[Shown]:
        """Yield the page as an order of its script changes it.

        Args:
            order: The order as JSON.
            turns: The conversation.
        """
        try:
            asked = read_order(order)
        except ReportQAError as error:
            yield self._shown(turns, f"{error.message} {error.remedy}")
            return
        match asked:
            case New():
                yield self.start()
            case More():
                yield self.start(asked.page)
            case Ask():
                yield from self.ask(asked.question, ())
            case About():
                yield self._about(asked.ref, turns)
            case Reopen():
                yield from self._again((), [_turn(kept) for kept in asked.turns], REOPENED)
            case Revise():
                yield from self._revise(asked, turns)
            case _:
                yield self._shown(turns, HINT)

    def _about(self, ref: str, turns: Turns) -> Shown:
        """Return the page with a question about a place begun in the question field."""
        block = next(iter(self._document.place(ref)), None) or next(iter(self._document.tables_at(ref)), None)
        if block is None:
            return self._shown(turns, f"The report has no place “{ref}”.")
        return self._shown(turns, HINT)._replace(question=f"About {block.label}: ")

    def _revise(self, order: Revise, turns: Turns) -> Iterator[Shown]:
        """Yield the page while a question is asked in another way, and those after it, which may lean on it, again."""
        kept, later = turns[: order.turn - 1], turns[order.turn :]
        revised = Turn(order.question, search=order.search)
        if not order.question.strip() or order.turn > len(turns):
            yield self._shown(turns, "Type a question first.")
            return
        again = [Turn(turn.question, search=turn.search) for turn in later]
        yield from self._again(kept, [revised, *again], REVISED if again else HINT)

    def _again(self, done: Turns, waiting: Sequence[Turn], below: str) -> Iterator[Shown]:
        """Yield the page while questions are asked one after the other, at the end of a conversation."""
        shown_at = 0.0
        for number, turn in enumerate(waiting, start=1):
            if time.monotonic() - shown_at > SHOWN_EVERY:
                yield self._shown((*done, replace(turn, progress=self._doing(number, len(waiting)))), HINT)
                shown_at = time.monotonic()
            done = (*done, self._with_related(take(self._assistant, turn.question, done, turn.search)))
        yield self._shown(done, below)

    def _doing(self, number: int, count: int) -> str:
        """Return what is being done, for a person who waits."""
        if count > 1:
            return f"Asking question {number} of {count} again…"
        return f"Reading {contents(self._document)}…"

    def _with_related(self, turn: Turn) -> Turn:
        """Return a refusal with questions beside it that the report does answer, any other turn as it is."""
        answer = turn.answer
        if answer is None or answer.answered or turn.failure:
            return turn
        refs = [passage.ref for passage in answer.closest]
        return replace(turn, related=self._examples.related(refs, answer.searched))

    def errand(self, order: str, turns: Turns) -> tuple[Turns, str]:
        """Return the conversation, and as JSON the reply to an order that leaves the page as it is.

        Args:
            order: The order as JSON: to keep feedback, or to give the conversation as a file.
            turns: The conversation.
        """
        try:
            asked = read_order(order)
            if isinstance(asked, Judge) and asked.turn <= len(turns):
                turns = self._judge(asked, turns)
                return turns, json.dumps({"judged": asked.turn})
            if isinstance(asked, Export):
                return turns, json.dumps(file(asked.form, turns, self._document))
        except ReportQAError as error:
            return turns, json.dumps({"failure": f"{error.message} {error.remedy}".strip()})
        return turns, json.dumps({"failure": "That cannot be done here."})

    def _judge(self, order: Judge, turns: Turns) -> Turns:
        """Keep what a person says about an answer, and return the conversation that remembers it."""
        turn, earlier = turns[order.turn - 1], turns[: order.turn - 1]
        if turn.answer is None:
            return turns
        self._notes.store.add(
            Feedback(
                verdict=order.verdict,
                comment=order.comment.strip(),
                question=turn.question,
                history=history(earlier) if not turn.search else (),
                answer=turn.answer.to_dict(),
                settings=self._notes.settings,
            )
        )
        return (*earlier, replace(turn, verdict=order.verdict), *turns[order.turn :])

    def _shown(self, turns: Turns, below: str) -> Shown:
        if not turns:
            return self.start()._replace(hint=hint(below))
        return Shown("", turns, conversation(turns, self._document), panel(self._document, turns), hint(below))


def _turn(kept: Again) -> Turn:
    return Turn(kept.question, search=kept.search)


def file(form: str, turns: Turns, document: Document) -> dict[str, str]:
    """Return a conversation as a file for the browser to save: its name, media type and content in base 64.

    Args:
        form: ``markdown`` or ``word``.
        turns: The conversation.
        document: The report.
    """
    name = f"{document.doc_id}-answers"
    if form == "word":
        return {"name": f"{name}.docx", "type": _WORD_TYPE, "data": _base64(to_word(turns, document))}
    text = to_markdown(turns, document).encode()
    return {"name": f"{name}.md", "type": "text/markdown;charset=utf-8", "data": _base64(text)}


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def hint(text: str) -> str:
    """Return the line under the question field."""
    return f'<p class="hint" role="status">{escape(text)}</p>'
