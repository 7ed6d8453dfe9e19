"""A table answer as a chart: bars for a ranking, columns for a row of years.

A chart is an HTML table whose cells hold a bar beside their number, so that a screen reader reads it as
the table it is. Bars start at zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Row, Table
from corpus.relations import spelled
from qa.answer import Calculation, CellUse
from ui.markup import escape, shown
from ui.tables import row_of

MOST_BARS = 20
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANKINGS = frozenset({"top", "bottom", "maximum", "minimum", "comparison", "values"})


@dataclass(frozen=True)
class Series:
    """Numbers to be drawn.

    Attributes:
        title: What they are.
        labels: Their names, in order.
        values: The numbers, none below zero.
        used: Positions of those that the answer is about.
        over_time: Whether the labels are years.
    """

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    used: frozenset[int]
    over_time: bool = False


def chart(calculation: Calculation, document: Document) -> str:
    """Return the chart of a table answer; empty where it is neither a ranking nor a row of years."""
    series = years(calculation, document) or ranking(calculation)
    if series is None or len(series.values) < 2 or min(series.values) < 0 or max(series.values) <= 0:
        return ""
    return _columns(series) if series.over_time else _bars(series)


def years(calculation: Calculation, document: Document) -> Series | None:
    """Return the whole row of years that the used cells stand in, or ``None`` if they stand in no such row."""
    cells = calculation.cells
    rows = {(cell.ref, cell.row) for cell in cells}
    if calculation.notes or len(rows) != 1 or len(cells) < 2 or not all(_YEAR.fullmatch(c.column) for c in cells):
        # A figure that the report's own arithmetic contradicts is not drawn as if it were sound.
        return None
    found = row_of(document, cells[0])
    if found is None:
        return None
    return _whole_row(*found, used={cell.column for cell in cells})


def _whole_row(table: Table, row: Row, used: set[str]) -> Series | None:
    dated = [
        (column.label, cell.value or 0.0)
        for column, cell in zip(table.columns, row.cells, strict=False)
        if _YEAR.fullmatch(column.label)
    ]
    labels = tuple(label for label, _ in dated)
    # Columns that leave years out would draw a gap as if it were one year.
    first = next((n for n in range(len(labels)) if _consecutive(labels[n:])), len(labels))
    if not used <= set(labels[first:]):
        return None
    labels, values = labels[first:], tuple(value for _, value in dated[first:])
    marked = frozenset(position for position, label in enumerate(labels) if label in used)
    return Series(f"{row.label}: {table.title}", labels, values, marked, over_time=True)


def _consecutive(labels: Sequence[str]) -> bool:
    numbers = [int(label) for label in labels]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def ranking(calculation: Calculation) -> Series | None:
    """Return the ranked or compared numbers in the order of the answer, or ``None`` where it ranks nothing."""
    if calculation.operation not in _RANKINGS or calculation.notes:
        return None
    by_row = len({cell.row for cell in calculation.cells}) > 1
    totals: dict[str, float] = {}
    for cell in calculation.cells:
        name = cell.row if by_row else cell.column
        totals[name] = totals.get(name, 0.0) + (cell.value or 0.0)
    if not 2 <= len(totals) <= MOST_BARS or not _agrees(calculation, totals):
        return None
    best = _names(calculation)
    marked = frozenset(position for position, label in enumerate(totals) if label in best)
    return Series(_title(calculation.cells), tuple(totals), tuple(totals.values()), marked)


def _agrees(calculation: Calculation, totals: dict[str, float]) -> bool:
    """Whether the sums of the cells say what the answer's result says, so that the chart can stand beside it."""
    result = calculation.result
    if calculation.operation in ("top", "bottom"):
        return result == tuple(totals)
    if calculation.operation == "values":
        return result == tuple(f"{label}: {spelled(value)}" for label, value in totals.items())
    best = min(totals.values()) if calculation.operation == "minimum" else max(totals.values())
    return result == "equal" or _names(calculation) == {label for label, value in totals.items() if value == best}


def _names(calculation: Calculation) -> set[str]:
    """Return the labels that the result is about."""
    result = calculation.result
    if isinstance(result, tuple):
        return {name.rsplit(": ", 1)[0] for name in result} if calculation.operation == "values" else set(result)
    return set(str(result).split(" and "))


def _title(cells: tuple[CellUse, ...]) -> str:
    """Return where the numbers come from: the column, where there is one, and the tables."""
    columns = list(dict.fromkeys(cell.column for cell in cells))
    tables = " and ".join(dict.fromkeys(cell.label for cell in cells))
    return f"{columns[0]}, {tables}" if len(columns) == 1 else tables


def _bars(series: Series) -> str:
    longest = max(series.values)
    rows = "".join(
        f'<tr{_kind(series, n)}><th scope="row">{escape(label)}</th><td>{_bar(value / longest, "width")}'
        f"<span>{escape(spelled(value))}</span></td></tr>"
        for n, (label, value) in enumerate(zip(series.labels, series.values, strict=True))
    )
    return f'<table class="chart bars"><caption>{shown(series.title)}</caption><tbody>{rows}</tbody></table>'


def _columns(series: Series) -> str:
    highest = max(series.values)
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in series.labels)
    cells = "".join(
        f"<td{_kind(series, n)}><span>{escape(spelled(value))}</span>{_bar(value / highest, 'height')}</td>"
        for n, value in enumerate(series.values)
    )
    return (
        f'<table class="chart columns"><caption>{shown(series.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    )


def _kind(series: Series, position: int) -> str:
    return ' class="used"' if position in series.used else ""


def _bar(share: float, side: str) -> str:
    return f'<i class="bar" style="--share: {share:.4f}" data-side="{side}"></i>'
