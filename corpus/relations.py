"""Arithmetic relations inside a table, and the cells that break them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Cell, CellKind, Row, Table

# A relation counts as the table's own when it holds in at least this share of the rows that could show it.
_KEPT = 0.8


@dataclass(frozen=True)
class Finding:
    """A printed figure that the table's own arithmetic contradicts.

    Attributes:
        ref: The table's place.
        label: The table's label.
        row_heading: The table's row heading, which tells the tables of one place apart.
        row: The row's label.
        column: The column's label.
        printed: The figure as printed.
        expected: What the other cells give.
        rule: The relation that is broken.
        trusted: The value to use where the printed one is surely wrong, or ``None`` where either may be.
        sentence: The finding in words.
    """

    ref: str
    label: str
    row_heading: str
    row: str
    column: str
    printed: str
    expected: float
    rule: str
    trusted: float | None
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as JSON-ready data."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def table_findings(table: Table) -> tuple[Finding, ...]:
    """Return the findings of one table: sums across, sums down, shares, changes."""
    down = tuple(_row_sums(table))
    mended = {(finding.row, finding.column): finding.trusted for finding in down if finding.trusted is not None}
    return (*_column_sums(table, mended), *down, *_shares(table), *_changes(table))


def spelled(value: float) -> str:
    """Return a number as a person writes it."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _finding(table: Table, row: Row, column: int, expected: float, rule: str, trusted: float | None) -> Finding:
    cell = row.cells[column]
    name = table.columns[column].label
    sentence = (
        f"{table.label}, {row.label}, {name}: printed {cell.text or 'nothing'}, but {rule} gives {spelled(expected)}."
    )
    return Finding(
        table.ref,
        table.label,
        table.row_heading,
        row.label,
        name,
        cell.text,
        expected,
        rule,
        trusted,
        sentence,
    )


def _counts(row: Row) -> bool:
    return all(cell.kind in (CellKind.NUMBER, CellKind.EMPTY) for cell in row.cells)


def _value(cell: Cell) -> float:
    return cell.value or 0.0


def partitions(table: Table) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return every way in which a total column is the sum of a group of columns."""
    rows = [row for row in table.rows if _counts(row) and not row.is_total]
    totals = [number for number, column in enumerate(table.columns) if column.label.casefold() == "total"]
    groups: dict[str | None, list[int]] = {}
    for number, column in enumerate(table.columns):
        if number not in totals:
            groups.setdefault(column.group, []).append(number)
    return tuple(
        (total, tuple(members))
        for total in totals
        for members in groups.values()
        if len(members) > 1 and _holds(rows, total, members)
    )


def _holds(rows: Sequence[Row], total: int, members: Sequence[int]) -> bool:
    shown = [row for row in rows if _value(row.cells[total])]
    kept = sum(_value(row.cells[total]) == sum(_value(row.cells[member]) for member in members) for row in shown)
    return bool(shown) and kept >= _KEPT * len(shown)


def _column_sums(table: Table, mended: Mapping[tuple[str, str], float]) -> Iterable[Finding]:
    """Rows whose parts do not add up to their total column.

    Cells of a total row that the rows above it contradict are taken as those rows give them, so that one
    garbled cell is reported once.
    """
    for total, members in partitions(table):
        group = table.columns[members[0]].group or "the other columns"
        for row in table.rows:
            if not _counts(row):
                continue
            expected = sum(
                mended.get((row.label, table.columns[member].label), _value(row.cells[member])) for member in members
            )
            if expected != _value(row.cells[total]):
                yield _finding(table, row, total, expected, f"the sum over {group}", None)


def _row_sums(table: Table) -> Iterable[Finding]:
    """Total rows that are not the sum of the rows above them.

    A total row whose own cells add up across is right against the rows above it, of which one may be garbled; one
    that does not add up is not. Where the table has no sum across, both may be right.
    """
    across = partitions(table)
    start = 0
    for number, row in enumerate(table.rows):
        if not row.is_total:
            continue
        parts = [part for part in table.rows[start:number] if _counts(part) and not part.is_total]
        if len(parts) > 1 and _counts(row):
            for column in range(len(table.columns)):
                expected = sum(_value(part.cells[column]) for part in parts)
                if expected != _value(row.cells[column]):
                    own = [_adds_up(row, *sums) for sums in across if column == sums[0] or column in sums[1]]
                    trusted = None if all(own) else expected
                    yield _finding(table, row, column, expected, "the sum of the rows above", trusted)
        start = number + 1


def _adds_up(row: Row, total: int, members: Sequence[int]) -> bool:
    return _value(row.cells[total]) == sum(_value(row.cells[member]) for member in members)


def _shares(table: Table) -> Iterable[Finding]:
    """Printed percentages that no row's share in the total row above them rounds to."""
    for number, row in enumerate(table.rows):
        total = next((above for above in reversed(table.rows[:number]) if above.is_total), None)
        if total is None or not any(cell.kind is CellKind.PERCENT for cell in row.cells):
            continue
        part = _share_row(table, row, total)
        if part is None:
            continue
        for column, cell in enumerate(row.cells):
            whole = _value(total.cells[column])
            if cell.kind is not CellKind.PERCENT or not whole:
                continue
            expected = 100 * _value(part.cells[column]) / whole
            if abs(expected - _value(cell)) > _rounding(cell):
                rule = f"{part.label} in {total.label}"
                yield _finding(table, row, column, round(expected, 1), rule, round(expected, 1))


