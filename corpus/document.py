"""The values a report is read into: a Document of blocks, tables, sections and acronyms.

Everything here is immutable and holds no models and no files. Offsets are character
offsets into the report's text file as shipped (``Document.source``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in the report."""

    PARAGRAPH = "paragraph"
    BOX = "box"
    FOREWORD = "foreword"
    ACRONYMS = "acronyms"
    FOOTNOTE = "footnote"
    TABLE = "table"


class CellKind(StrEnum):
    """How a table cell's text was read."""

    NUMBER = "number"
    PERCENT = "percent"
    CHANGE = "change"
    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"
    TEXT = "text"


@dataclass(frozen=True)
class TextMap:
    """Maps offsets of a block's healed text back to the source file.

    Attributes:
        runs: ``(text_start, source_start, length)`` triples in order; inside a run the two
            texts are equal character by character. Text between runs (a single white space
            that replaces a page break or removed emphasis) belongs to no run.
    """

    runs: tuple[tuple[int, int, int], ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of ``text[start:end]``.

        Raises:
            ValueError: If the slice is empty or touches no character of the source.
        """
        first = last = None
        for text_start, source_start, length in self.runs:
            overlap_start = max(start, text_start)
            overlap_end = min(end, text_start + length)
            if overlap_start < overlap_end:
                if first is None:
                    first = source_start + overlap_start - text_start
                last = source_start + overlap_end - text_start
        if first is None or last is None:
            raise ValueError(f"no source text for the slice {start}:{end}")
        return first, last

    def slice(self, start: int, end: int) -> TextMap:
        """Return the map of ``text[start:end]``, with offsets counted from ``start``."""
        runs = []
        for text_start, source_start, length in self.runs:
            overlap_start = max(start, text_start)
            overlap_end = min(end, text_start + length)
            if overlap_start < overlap_end:
                runs.append(
                    (
                        overlap_start - start,
                        source_start + overlap_start - text_start,
                        overlap_end - overlap_start,
                    )
                )
        return TextMap(tuple(runs))


@dataclass(frozen=True)
class Block:
    """A citable stretch of the report.

    Several blocks may share a ref (the foreword's sub-sections, the two tables of Annex II).

    Attributes:
        ref: The place, such as ``para:14`` or ``annex:I:1``.
        label: What a person reads, such as ``para. 14``.
        kind: What the block is.
        section: The breadcrumb of headings above the block, outermost first.
        title: The block's own title (a box's or a table's), or ``None``.
        text: The text with page breaks healed and Markdown emphasis removed; paragraphs of one
            block are separated by a blank line. Links and footnote marks stand as in the source.
        start: Offset of the block's first character in the source.
        end: Offset after its last character.
        textmap: Maps offsets in ``text`` to offsets in the source.
    """

    ref: str
    label: str
    kind: BlockKind
    section: tuple[str, ...]
    title: str | None
    text: str
    start: int
    end: int
    textmap: TextMap = field(repr=False)


@dataclass(frozen=True)
class Cell:
    """One typed table cell.

    Attributes:
        text: The cell as printed, without emphasis.
        value: The number (49.0 for ``49%``, 0.0 for an empty count), or ``None``.
        kind: How the text was read.
        start: Source offset of the cell's text (for an empty cell, where it would stand).
        end: Source offset after it.
    """

    text: str
    value: float | None
    kind: CellKind
    start: int
    end: int


@dataclass(frozen=True)
class Column:
    """A column heading: its own label and the heading that spans it, if any."""

    label: str
    group: str | None = None


@dataclass(frozen=True)
class Row:
    """A table row.

    Attributes:
        label: The row's heading, without emphasis.
        cells: One cell per column of the table, in order.
        is_total: Whether the row is printed as a total of the others.
        text: The row as it stands in the source, white space collapsed.
        start: Source offset of the row's first character.
        end: Source offset after its last character.
    """

    label: str
    cells: tuple[Cell, ...]
    is_total: bool
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A table with typed cells.

    Attributes:
        ref: The place; the two tables of one annex may share it.
        label: What a person reads, such as ``Annex I, Table 1``.
        title: The table's title.
        section: The breadcrumb of headings above it.
        row_heading: The heading of the row labels ("Country of nationality: Member States").
        columns: The columns, in order, without the row labels.
        rows: The rows, in order, totals included.
        notes: Lines under the table that explain its abbreviations.
        start: Source offset of the table's first character.
        end: Source offset after its last character.
    """

    ref: str
    label: str
    title: str
    section: tuple[str, ...]
    row_heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Acronym:
    """One entry of the list of acronyms, with its source offsets."""

    short: str
    long: str
    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """A node of the tree of headings.

    Attributes:
        title: The heading.
        level: Its true depth, 1 for a chapter.
        path: The headings from the outermost to this one.
        start: Source offset of the heading.
        end: Source offset where the section ends.
    """

    title: str
    level: int
    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Metadata:
    """What is known about a report besides its text.

    Attributes:
        report_id: The folder's name, used as ``doc_id`` everywhere.
        title: The report's title.
        citation: How its owner cites it, without the place.
        body: The body it was submitted to.
        year: The year it reports on.
        organization: Who issued it (short form).
        language: ISO 639-1 code of the report's text.
        provenance: Where the text came from and how it was made.
    """

    report_id: str
    title: str
    citation: str
    body: str
    year: int
    organization: str
    language: str
    provenance: str


@dataclass(frozen=True)
class Document:
    """A report as read: everything the other rooms need to know about it."""

    metadata: Metadata
    source: str = field(repr=False)
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    acronyms: tuple[Acronym, ...]

    @property
    def doc_id(self) -> str:
        """The report's identifier."""
        return self.metadata.report_id

    def place(self, ref: str) -> tuple[Block, ...]:
        """Return the blocks at a ref, in reading order; empty when there is no such place."""
        return tuple(block for block in self.blocks if block.ref == ref)

    def tables_at(self, ref: str) -> tuple[Table, ...]:
        """Return the tables at a ref, in reading order."""
        return tuple(table for table in self.tables if table.ref == ref)
