"""A conversation with its sources as a file: Markdown or Word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from corpus.document import Document
from qa.answer import Answer
from ui.citing import answer_pieces, report_name
from ui.markup import legible, safe
from ui.pieces import Piece, Style
from ui.pieces import to_markdown as _as_markdown
from ui.turn import Turn

_CHECKED = (
    "Every quoted sentence stands word for word in the report; a computed figure is given with the cells it was "
    "computed from."
)


def to_markdown(turns: Sequence[Turn], document: Document, made: datetime | None = None) -> str:
    """Return a conversation as Markdown.

    Args:
        turns: The questions and what came of them, oldest first; one still under way is left out.
        document: The report they were asked of.
        made: When it is written, now by default.
    """
    return _as_markdown(tuple(_pieces(turns, document, made or datetime.now(UTC)))) + "\n"


def to_word(turns: Sequence[Turn], document: Document, made: datetime | None = None) -> bytes:
    """Return a conversation as a Word file (.docx); the arguments are those of ``to_markdown``."""
    from ui.word import word_file

    made = made or datetime.now(UTC)
    return word_file(tuple(_pieces(turns, document, made)), made, document.metadata.language)


def _pieces(turns: Sequence[Turn], document: Document, made: datetime) -> Iterator[Piece]:
    title = document.metadata.title
    yield Piece(Style.TITLE, f"Questions to: {legible(title.title() if title.isupper() else title)}")
    yield Piece(Style.ASIDE, f"{made.day} {made:%B %Y}")
    for turn in turns:
        if not turn.pending:
            yield from _turn(turn, document)
    yield Piece(Style.HEADING, "What this was made from")
    yield Piece(Style.TEXT, f"{report_name(document)}. {_CHECKED}")
    if document.metadata.provenance:
        yield Piece(Style.TEXT, legible(document.metadata.provenance))
    digest = hashlib.sha256(document.source.encode()).hexdigest()
    yield Piece(Style.ASIDE, f"SHA-256 of the report's text as it was read: {digest}")


def _turn(turn: Turn, document: Document) -> Iterator[Piece]:
    yield Piece(Style.HEADING, " ".join(safe(turn.question).split()))
    if turn.failure:
        yield Piece(Style.TEXT, " ".join(f"{turn.failure} {turn.remedy}".split()))
    elif turn.answer is not None:
        yield from _answer(turn.answer, document)


def _answer(answer: Answer, document: Document) -> Iterator[Piece]:
    searched, asked = (" ".join(safe(text).split()) for text in (answer.searched, answer.question))
    if searched.casefold() != asked.casefold():
        yield Piece(Style.ASIDE, f"Searched for: {searched}")
    yield from answer_pieces(answer, document)
    if answer.closest:
        places = ", ".join(legible(passage.label) for passage in answer.closest)
        yield Piece(Style.ASIDE, f"Closest passages, which do not answer the question: {places}")
