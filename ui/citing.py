"""An answer with its sources, to be pasted into another document: plain, Markdown, footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Document
from qa.answer import Answer, Calculation, Citation
from ui.markup import legible, safe
from ui.pieces import Piece, Style, to_markdown, to_plain

_BULLET = re.compile(r"^\s*[-•–]\s+")
_CELL_HEAD = ("Table", "Row", "Column", "Value")


def footnote(citation: Citation, document: Document) -> str:
    """Return how a place is cited in a footnote: the report as its owner cites it, and the place."""
    return place_cited(citation.label, document)


def place_cited(label: str, document: Document) -> str:
    """Return the report as its owner cites it and a place's label."""
    return f"{report_name(document)}, {legible(label)}"


def report_name(document: Document) -> str:
    """Return how the report is cited, by its title where its owner names no form."""
    about = document.metadata
    return legible(about.citation or about.title)


def plain(answer: Answer, document: Document) -> str:
    """Return an answer with its numbered sources as plain text.

    A quote that stands in the answer word for word is not repeated.
    """
    return to_plain(answer_pieces(answer, document, repeat_quotes=False))


def markdown(answer: Answer, document: Document) -> str:
    """Return an answer with its numbered sources as Markdown; otherwise like ``plain``."""
    return to_markdown(answer_pieces(answer, document, repeat_quotes=False))


def answer_pieces(answer: Answer, document: Document, repeat_quotes: bool) -> tuple[Piece, ...]:
    """Return an answer's text, its arithmetic and its sources; a refusal's text and what was searched.

    Args:
        answer: The answer.
        document: The report it was made from.
        repeat_quotes: Whether a source's quote is given even if it stands in the text.
    """
    text = tuple(_prose(answer.text))
    if not answer.answered:
        return (*text, Piece(Style.ASIDE, f"Searched: {report_name(document)}"))
    sums = tuple(_calculation(answer.calculation)) if answer.calculation else ()
    shown = " ".join(answer.text.split())
    sources = (
        piece
        for citation in answer.citations
        for piece in _source(citation, document, repeat_quotes or legible(citation.quote) not in shown)
    )
    return (*text, *sums, *sources)


def _prose(text: str) -> Iterator[Piece]:
    """Yield paragraphs and list items; a blank line parts paragraphs, a dash begins an item."""
    for block in re.split(r"\n\s*\n", safe(text).strip()):
        lines = block.splitlines()
        rest = " ".join(" ".join(line for line in lines if not _BULLET.match(line)).split())
        if rest:
            yield Piece(Style.TEXT, rest)
        for line in lines:
            if _BULLET.match(line):
                yield Piece(Style.ITEM, " ".join(_BULLET.sub("", line).split()))


def _calculation(found: Calculation) -> Iterator[Piece]:
    if found.expression:
        yield Piece(Style.TEXT, legible(found.expression))
    if found.cells:
        cells = (
            (legible(cell.label), legible(cell.row), legible(cell.column), legible(cell.text) or "0 (empty)")
            for cell in found.cells
        )
        yield Piece(Style.TABLE, rows=(_CELL_HEAD, *cells))
    for note in found.notes:
        yield Piece(Style.ASIDE, legible(note))


def _source(citation: Citation, document: Document, quoted: bool) -> Iterator[Piece]:
    yield Piece(Style.SOURCE, f"[{citation.marker}] {footnote(citation, document)}")
    if quoted:
        yield Piece(Style.QUOTE, legible(citation.quote))
