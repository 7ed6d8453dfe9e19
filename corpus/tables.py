"""Tables of tab-separated lines, with typed cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Cell, CellKind, Column, Row, Table
from corpus.errors import ReportFormatError
from corpus.lines import Line
from corpus.text import without_emphasis

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHANGE = re.compile(r"[+\-\u2212\u2013]\s?\d+(?:\.\d+)?\s?%?")
_DASHES = ("-", "\u2013", "\u2014", "\u2212")
_NOT_APPLICABLE = re.compile(r"n\.?\s?/?\s?a\.?$", re.IGNORECASE)
_TOTAL = re.compile(r"^(grand |sub-?)?total\b", re.IGNORECASE)


@dataclass(frozen=True)
class RawTable:
    """The lines of a table: its header lines and its rows, repeated headers left out."""

    header: tuple[Line, ...]
    rows: tuple[Line, ...]


def group_tables(groups: Sequence[Sequence[Line]]) -> tuple[RawTable, ...]:
    """Return the tables that groups of consecutive table lines make.

    A group under the same header as the one before it continues it: a page break repeats headers.
    """
    tables: list[RawTable] = []
    for lines in groups:
        header, rows = _split_header(lines)
        if tables and _same_header(tables[-1].header, header):
            tables[-1] = RawTable(tables[-1].header, tables[-1].rows + rows)
        else:
            tables.append(RawTable(header, rows))
    return tuple(tables)


def _split_header(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    deep = len(lines) > 1 and not lines[1].text.split("\t")[0].strip()
    count = 2 if deep else 1
    return tuple(lines[:count]), tuple(lines[count:])


def _same_header(first: Sequence[Line], second: Sequence[Line]) -> bool:
    def labels(header: Sequence[Line]) -> list[list[str]]:
        return [
            [cell for cell in (without_emphasis(part) for part in line.text.split("\t")) if cell] for line in header
        ]

    return labels(first) == labels(second)


def read_table(
    raw: RawTable, ref: str, label: str, title: str, section: tuple[str, ...], notes: tuple[str, ...]
) -> Table:
    """Return a table with typed cells.

    Raises:
        ReportFormatError: If a row has more filled cells than the header has columns.
    """
    columns = _columns(raw.header)
    rows = tuple(_row(line, len(columns)) for line in raw.rows)
    last = raw.rows[-1] if raw.rows else raw.header[-1]
    return Table(
        ref=ref,
        label=label,
        title=title,
        section=section,
        row_heading=without_emphasis(raw.header[0].text.split("\t")[0]),
        columns=columns,
        rows=rows,
        notes=notes,
        start=raw.header[0].start,
        end=last.end,
    )


def _columns(header: Sequence[Line]) -> tuple[Column, ...]:
    """Return the columns: the last header line's labels, under the spanning labels of the line above."""
    lines = [[without_emphasis(part) for part in line.text.split("\t")[1:]] for line in header]
    width = max((number for line in lines for number, label in enumerate(line, start=1) if label), default=0)
    if len(lines) == 1:
        return tuple(Column(label) for label in lines[0][:width])
    columns = []
    group: str | None = None
    for number in range(width):
        over = lines[0][number] if number < len(lines[0]) else ""
        own = lines[1][number] if number < len(lines[1]) else ""
        group = over or group
        # A heading with nothing under it is the column's own, and ends the span before it.
        columns.append(Column(own, group) if own else Column(over))
    return tuple(columns)


def _row(line: Line, width: int) -> Row:
    cells: list[tuple[str, int, int]] = []
    position = line.start
    for part in line.text.split("\t"):
        cells.append((part, position, position + len(part)))
        position += len(part) + 1
    label = without_emphasis(cells[0][0])
    printed = cells[1 : width + 1]
    if any(part.strip() for part, _, _ in cells[width + 1 :]):
        raise ReportFormatError(f"the row {label!r} has more cells than the table has columns", line.number)
    printed += [("", position - 1, position - 1)] * (width - len(printed))
    blank_is_zero = _blank_is_zero([part for part, _, _ in printed])
    return Row(
        label=label,
        cells=tuple(_cell(part, start, blank_is_zero) for part, start, _ in printed),
        is_total=bool(_TOTAL.match(label)),
        text=" ".join(line.text.split()),
        start=line.start,
        end=line.end,
    )


def _blank_is_zero(parts: Iterable[str]) -> bool:
    """Whether an empty cell of the row means zero: it does among counts, not among shares or changes."""
    cleaned = [without_emphasis(part) for part in parts]
    return not any("%" in part or part in _DASHES or _CHANGE.fullmatch(part) for part in cleaned)


def _cell(printed: str, start: int, blank_is_zero: bool) -> Cell:
    text = without_emphasis(printed)
    begin = start + (printed.index(text) if text and text in printed else 0)
    value, kind = typed(text, blank_is_zero)
    return Cell(text, value, kind, begin, begin + len(text) if text in printed else start + len(printed))


def typed(text: str, blank_is_zero: bool = True) -> tuple[float | None, CellKind]:
    """Return a cell's value and how it was read.

    ``""`` is 0 among counts and nothing elsewhere; ``"1 062"`` is 1062; ``"49%"`` is 49 per cent;
    ``"+26"`` is a change; a dash is no change.
    """
    if not text:
        return (0.0 if blank_is_zero else None), CellKind.EMPTY
    if text in _DASHES:
        return 0.0, CellKind.CHANGE
    if _CHANGE.fullmatch(text):
        sign = 1.0 if text[0] == "+" else -1.0
        return sign * float(re.sub(r"[^\d.]", "", text)), CellKind.CHANGE
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return float(re.sub(r"[^\d.]", "", text)), CellKind.PERCENT
    if _NUMBER.fullmatch(text):
        return float(re.sub(r"[^\d.]", "", text)), CellKind.NUMBER
    if _NOT_APPLICABLE.match(text):
        return None, CellKind.NOT_APPLICABLE
    return None, CellKind.TEXT
