"""Annexes: their titles, and the tables under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Block, BlockKind, Table
from corpus.lines import Line, LineKind
from corpus.outline import ANNEX
from corpus.tables import RawTable, group_tables, read_table
from corpus.text import heal

_TABLE_TITLE = re.compile(r"^Table (\d+)\b[.:]?\s*(.*)$", re.IGNORECASE)


@dataclass
class _Part:
    """The lines under one title: an annex's, or a numbered table's inside it."""

    annex: str
    number: int | None
    title: list[str]
    annex_title: list[str]
    groups: list[list[Line]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class AnnexReader:
    """Reads the lines of annexes into tables.

    Args:
        source: The report's text file.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[_Part] = []
        self._last: Line | None = None

    @property
    def inside(self) -> bool:
        """Whether an annex has begun."""
        return bool(self._parts)

    def title(self, line: Line) -> None:
        """Take a heading or a bold line: an annex's number, its title, or a table's title."""
        annex, table = ANNEX.match(line.text), _TABLE_TITLE.match(line.text)
        if annex:
            titles = [annex[2]] if annex[2] else []
            self._parts.append(_Part(annex[1].upper(), None, titles, titles))
        elif table and self._parts:
            part = self._parts[-1]
            self._parts.append(_Part(part.annex, int(table[1]), [table[2]], part.annex_title))
        elif self._parts and not self._parts[-1].groups:
            self._parts[-1].title.append(line.text)
        self._last = None

    def row(self, line: Line) -> None:
        """Take a table line; lines that follow each other make a group."""
        if not self._parts:
            return
        groups = self._parts[-1].groups
        if self._last is not None and line.number == self._last.number + 1:
            groups[-1].append(line)
        else:
            groups.append([line])
        self._last = line

    def note(self, line: Line) -> None:
        """Take a line of text: it explains the table above it."""
        if self._parts and self._parts[-1].groups:
            self._parts[-1].notes.append(" ".join(line.text.split()))
        self._last = None

    def tables(self) -> tuple[tuple[Table, ...], tuple[Block, ...]]:
        """Return the tables, and each as a block that can be shown."""
        tables: list[Table] = []
        blocks: list[Block] = []
        for part in self._parts:
            raws = group_tables(part.groups)
            for raw in raws:
                table = self._table(part, raw)
                tables.append(table)
                blocks.append(self._block(table))
        return tuple(tables), tuple(blocks)

    def _table(self, part: _Part, raw: RawTable) -> Table:
        numbered = part.number is not None
        ref = f"annex:{part.annex}" + (f":{part.number}" if numbered else "")
        label = f"Annex {part.annex}" + (f", Table {part.number}" if numbered else "")
        section = (f"Annex {part.annex}", " ".join(part.annex_title)) if part.annex_title else (f"Annex {part.annex}",)
        return read_table(raw, ref, label, " ".join(part.title), section, tuple(part.notes))

    def _block(self, table: Table) -> Block:
        pieces: Sequence[tuple[int, int, str]] = [
            (start, end, "\n") for start, end in _line_spans(self._source, table.start, table.end)
        ]
        text, textmap = heal(self._source, pieces, keep_tabs=True)
        return Block(
            table.ref,
            table.label,
            BlockKind.TABLE,
            table.section,
            table.title,
            text,
            table.start,
            table.end,
            textmap,
        )


def _line_spans(source: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    position = start
    for line in source[start:end].split("\n"):
        if line.strip():
            spans.append((position, position + len(line)))
        position += len(line) + 1
    return spans


def begins_annex(line: Line) -> bool:
    """Return whether a line is the heading of an annex."""
    return line.kind in (LineKind.HEADING, LineKind.BOLD) and bool(ANNEX.match(line.text))
