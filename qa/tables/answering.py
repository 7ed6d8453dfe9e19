"""Executes a table query and says the result, with every cell that it used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.relations import spelled
from qa.answer import Calculation, CellUse, Citation
from qa.tables.query import Operation, Slot, TableQuery

# With more cells than this, a sum is shown by table and its printed total row is cited.
_SHOWN = 8


@dataclass(frozen=True)
class TableAnswer:
    """A result in words, its citations and its arithmetic."""

    text: str
    citations: tuple[Citation, ...]
    calculation: Calculation


def execute(query: TableQuery, report: str, first_marker: int = 1) -> TableAnswer:
    """Return the result of a query over its cells.

    Args:
        query: The query.
        report: The report's id, for the citations.
        first_marker: The number of the first citation.
    """
    result = _result(query)
    expression = _expression(query)
    cited = _cited(query)
    markers = "".join(f" [{number}]" for number in range(first_marker, first_marker + len(cited)))
    notes = _notes(query)
    text = " ".join((f"{_sentence(query, result, expression)}{markers}", *notes))
    citations = tuple(_citation(slot, report, number) for number, slot in enumerate(cited, start=first_marker))
    return TableAnswer(
        text,
        citations,
        Calculation(str(query.operation), _used(query.slots), _equation(query, expression, result), result, notes),
    )


def _values(query: TableQuery) -> list[float]:
    return [slot.cell.value or 0.0 for slot in query.slots]


def _result(query: TableQuery) -> float | str | tuple[str, ...]:
    values = _values(query)
    if query.operation is Operation.DIFFERENCE:
        return abs(values[0] - values[1])
    if query.operation is Operation.SHARE:
        half = len(values) // 2
        whole = sum(values[half:])
        return round(100 * sum(values[:half]) / whole, 1) if whole else 0.0
    if query.operation is Operation.PERCENT_CHANGE:
        return round(100 * (values[1] - values[0]) / values[0], 1)
    if query.operation is Operation.COUNT_ROWS:
        return float(len(query.slots))
    if query.operation is Operation.LIST_ROWS:
        return tuple(slot.row.label for slot in query.slots)
    if query.operation is Operation.MAXIMUM:
        return query.slots[0].row.label
    return sum(values)


def _expression(query: TableQuery) -> str:
    values = _values(query)
    if query.operation is Operation.DIFFERENCE:
        high, low = sorted(query.slots, key=lambda slot: -(slot.cell.value or 0.0))
        return f"{_named(high)} − {_named(low)}"
    if query.operation is Operation.SHARE:
        half = len(values) // 2
        return f"{spelled(sum(values[:half]))} of {spelled(sum(values[half:]))}"
    if query.operation is Operation.PERCENT_CHANGE:
        return f"from {_named(query.slots[0])} to {_named(query.slots[1])}"
    if query.operation in (Operation.COUNT_ROWS, Operation.LIST_ROWS):
        return ", ".join(slot.row.label for slot in query.slots)
    if len(query.slots) > _SHOWN:
        return " + ".join(f"{spelled(total)} ({name})" for name, total in _by_table(query).items())
    return " + ".join(_named(slot) for slot in query.slots)


def _equation(query: TableQuery, expression: str, result: float | str | tuple[str, ...]) -> str:
    """Return the arithmetic with its result, where it is a sum or a difference of shown cells."""
    if query.operation in (Operation.SUM, Operation.DIFFERENCE) and isinstance(result, float):
        return f"{expression} = {spelled(result)}"
    return expression


def _by_table(query: TableQuery) -> dict[str, float]:
    totals: dict[str, float] = {}
    for slot in query.slots:
        name = f"{slot.table.label}, {slot.table.row_heading.split(':')[-1].strip()}"
        totals[name] = totals.get(name, 0.0) + (slot.cell.value or 0.0)
    return totals


def _named(slot: Slot) -> str:
    return f"{spelled(slot.cell.value or 0.0)} ({slot.table.label}, {slot.row.label}, {slot.column_label})"


def _sentence(query: TableQuery, result: float | str | tuple[str, ...], expression: str) -> str:
    place = " and ".join(dict.fromkeys(slot.table.label for slot in query.slots))
    if query.operation is Operation.CELL:
        (slot,) = query.slots
        return f"{slot.cell.text or 0}: {slot.row.label}, {slot.column_label}, in {place}."
    if query.operation is Operation.SHARE and isinstance(result, float):
        return f"{result:g} per cent: {expression}, {query.subject}, in {place}."
    if query.operation is Operation.PERCENT_CHANGE and isinstance(result, float):
        return f"{query.subject}: {result:+g} per cent, {expression}."
    if query.operation is Operation.COUNT_ROWS and isinstance(result, float):
        return f"{spelled(result)} with {query.subject} in {place}: {expression}."
    if query.operation is Operation.LIST_ROWS:
        return f"With {query.subject} in {place}: {expression}."
    if query.operation is Operation.MAXIMUM:
        return f"{query.subject}: {spelled(query.slots[0].cell.value or 0.0)}, the most in {place}."
    number = spelled(result) if isinstance(result, float) else str(result)
    return f"{query.subject}: {number} = {expression}."


def _cited(query: TableQuery) -> list[Slot]:
    """Return the cells whose rows are cited: each row once, or the printed total rows of a long sum."""
    slots: Sequence[Slot] = query.slots
    if len(slots) > _SHOWN and query.operation is Operation.SUM:
        tables = {id(slot.table): slot for slot in slots}
        totals = [
            Slot(slot.table, row, slot.column) for slot in tables.values() for row in slot.table.rows if row.is_total
        ]
        slots = totals or list(tables.values())
    elif len(slots) > _SHOWN:
        slots = list({id(slot.table): slot for slot in reversed(slots)}.values())
    return list({slot.row.start: slot for slot in slots}.values())


def _notes(query: TableQuery) -> tuple[str, ...]:
    """Return a word on each printed total that the rows do not bear out."""
    if query.operation is not Operation.SUM or len(query.slots) <= _SHOWN:
        return ()
    notes = []
    for slot in _cited(query):
        own = sum(found.cell.value or 0.0 for found in query.slots if found.table is slot.table)
        if slot.row.is_total and slot.cell.value != own:
            notes.append(f"(The total printed in {slot.table.label} does not agree with its rows and is not used.)")
    return tuple(dict.fromkeys(notes))


def _used(slots: Sequence[Slot]) -> tuple[CellUse, ...]:
    return tuple(
        CellUse(slot.table.ref, slot.table.label, slot.row.label, slot.column_label, slot.cell.value, slot.cell.text)
        for slot in slots
    )


def _citation(slot: Slot, report: str, marker: int) -> Citation:
    row = slot.row
    return Citation(marker, slot.table.ref, slot.table.label, report, slot.table.section, row.text, row.start, row.end)
