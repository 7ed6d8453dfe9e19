"""A paragraph of the report as HTML with its quotes marked and what is far from them folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Block
from qa.answer import Answer, Citation
from ui.markup import shown, shown_pieces

CONTEXT = 180
"""Characters of context kept on each side of a quote before the rest is folded."""

Quote = tuple[int, int, int]
"""Start and end of a quote in a text, and its marker."""


def marked(block: Block, citations: Sequence[Citation]) -> str:
    """Return a block's paragraphs with the quotes marked and what is far from them folded."""
    quotes = [(*span, citation.marker) for citation in citations if (span := quote_span(block, citation))]
    paragraphs, offset = [], 0
    for paragraph in block.text.split("\n\n"):
        own = _inside(quotes, offset, len(paragraph))
        paragraphs.append(_paragraph(paragraph, own) if own else f'<p class="rest">{shown(paragraph)}</p>')
        offset += len(paragraph) + 2
    return "".join(paragraphs)


def leading(citation: Citation, answer: Answer) -> Citation:
    """Return a citation with its quote cut to the sentence that answers, where the rest is only its context.

    A quote that does not hold that sentence letter by letter stays whole.
    """
    lead = answer.text[answer.lead.start : answer.lead.end].strip() if answer.lead else ""
    return replace(citation, quote=lead) if lead and lead in citation.quote else citation


def quote_span(block: Block, citation: Citation) -> tuple[int, int] | None:
    """Return where a quote stands in its block's text, or ``None`` if it does not.

    A quote that stands there twice is told apart by its offsets in the report's file.
    """
    found = []
    position = block.text.find(citation.quote) if citation.quote else -1
    while position >= 0:
        found.append((position, position + len(citation.quote)))
        position = block.text.find(citation.quote, position + 1)
    exact = [span for span in found if block.textmap.runs and block.textmap.to_source(*span)[0] == citation.start]
    return next(iter(exact or found), None)


def _inside(quotes: Sequence[Quote], offset: int, length: int) -> list[Quote]:
    """Return the quotes of one paragraph as offsets into it, in order; of two that overlap, the part not yet marked."""
    own: list[Quote] = []
    reached = 0
    for start, end, marker in sorted(quotes):
        start, end = max(start - offset, reached), min(end - offset, length)
        if start < end:
            own.append((start, end, marker))
            reached = end
    return own


def _paragraph(text: str, quotes: Sequence[Quote]) -> str:
    """Return one paragraph with at least one quote."""
    cuts: list[int] = []
    reached, after_quote = 0, False
    for start, end, _ in quotes:
        cuts += (*_fold(text, reached, start, after_quote, True), start, end)
        reached, after_quote = end, True
    cuts += _fold(text, reached, len(text), True, False)
    pieces = list(shown_pieces(text, cuts))
    return f"<p>{_joined(pieces, quotes)}</p>"


def _joined(pieces: list[str], quotes: Sequence[Quote]) -> str:
    """Return the pieces as HTML: before each quote its context in three (near, far, near), then the quote."""
    html = ""
    for number, (_, _, marker) in enumerate(quotes):
        near, far, before, quote = pieces[4 * number : 4 * number + 4]
        html += f'{near}{_folded(far)}{before}<mark data-marker="{marker}">{quote}</mark>'
    near, far, last = pieces[4 * len(quotes) :]
    return f"{html}{near}{_folded(far)}{last}"


def _fold(text: str, start: int, end: int, after: bool, before: bool) -> tuple[int, int]:
    """Return where the part of a stretch begins and ends that is far from the quotes on its sides.

    Args:
        text: The paragraph.
        start: Where the stretch begins.
        end: Where it ends.
        after: Whether a quote stands before the stretch.
        before: Whether a quote stands after it.
    """
    kept = CONTEXT * (after + before)
    if end - start <= kept + CONTEXT // 2:
        return end, end
    first, last = start, end
    if after:
        first = text.rfind(" ", start, start + CONTEXT)
        first = start + CONTEXT if first < 0 else first
    if before:
        last = text.find(" ", end - CONTEXT, end)
        last = end - CONTEXT if last < 0 else last
    return first, last


def _folded(text: str) -> str:
    """Return escaped text that is folded away, an ellipsis in its place until it is unfolded."""
    if not text.strip():
        return text
    return f'<span class="gap"> … </span><span class="rest">{text}</span>'
