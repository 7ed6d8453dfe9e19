"""An answer with its sources, to be pasted into another document: plain, Markdown, footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

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
    """Return an answer with its numbered sources as plain text, nothing said twice.

    A quote is left out if it stands in the answer word for word, or is a row of a table whose cells are named;
    sources of one place then share a line.
    """
    return to_plain(tuple(_short(answer, document)))


def markdown(answer: Answer, document: Document) -> str:
    """Return an answer with its numbered sources as Markdown; otherwise like ``plain``."""
    return to_markdown(tuple(_short(answer, document)))


def answer_pieces(answer: Answer, document: Document) -> tuple[Piece, ...]:
    """Return an answer's text, its arithmetic and its sources with their quotes; of a refusal what was searched."""
    sources = (
        piece
        for citation in answer.citations
        for piece in (_source([citation], document), Piece(Style.QUOTE, legible(citation.quote)))
    )
    sums = _calculation(answer.calculation, answer.text) if answer.calculation else ()
    return (*_said(answer, document), *sums, *sources)


def _short(answer: Answer, document: Document) -> Iterator[Piece]:
    yield from _said(answer, document)
    if answer.calculation:
        # One cell is named in the text; what a reader should know about it is not.
        one_cell = len(answer.calculation.cells) == 1
        yield from _notes(answer.calculation) if one_cell else _calculation(answer.calculation, answer.text)
    text = " ".join(answer.text.split())
    tables = {cell.ref for cell in answer.calculation.cells} if answer.calculation else set()

    def quote(citation: Citation) -> str:
        words = legible(citation.quote)
        return "" if words in text or citation.ref in tables else words

    for (_, words), group in groupby(answer.citations, key=lambda citation: (citation.ref, quote(citation))):
        yield _source(list(group), document)
        if words:
            yield Piece(Style.QUOTE, words)


def _said(answer: Answer, document: Document) -> Iterator[Piece]:
    yield from _prose(answer.text)
    if not answer.answered:
        yield Piece(Style.ASIDE, f"Searched: {report_name(document)}")


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


def _calculation(found: Calculation, text: str) -> Iterator[Piece]:
    """Yield the arithmetic where the answer's text does not have it, the cells used, and the notes."""
    if found.expression and legible(found.expression) not in text:
        yield Piece(Style.TEXT, legible(found.expression))
    if found.cells:
        cells = (
            (legible(cell.label), legible(cell.row), legible(cell.column), legible(cell.text) or "0 (empty)")
            for cell in found.cells
        )
        yield Piece(Style.TABLE, rows=(_CELL_HEAD, *cells))
    yield from _notes(found)


def _notes(found: Calculation) -> Iterator[Piece]:
    return (Piece(Style.ASIDE, legible(note)) for note in found.notes)


def _source(citations: Sequence[Citation], document: Document) -> Piece:
    """Return the line of citations of one place."""
    markers = " ".join(f"[{citation.marker}]" for citation in citations)
    return Piece(Style.SOURCE, f"{markers} {footnote(citations[0], document)}")
