"""Tables given as grids of strings, as statements of account print them: typed cells, spanning headings, scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Cell, CellKind, Column, Row, Table

_SHORT_YEAR = re.compile(r"\b(?:FY|F|fiscal|H[12] ?FY)\s?['’]?(\d\d)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[-−–+]?\s?\d[\d,]*(?:\.\d+)?|[-−–+]?\s?\.\d+")
_NOISE = re.compile(r"[$€£¥\s*†‡]|US\$|\bUSD\b|\[\d+\]|\b(?:bps|pts|x|m|bn)\b")
_DASHES = frozenset(("-", "–", "—", "−", "--", "nil"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT_HEADING = re.compile(r"(?<!except )(?:%|\bpercent(?:age)?\b)", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:grand |sub-?)?total\b", re.IGNORECASE)
_SCALES = (
    ("thousand", re.compile(r"thousands?\b|['’‘]000|\b000s\b|[$€£]000|\b[kK]\b")),
    ("million", re.compile(r"millions?\b|[$€£]\s?m\b|\b(?:RMB|US|A)?\$?m(?:ns?)?\b|\bMM\b", re.IGNORECASE)),
    ("billion", re.compile(r"billions?\b|[$€£]\s?bn\b|\bbn\b", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Grid:
    """A table read from a grid.

    Attributes:
        table: The table; offsets are zero, as there is no source text.
        scale: What its figures are counted in: ``thousand``, ``million``, ``billion`` or an empty text.
        percent_columns: Numbers of the columns whose headings say that they hold percentages.
    """

    table: Table
    scale: str
    percent_columns: frozenset[int]


def read_grid(cells: Sequence[Sequence[str]], ref: str = "table", label: str = "Table") -> Grid:
    """Return a grid as a table: the lines before the first figures are its headings, the first column its labels.

    Args:
        cells: The rows of strings.
        ref: The table's place.
        label: What a person reads for the place.
    """
    width = max((len(line) for line in cells), default=0)
    lines = [[" ".join(str(cell).split()) for cell in line] + [""] * (width - len(line)) for line in cells]
    depth = _header_depth(lines)
    header, body = lines[:depth], lines[depth:]
    if _years_down(header, body):
        header, body = _turned(header, body)
    columns = _columns(header, width)
    rows = tuple(_row(line) for line in body)
    heading = " ".join(line[0] for line in header if line and line[0])
    table = Table(ref, label, "", (), heading, columns, rows, (), 0, 0)
    text = " ".join(cell for line in header for cell in line)
    percent = frozenset(
        number
        for number, column in enumerate(columns)
        if _PERCENT_HEADING.search(f"{column.group or ''} {column.label}") or _opens_with_percent(rows, number)
    )
    return Grid(table, scale_of(text), percent)


def _opens_with_percent(rows: Sequence[Row], number: int) -> bool:
    """Whether a column's first figure has the per cent sign that those below it leave out."""
    figures = [row.cells[number] for row in rows if row.cells[number].value]
    return bool(figures) and figures[0].kind is CellKind.PERCENT and all(abs(f.value or 0) <= 200 for f in figures)


def scale_of(text: str) -> str:
    """Return the scale that a heading or a caption states; an empty text if none."""
    return next((name for name, pattern in _SCALES if pattern.search(text)), "")


def _header_depth(lines: Sequence[Sequence[str]]) -> int:
    """Return how many lines stand before the first figures; a line with a label alone opens the body."""
    depth = 1
    for number, line in enumerate(lines):
        values = [cell for cell in line[1:] if cell]
        if number and any(_is_figure(cell) for cell in values):
            break
        if values:
            depth = number + 1
    return min(depth, len(lines))


def _years_down(header: Sequence[Sequence[str]], body: Sequence[Sequence[str]]) -> bool:
    """Whether the years stand in the first column and not in the headings."""
    years = sum(_is_year(line[0]) for line in body)
    return years > 1 and not any(_YEAR.search(cell) for line in header for cell in line)


def _turned(header: Sequence[Sequence[str]], body: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Return a grid with its rows made columns."""
    columns = _columns(header, max(len(line) for line in body))
    names = [" ".join(filter(None, (column.group, column.label))) for column in columns]
    heading = [header[-1][0] if header else "", *(line[0] for line in body)]
    return [heading], [[name, *(line[number + 1] for line in body)] for number, name in enumerate(names)]


def _is_figure(cell: str) -> bool:
    return typed_figure(cell)[1] in (CellKind.NUMBER, CellKind.PERCENT) and not _is_year(cell)


def _is_year(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell.strip("* ")))


def _columns(header: Sequence[Sequence[str]], width: int) -> tuple[Column, ...]:
    """Return the columns: each heading line read down, a spanning heading carried over the empty cells after it."""
    spans: list[list[str]] = []
    for line in header[:-1]:
        if _side_by_side(line[1:width]):
            spans.append(list(line[1:width]))
            continue
        carried: list[str] = []
        last = ""
        for cell in line[1:width]:
            last = cell or last
            carried.append(last)
        # A heading centred over its columns also stands for those before it.
        first = next((cell for cell in carried if cell), "")
        spans.append([cell or first for cell in carried])
    own = list(header[-1][1:width]) if header else []
    columns = []
    for number in range(width - 1):
        over = " ".join(dict.fromkeys(line[number] for line in spans if line[number]))
        columns.append(Column(with_long_years(own[number] if number < len(own) else ""), with_long_years(over) or None))
    return tuple(columns)


def _side_by_side(line: Sequence[str]) -> bool:
    """Whether headings of a line stand next to each other, so that none of them spans columns."""
    return any(first and second for first, second in zip(line, line[1:], strict=False))


def with_long_years(text: str) -> str:
    """Return a text with years such as "FY19" written out."""
    return _SHORT_YEAR.sub(lambda match: f"{'19' if int(match[1]) > 60 else '20'}{match[1]}", text)


def _row(line: Sequence[str]) -> Row:
    cells = tuple(Cell(cell, *typed_figure(cell), 0, 0) for cell in line[1:])
    return Row(line[0], cells, bool(_TOTAL.match(line[0])), " ".join(line).strip(), 0, 0)


def typed_figure(text: str) -> tuple[float | None, CellKind]:
    """Return the value of a cell of a statement of account and how it was read.

    ``"(168)"`` is -168, ``"$ 1,452.4"`` 1452.4, ``"3.7%"`` 3.7 per cent, a dash 0, an empty cell nothing.
    """
    bare = text.strip()
    if not bare:
        return None, CellKind.EMPTY
    if bare.strip("$€£% ").lower() in _DASHES:
        return 0.0, CellKind.NUMBER
    percent = "%" in bare
    cleaned = _NOISE.sub("", bare.replace("%", ""))
    negative = cleaned.startswith("(") and cleaned.endswith(")")
    cleaned = cleaned.strip("()")
    if not _NUMBER.fullmatch(cleaned):
        return None, CellKind.TEXT
    sign = -1.0 if negative or cleaned[0] in "-−–" else 1.0
    value = sign * float(re.sub(r"[^\d.]", "", cleaned))
    return value, CellKind.PERCENT if percent else CellKind.NUMBER
