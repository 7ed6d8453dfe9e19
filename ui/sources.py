"""The source panel as HTML: each cited place with its quote marked.

Pure functions. The panel holds the sources of every turn; the page shows one turn's at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Acronym, Block, BlockKind, Document, Table
from qa.answer import Answer, Citation
from ui.markup import breadcrumb, escape, shown, shown_pieces
from ui.tables import source_table
from ui.turn import Turn

CONTEXT = 180
"""Characters of context kept on each side of a quote before the rest is folded."""

HEAD = '<header class="panel-head"><h2>Sources</h2><button type="button" class="close">Close</button></header>'
EMPTY = '<div class="no-sources"><p>Each answer’s sources appear here, with the quoted words marked.</p></div>'
NO_SOURCES = '<div class="no-sources"><p>This answer cites no place in the report.</p></div>'


def panel(document: Document, turns: Sequence[Turn]) -> str:
    """Return the sources of all turns, the last turn's shown and the others hidden."""
    if not turns:
        return HEAD + EMPTY
    last = len(turns)
    return HEAD + "".join(_group(document, turn, number, number == last) for number, turn in enumerate(turns, start=1))


def _group(document: Document, turn: Turn, number: int, current: bool) -> str:
    answer = turn.answer
    if answer is None or not answer.citations:
        cards = "" if turn.pending else NO_SOURCES
    else:
        cards = "".join(card(document, citation, answer, number) for citation in answer.citations)
    hidden = "" if current else " hidden"
    name = f"Sources of answer {number}"
    return f'<section class="sources" data-turn="{number}" aria-label="{name}"{hidden}>{cards}</section>'


def card(document: Document, citation: Citation, answer: Answer, number: int) -> str:
    """Return one cited place: its label, where it stands, and its text with the quote marked.

    Args:
        document: The report.
        citation: The place and the quote.
        answer: The answer that cites it.
        number: The number of its turn, from 1.
    """
    text, folds = _text(document, citation, answer)
    more = _more(_whole(citation, document)) if folds else ""
    title = _title(document, citation)
    return (
        f'<article class="card" id="source-{number}-{citation.marker}" tabindex="-1" '
        f'aria-label="Source {citation.marker}: {shown(citation.label)}">'
        f'<header><h3><span class="number">{citation.marker}</span>{shown(citation.label)}</h3>'
        f"{_above(citation)}{title}</header>{text}{more}</article>"
    )


def _above(citation: Citation) -> str:
    """Return the breadcrumb, without a heading that only repeats the place's label."""
    headings = (title for title in citation.section if title.casefold() != citation.label.casefold())
    return breadcrumb(tuple(headings))


def _more(what: str) -> str:
    state = 'aria-expanded="false" data-less="Show less"'
    return f'<button type="button" class="more" {state}>Show the whole {what}</button>'


def _whole(citation: Citation, document: Document) -> str:
    """Return the word for what a place is: paragraph, box, table, list."""
    block = cited_block(document, citation)
    if _table(document, citation) is not None:
        return "table"
    names = {BlockKind.BOX: "box", BlockKind.ACRONYMS: "list", BlockKind.FOREWORD: "section"}
    return names.get(block.kind, "paragraph") if block else "paragraph"


def _title(document: Document, citation: Citation) -> str:
    """Return a box's own title where the breadcrumb does not end with it."""
    block = cited_block(document, citation)
    if block is None or not block.title or block.kind is not BlockKind.BOX:
        return ""
    if citation.section and block.title in citation.section[-1]:
        return ""
    return f'<p class="title">{shown(block.title)}</p>'


def _text(document: Document, citation: Citation, answer: Answer) -> tuple[str, bool]:
    """Return the place's text as HTML, and whether some of it is folded."""
    table = _table(document, citation)
    if table is not None:
        used = answer.calculation.cells if answer.calculation else ()
        html = source_table(table, citation.start, citation.end, used)
        return html, ' class="rest"' in html
    block = cited_block(document, citation)
    if block is None:
        return f'<div class="passage"><p><mark>{shown(citation.quote)}</mark></p></div>', False
    if block.kind is BlockKind.ACRONYMS:
        return _acronyms(document.acronyms, citation), len(document.acronyms) > 1
    html = marked(block, citation)
    return f'<div class="passage">{html}</div>', 'class="rest"' in html


def cited_block(document: Document, citation: Citation) -> Block | None:
    """Return the block that a quote stands in, or ``None`` when the place is not in the report."""
    blocks = document.place(citation.ref)
    inside = [block for block in blocks if block.start <= citation.start and citation.end <= block.end]
    return next(iter(inside or blocks), None)


def _table(document: Document, citation: Citation) -> Table | None:
    tables = document.tables_at(citation.ref)
    inside = [table for table in tables if table.start <= citation.start < table.end]
    return next(iter(inside or tables), None)


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


def marked(block: Block, citation: Citation) -> str:
    """Return a block's paragraphs with the quote marked and what is far from it folded."""
    span = quote_span(block, citation) or (0, 0)
    paragraphs, offset = [], 0
    for paragraph in block.text.split("\n\n"):
        paragraphs.append(_paragraph(paragraph, span[0] - offset, span[1] - offset))
        offset += len(paragraph) + 2
    return "".join(paragraphs)


def _paragraph(text: str, start: int, end: int) -> str:
    """Return one paragraph; ``start`` and ``end`` of the quote are offsets into it and may lie outside."""
    start, end = max(start, 0), min(end, len(text))
    if start >= end:
        return f'<p class="rest">{shown(text)}</p>'
    near = start - len(_near_end(text[:start])), end + len(_near_start(text[end:]))
    far_before, before, quote, after, far_after = shown_pieces(text, (near[0], start, end, near[1]))
    first, last = _folded(far_before, "before"), _folded(far_after, "after")
    return f"<p>{first}{before}<mark>{quote}</mark>{after}{last}</p>"


def _near_end(text: str) -> str:
    """Return the end of the text before a quote, from a word's start."""
    if len(text) <= CONTEXT * 1.5:
        return text
    return text[text.index(" ", len(text) - CONTEXT) :] if " " in text[-CONTEXT:] else text[-CONTEXT:]


def _near_start(text: str) -> str:
    """Return the start of the text after a quote, to a word's end."""
    if len(text) <= CONTEXT * 1.5:
        return text
    return text[: text.rindex(" ", 0, CONTEXT)] if " " in text[:CONTEXT] else text[:CONTEXT]


def _folded(text: str, side: str) -> str:
    """Return escaped text that is folded away, an ellipsis in its place until it is unfolded."""
    if not text.strip():
        return ""
    gap = '<span class="gap">…</span>'
    rest = f'<span class="rest">{text}</span>'
    return rest + gap if side == "before" else gap + rest


def _acronyms(acronyms: tuple[Acronym, ...], citation: Citation) -> str:
    """Return the list of acronyms with the cited entries marked and the others folded."""
    entries = []
    for acronym in acronyms:
        cited = acronym.start < citation.end and citation.start < acronym.end
        long = f"<mark>{escape(acronym.long)}</mark>" if cited else escape(acronym.long)
        kind = "" if cited else ' class="rest"'
        entries.append(f"<div{kind}><dt>{escape(acronym.short)}</dt><dd>{long}</dd></div>")
    return f'<dl class="passage">{"".join(entries)}</dl>'
