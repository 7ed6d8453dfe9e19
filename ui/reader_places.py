"""Each place of the report as HTML: numbered paragraphs, boxes, tables, footnotes, the list of acronyms."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Acronym, Block, BlockKind, Document, Table
from ui.citing import place_cited
from ui.markup import escape, shown, shown_pieces
from ui.reader_table import full_table
from ui.reader_tree import Place, anchor, footnote_marks


class PlaceWriter:
    """Writes places in reading order; the first element of a ref has its id, all have ``data-ref``.

    Args:
        document: The report.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._written: set[str] = set()
        self._count = 0
        self._footnotes = {block.ref for block in document.blocks if block.kind is BlockKind.FOOTNOTE}
        self._marked: set[str] = set()
        # The notes of an annex stand under its last table.
        self._last = {table.section: table for table in document.tables}

    def write(self, place: Place, level: int) -> str:
        """Return a place as HTML.

        Args:
            place: The block or table.
            level: The level that a heading in it has, from 1.
        """
        self._count += 1
        if isinstance(place, Table):
            return self._table(place)
        if place.kind is BlockKind.BOX:
            return self._box(place, level)
        if place.kind is BlockKind.ACRONYMS:
            return self._framed(place, "acronyms", _acronyms(self._document.acronyms))
        if place.kind is BlockKind.FOOTNOTE:
            text = f"<p>{self._number(place)}{self._inline(place.text)}{self._back(place.ref)}</p>"
            return self._framed(place, "footnote", text)
        return self._framed(place, str(place.kind), self._paragraphs(place))

    def _back(self, ref: str) -> str:
        """Return the way from a footnote to its mark, if the mark stands in the text before it."""
        return f' <a href="#mark-{_id(ref)}" aria-label="Back to the text">↩</a>' if ref in self._marked else ""

    def _framed(self, place: Place, kind: str, content: str, tag: str = "div", named: str = "") -> str:
        """Return a place's element around its content, with what can be done with it."""
        name = f'id="{_id(place.ref)}" ' if place.ref not in self._written else ""
        self._written.add(place.ref)
        label = named or f'aria-label="{shown(place.label)}"'
        role = "" if tag == "figure" else 'role="group" '
        return (
            f'<{tag} {name}class="place {kind}" data-ref="{escape(place.ref)}" {role}tabindex="-1" {label}>'
            f"{content}{self._actions(place)}</{tag}>"
        )

    def _actions(self, place: Place) -> str:
        label, cited = shown(place.label), escape(place_cited(place.label, self._document))
        return (
            '<p class="actions">'
            f'<a href="./?about={escape(place.ref)}" aria-label="Ask about this: {label}">Ask about this</a>'
            f'<button type="button" data-copy="{cited}" aria-label="Copy citation of {label}">Copy citation</button>'
            "</p>"
        )

    def _paragraphs(self, place: Block) -> str:
        first, *others = place.text.split("\n\n")
        number = self._number(place) if place.kind is BlockKind.PARAGRAPH else ""
        return f"<p>{number}{self._inline(first)}</p>" + "".join(f"<p>{self._inline(text)}</p>" for text in others)

    def _number(self, place: Block) -> str:
        """Return a place's number, which links to the place itself."""
        dot = "." if place.kind is BlockKind.PARAGRAPH else ""
        number = escape(place.ref.rpartition(":")[2]) + dot
        return f'<a class="number" href="#{_id(place.ref)}" aria-label="Link to {shown(place.label)}">{number}</a> '

    def _inline(self, text: str) -> str:
        """Return one paragraph, its footnote marks as links."""
        marks = [mark for mark in footnote_marks(text) if f"footnote:{mark[1]}" in self._footnotes]
        pieces = shown_pieces(text, [mark.end() for mark in marks])
        linked = "".join(piece + self._mark(mark[1]) for piece, mark in zip(pieces, marks, strict=False))
        return linked + pieces[-1]

    def _mark(self, number: str) -> str:
        ref = f"footnote:{number}"
        name = f' id="mark-{_id(ref)}"' if ref not in self._marked else ""
        self._marked.add(ref)
        return f'<sup><a{name} href="#{_id(ref)}" aria-label="Footnote {number}">{number}</a></sup>'

    def _box(self, place: Block, level: int) -> str:
        name = f"name-{self._count}"
        title = f"{place.label}. {place.title}" if place.title else place.label
        heading = f'<h{level} id="{name}">{shown(title)}</h{level}>'
        return self._framed(place, "box", heading + self._paragraphs(place), named=f'aria-labelledby="{name}"')

    def _table(self, table: Table) -> str:
        name = f"name-{self._count}"
        # Tables that share their annex's title are told apart by what their rows are.
        title = table.row_heading if table.title in table.section and table.row_heading else table.title
        caption = f'<figcaption id="{name}"><b>{shown(table.label)}</b> {shown(title)}</figcaption>'
        notes = _notes(table.notes) if self._last[table.section] is table else ""
        content = f"{caption}{full_table(table, name)}{notes}"
        return self._framed(table, "table", content, "figure", f'aria-labelledby="{name}"')


def _id(ref: str) -> str:
    return escape(anchor(ref))


def _notes(notes: Sequence[str]) -> str:
    return "".join(f'<p class="note">{shown(note)}</p>' for note in notes)


def _acronyms(acronyms: Sequence[Acronym]) -> str:
    entries = (f"<div><dt>{escape(acronym.short)}</dt><dd>{escape(acronym.long)}</dd></div>" for acronym in acronyms)
    return f"<dl>{''.join(entries)}</dl>"
