"""Numbered chips as HTML: the way from an answer to its sources."""

from __future__ import annotations

from qa.answer import Answer, Citation
from ui.markup import shown
from ui.quotes import leading

LONGEST_PREVIEW = 400


def chip(citation: Citation, answer: Answer, number: int, label: str = "") -> str:
    """Return the numbered link from an answer to its source card, with what it shows before it is followed.

    Args:
        citation: Where it leads.
        answer: The answer that cites it.
        number: The turn's number.
        label: Text after the number, already escaped.
    """
    card = next(other.marker for other in answer.citations if other.ref == citation.ref)
    place = shown(citation.label)
    return (
        f'<a class="chip" href="#source-{number}-{card}" data-marker="{citation.marker}" data-place="{place}" '
        f'data-quote="{shown(preview(citation, answer))}" aria-label="Source {citation.marker}, {place}">'
        f"<b>{citation.marker}</b>{label}</a>"
    )


def preview(citation: Citation, answer: Answer) -> str:
    """Return what a chip shows before it is followed: the quote, or the table cells that were used."""
    cells = answer.calculation.cells if answer.calculation else ()
    own = [cell for cell in cells if cell.ref == citation.ref and citation.quote.startswith(cell.row)]
    if own:
        return "; ".join(f"{cell.row}, {cell.column}: {cell.text or 0}" for cell in own)
    quote = leading(citation, answer).quote
    return quote if len(quote) <= LONGEST_PREVIEW else f"{quote[:LONGEST_PREVIEW].rsplit(' ', 1)[0]} …"