def _rounding(cell: Cell) -> float:
    return 0.5 + 1e-6 if "." not in cell.text else 0.05 + 1e-6


def _share_row(table: Table, percentages: Row, total: Row) -> Row | None:
    """Return the row whose share in the total most of the printed percentages give."""
    best: tuple[int, Row] | None = None
    for row in table.rows:
        if row is total or not _counts(row):
            continue
        shown = [
            (100 * _value(row.cells[column]) / _value(total.cells[column]), cell)
            for column, cell in enumerate(percentages.cells)
            if cell.kind is CellKind.PERCENT and _value(total.cells[column])
        ]
        kept = sum(abs(share - _value(cell)) <= _rounding(cell) for share, cell in shown)
        if shown and kept >= 0.6 * len(shown) and (best is None or kept > best[0]):
            best = (kept, row)
    return best[1] if best else None


def _changes(table: Table) -> Iterable[Finding]:
    """Printed changes that are not the difference of the percentages they speak of."""
    percentages = [row for row in table.rows if any(cell.kind is CellKind.PERCENT for cell in row.cells)]
    for row in table.rows:
        if not any(cell.kind is CellKind.CHANGE for cell in row.cells) or not percentages:
            continue
        yield from (_along(table, row, percentages) if len(percentages) == 1 else _between(table, row, percentages))


def _between(table: Table, row: Row, percentages: Sequence[Row]) -> Iterable[Finding]:
    """Changes from the first to the last of several rows of percentages."""
    first, last = percentages[0], percentages[-1]
    for column, cell in enumerate(row.cells):
        before, after = first.cells[column].value, last.cells[column].value
        if cell.kind is CellKind.CHANGE and before is not None and after is not None and cell.value != after - before:
            rule = f"{last.label} less {first.label}"
            yield _finding(table, row, column, after - before, rule, after - before)


def _along(table: Table, row: Row, percentages: Sequence[Row]) -> Iterable[Finding]:
    """Changes from one column to the next in a row of percentages."""
    shares = percentages[0].cells
    for column in range(1, len(row.cells)):
        cell, before, after = row.cells[column], shares[column - 1].value, shares[column].value
        if cell.kind is CellKind.CHANGE and before is not None and after is not None and cell.value != after - before:
            rule = f"{table.columns[column].label} less {table.columns[column - 1].label}"
            yield _finding(table, row, column, after - before, rule, after - before)
