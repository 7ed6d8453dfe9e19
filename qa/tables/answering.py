"""Executes a table query: its result in words, with every cell that it used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.relations import spelled
from qa.answer import Calculation, CellUse, Citation, Span
from qa.tables.query import Operation, Slot, TableQuery
from qa.tables.results import nearest, ranked, result_of, shown
from qa.tables.wording import SHOWN, equation, headline, sentence


@dataclass(frozen=True)
class TableAnswer:
    """A result in words, its citations and its arithmetic.

    Attributes:
        text: The result in words, with markers.
        citations: The rows it rests on.
        calculation: The operation, its cells and its result.
        disputed: Whether it is a printed figure that the table's own cells contradict.
        value: Where in ``text`` the value asked for stands, or ``None``.
    """

    text: str
    citations: tuple[Citation, ...]
    calculation: Calculation
    disputed: bool = False
    value: Span | None = None


def execute(query: TableQuery, report: str, first_marker: int = 1) -> TableAnswer:
    """Return the result of a query over its cells.

    Args:
        query: The query.
        report: The report's id, for the citations.
        first_marker: The number of the first citation.
    """
    used = _used_slots(query)
    cited = _cited(query, used)
    markers = "".join(f" [{number}]" for number in range(first_marker, first_marker + len(cited)))
    notes = _notes(query, used)
    text = " ".join((f"{sentence(query)}{markers}", *notes))
    citations = tuple(_citation(slot, report, number) for number, slot in enumerate(cited, start=first_marker))
    calculation = Calculation(
        str(query.operation), _cells(used), equation(query), result_of(query), tuple(note.strip("()") for note in notes)
    )
    disputed = query.operation is Operation.CELL and any(slot.finding is not None for slot in used)
    return TableAnswer(text, citations, calculation, disputed, _value_in(text, query))


def _value_in(text: str, query: TableQuery) -> Span | None:
    """Return where the value stands, after the words that say what it is about."""
    words = headline(query)
    after = len(query.subject) if text.startswith(f"{query.subject}:") else 0
    start = text.find(words, after) if words else -1
    return Span(start, start + len(words)) if start >= 0 else None


def _used_slots(query: TableQuery) -> tuple[Slot, ...]:
    """Return the cells that carry the result: of all operands, or of those that a ranking or a test leaves."""
    match query.operation:
        case Operation.MAXIMUM | Operation.MINIMUM if len(ranked(query)) <= SHOWN:
            return tuple(slot for operand in ranked(query) for slot in operand.slots)
        case Operation.COUNT | Operation.LIST:
            found = [
                slot
                for position in query.kept()
                for condition in query.conditions
                for operand in (condition.tested[position], *condition.against[position : position + 1])
                for slot in operand.slots
            ]
            if not found:
                found = list(nearest(query).slots)
            return tuple({(id(s.table), s.row.start, s.column): s for s in found}.values())
        case _:
            return tuple(slot for operand in shown(query) for slot in operand.slots)


def _cited(query: TableQuery, used: Sequence[Slot]) -> list[Slot]:
    """Return a cell for each row that is cited: every row once, or one row a table where there are many."""
    rows = {slot.row.start: slot for slot in used}
    if len(rows) <= SHOWN:
        return list(rows.values())
    tables = {id(slot.table): slot for slot in reversed(list(rows.values()))}
    firsts = list(reversed(list(tables.values())))
    if query.operation in (Operation.SUM, Operation.SHARE, Operation.DIFFERENCE, Operation.VALUES):
        totals = [Slot(slot.table, row, slot.column) for slot in firsts for row in slot.table.rows if row.is_total]
        small = [operand.slots for operand in query.operands if len(operand.slots) <= SHOWN]
        own = {slot.row.start: slot for slots in small for slot in slots}
        return [*own.values(), *(slot for slot in totals or firsts if slot.row.start not in own)]
    return firsts


def _notes(query: TableQuery, used: Sequence[Slot]) -> tuple[str, ...]:
    """Return a word on each printed figure that the table's own arithmetic contradicts."""
    notes = []
    for slot in used:
        finding = slot.finding
        if finding is None:
            continue
        place = f"{slot.table.label}, {finding.row}, {finding.column}"
        given = spelled(finding.expected)
        if finding.trusted is not None:
            notes.append(
                f"({place}: {finding.printed or 'nothing'} is printed; {finding.rule} gives {given}, used here.)"
            )
        else:
            notes.append(f"({place}: {finding.printed or 'nothing'} is printed, but {finding.rule} gives {given}.)")
    return tuple(dict.fromkeys(notes))[:SHOWN]


def _cells(slots: Sequence[Slot]) -> tuple[CellUse, ...]:
    return tuple(
        CellUse(slot.table.ref, slot.table.label, slot.row.label, slot.column_label, slot.cell.value, slot.cell.text)
        for slot in slots
    )


def _citation(slot: Slot, report: str, marker: int) -> Citation:
    row = slot.row
    return Citation(marker, slot.table.ref, slot.table.label, report, slot.table.section, row.text, row.start, row.end)
