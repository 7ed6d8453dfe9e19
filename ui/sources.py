"""The source panel as HTML: each cited place with its quotes marked.

Pure functions. The panel holds the sources of every turn; the page shows one turn's at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Acronym, Block, BlockKind, Document, Table
from qa.answer import Answer, Citation
from ui.markup import breadcrumb, escape, shown
from ui.quotes import leading, marked
from ui.reader_tree import anchor
from ui.tables import source_table
from ui.turn import Turn

EMPTY = '<div class="no-sources"><p>Each answer’s sources appear here, with the quoted words marked.</p></div>'
NO_SOURCES = '<div class="no-sources"><p>This answer cites no place in the report.</p></div>'


def panel(document: Document, turns: Sequence[Turn]) -> str:
    """Return the sources of all turns, the last turn's shown and the others hidden."""
    if not turns:
        return EMPTY
    last = len(turns)
    return "".join(_group(document, turn, number, number == last) for number, turn in enumerate(turns, start=1))


def _group(document: Document, turn: Turn, number: int, current: bool) -> str:
    answer = turn.answer
    if answer is None or not answer.citations:
        cards = "" if turn.pending else NO_SOURCES
    else:
        cards = "".join(card(document, group, answer, number) for group in by_place(answer.citations))
    hidden = "" if current else " hidden"
    name = f"Sources of answer {number}"
    return f'<section class="sources" data-turn="{number}" aria-label="{name}"{hidden}>{cards}</section>'


def by_place(citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], ...]:
    """Return the citations grouped by place, the places in the order in which they are first cited."""
    places: dict[str, list[Citation]] = {}
    for citation in citations:
        places.setdefault(citation.ref, []).append(citation)
    return tuple(tuple(group) for group in places.values())


def reader_link(ref: str, label: str) -> str:
    """Return the link that opens the report at a place."""
    return (
        f'<a class="open-report" href="report#{escape(anchor(ref))}" '
        f'aria-label="Open {shown(label)} in the report">Open in the report</a>'
    )


def card(document: Document, citations: Sequence[Citation], answer: Answer, number: int) -> str:
    """Return one cited place: its label, where it stands, and its text with the quotes marked.

    Args:
        document: The report.
        citations: The quotes from the place, at least one.
        answer: The answer that cites them.
        number: The number of its turn, from 1.
    """
    first = citations[0]
    text, folds = _text(document, citations, answer)
    more = _more(_whole(first, document)) if folds else ""
    markers = "".join(f'<span class="number">{citation.marker}</span>' for citation in citations[:MARKERS])
    named = ", ".join(str(citation.marker) for citation in citations)
    return (
        f'<article class="card" id="source-{number}-{first.marker}" tabindex="-1" '
        f'aria-label="Source {named}: {shown(first.label)}">'
        f'<header><h3>{markers}<span class="place">{shown(first.label)}</span></h3>'
        f"{_above(first)}{_title(document, first)}</header>{text}"
        f'<p class="card-tools">{more}{reader_link(first.ref, first.label)}</p></article>'
    )


MARKERS = 5
"""Most numbers that stand before a card's label."""


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
    if _tables(document, (citation,)):
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


def _text(document: Document, citations: Sequence[Citation], answer: Answer) -> tuple[str, bool]:
    """Return the place's text as HTML, and whether some of it is folded."""
    tables = _tables(document, citations)
    if tables:
        used = answer.calculation.cells if answer.calculation else ()
        spans = [(citation.start, citation.end) for citation in citations]
        above = {title.casefold() for title in citations[0].section}
        html = "".join(source_table(t, spans, used, caption=t.title.casefold() not in above) for t in tables)
        return html, 'rest"' in html
    led = [leading(citation, answer) for citation in citations]
    html = "".join(_block(document, block, quotes) for block, quotes in _blocks(document, led))
    return html, 'class="rest"' in html


def _blocks(document: Document, citations: Sequence[Citation]) -> list[tuple[Block | None, list[Citation]]]:
    """Return the blocks of one place that are quoted, each with its quotes."""
    blocks: list[tuple[Block | None, list[Citation]]] = []
    for citation in citations:
        block = cited_block(document, citation)
        same = next((quotes for other, quotes in blocks if other is block and block is not None), None)
        if same is None:
            blocks.append((block, [citation]))
        else:
            same.append(citation)
    return blocks


def _block(document: Document, block: Block | None, citations: Sequence[Citation]) -> str:
    if block is None:
        quotes = "".join(f"<p><mark>{shown(citation.quote)}</mark></p>" for citation in citations)
        return f'<div class="passage">{quotes}</div>'
    if block.kind is BlockKind.ACRONYMS:
        return _acronyms(document.acronyms, citations)
    return f'<div class="passage">{marked(block, citations)}</div>'


def cited_block(document: Document, citation: Citation) -> Block | None:
    """Return the block that a quote stands in, or ``None`` when the place is not in the report."""
    blocks = document.place(citation.ref)
    inside = [block for block in blocks if block.start <= citation.start and citation.end <= block.end]
    return next(iter(inside or blocks), None)


def _tables(document: Document, citations: Sequence[Citation]) -> tuple[Table, ...]:
    """Return the tables that are quoted; the place's first one where the quotes stand in none."""
    tables = document.tables_at(citations[0].ref)
    inside = [table for table in tables if any(table.start <= citation.start < table.end for citation in citations)]
    return tuple(inside or tables[:1])


def _acronyms(acronyms: tuple[Acronym, ...], citations: Sequence[Citation]) -> str:
    """Return the list of acronyms with the cited entries marked and the others folded."""
    entries = []
    for acronym in acronyms:
        cited = any(acronym.start < citation.end and citation.start < acronym.end for citation in citations)
        long = f"<mark>{escape(acronym.long)}</mark>" if cited else escape(acronym.long)
        kind = "" if cited else ' class="rest"'
        entries.append(f"<div{kind}><dt>{escape(acronym.short)}</dt><dd>{long}</dd></div>")
    return f'<dl class="passage">{"".join(entries)}</dl>'
