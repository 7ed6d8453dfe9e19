"""Executes a table query and says the result, with every cell that it used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.relations import spelled
from qa.answer import Calculation, CellUse, Citation
from qa.tables.query import Operand, Operation, Slot, TableQuery

# More cells than this are shown by table, and more rows than this are not cited one by one.
_SHOWN = 10
# A list longer than this is cut in the text; the calculation has it whole.
_LISTED = 40

Result = float | str | tuple[str, ...]


@dataclass(frozen=True)
class TableAnswer:
    """A result in words, its citations and its arithmetic.

    Attributes:
        text: The result in words, with markers.
        citations: The rows it rests on.
        calculation: The operation, its cells and its result.
        disputed: Whether it is a printed figure that the table's own cells contradict.
    """

    text: str
    citations: tuple[Citation, ...]
    calculation: Calculation
    disputed: bool = False


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
    text = " ".join((f"{_sentence(query)}{markers}", *notes))
    citations = tuple(_citation(slot, report, number) for number, slot in enumerate(cited, start=first_marker))
    calculation = Calculation(
        str(query.operation), _cells(used), _equation(query), _result(query), tuple(note.strip("()") for note in notes)
    )
    disputed = query.operation is Operation.CELL and any(slot.finding is not None for slot in used)
    return TableAnswer(text, citations, calculation, disputed)


def value(query: TableQuery) -> float:
    """Return the number that a query gives, unrounded and with its sign.

    A difference over years is the later less the earlier, any other the first less the second; shares and changes
    are in per cent; a maximum is its value, a count the number of rows.

    Raises:
        ZeroDivisionError: If a share, a ratio or a change has nothing to refer to.
    """
    values = [operand.value for operand in query.operands]
    match query.operation:
        case Operation.DIFFERENCE:
            return values[1] - values[0] if _over_time(query) else values[0] - values[1]
        case Operation.SHARE:
            return 100 * values[0] / values[1]
        case Operation.RATIO:
            return values[0] / values[1]
        case Operation.PERCENT_CHANGE:
            return 100 * (values[1] - values[0]) / values[0]
        case Operation.AVERAGE:
            return sum(values) / len(values)
        case Operation.MAXIMUM | Operation.COMPARISON:
            return max(values)
        case Operation.MINIMUM:
            return min(values)
        case Operation.COUNT | Operation.LIST:
            return float(len(query.kept()))
        case Operation.RANK:
            return float(_rank(query)[0])
        case _:
            return sum(values)


def ranked(query: TableQuery) -> tuple[Operand, ...]:
    """Return the operands of a ranking in its order, those without a value left out."""
    ascending = query.operation in (Operation.BOTTOM, Operation.MINIMUM)
    shown = [operand for operand in query.operands if operand.value]
    return tuple(sorted(shown, key=lambda operand: (operand.value if ascending else -operand.value, operand.label)))


def _over_time(query: TableQuery) -> bool:
    labels = [operand.label for operand in query.operands]
    return len(labels) == 2 and all(any(part.isdigit() and len(part) == 4 for part in x.split()) for x in labels)


def _best(query: TableQuery) -> tuple[Operand, ...]:
    """Return the operands that share the highest or the lowest value."""
    order = ranked(query)
    return tuple(operand for operand in order if operand.value == order[0].value)


def _leaders(query: TableQuery) -> tuple[Operand, ...]:
    """Return the first ``k`` of a ranking, with those that tie with the last of them."""
    order = ranked(query)
    last = order[: query.k][-1].value if order else 0.0
    return tuple(operand for position, operand in enumerate(order) if position < query.k or operand.value == last)


def _nearest(query: TableQuery) -> Operand:
    """Return the operand with the highest tested value: what shows that none passes."""
    return max(query.conditions[0].tested, key=lambda operand: operand.value)


def _rank(query: TableQuery) -> tuple[int, Operand, tuple[Operand, ...]]:
    """Return the place of the operand asked for, the operand, and those it shares the place with."""
    own = next(operand for operand in query.operands if operand.label == query.of)
    place = 1 + sum(operand.value > own.value for operand in query.operands)
    tied = tuple(o for o in query.operands if o.value == own.value and o.label != own.label)
    return place, own, tied


def _result(query: TableQuery) -> Result:
    match query.operation:
        case Operation.VALUES:
            return tuple(f"{operand.label}: {spelled(operand.value)}" for operand in query.operands)
        case Operation.LIST:
            return tuple(query.operands[position].label for position in query.kept())
        case Operation.TOP | Operation.BOTTOM:
            return tuple(operand.label for operand in _leaders(query))
        case Operation.MAXIMUM | Operation.MINIMUM:
            return " and ".join(operand.label for operand in _best(query))
        case Operation.COMPARISON:
            first, second = query.operands
            return "equal" if first.value == second.value else max(query.operands, key=lambda o: o.value).label
        case Operation.DIFFERENCE if not _over_time(query):
            return abs(value(query))
        case Operation.SHARE | Operation.PERCENT_CHANGE | Operation.AVERAGE:
            return round(value(query), 1)
        case Operation.RATIO:
            return round(value(query), 2)
        case _:
            return value(query)


def _equation(query: TableQuery) -> str:
    """Return the arithmetic as a person reads it."""
    operands = query.operands
    match query.operation:
        case Operation.CELL:
            return _named(query.slots[0])
        case Operation.SUM:
            return f"{_added(query.slots)} = {spelled(value(query))}"
        case Operation.DIFFERENCE:
            return _subtraction(query)
        case Operation.SHARE:
            return f"{_term(operands[0])} of {_term(operands[1])}"
        case Operation.RATIO:
            return f"{_term(operands[0])} / {_term(operands[1])}"
        case Operation.PERCENT_CHANGE:
            return f"from {_term(operands[0])} to {_term(operands[1])}"
        case Operation.AVERAGE:
            terms = " + ".join(f"{spelled(operand.value)} ({operand.label})" for operand in operands)
            return f"({terms}) / {len(operands)} = {value(query):,.1f}"
        case Operation.COUNT | Operation.LIST:
            return ", ".join(_listed(query))
        case _:
            return "; ".join(f"{operand.label}: {_added(operand.slots)}" for operand in _shown(query))


def _subtraction(query: TableQuery) -> str:
    first, second = query.operands
    if _over_time(query) or first.value < second.value:
        first, second = second, first
    return f"{_term(first)} − {_term(second)} = {spelled(first.value - second.value)}"


def _shown(query: TableQuery) -> tuple[Operand, ...]:
    """Return the operands that a result is about."""
    match query.operation:
        case Operation.TOP | Operation.BOTTOM:
            return _leaders(query)
        case Operation.MAXIMUM | Operation.MINIMUM:
            return _best(query)
        case Operation.RANK:
            return (_rank(query)[1],)
        case _:
            return query.operands


def _term(operand: Operand) -> str:
    """Return an operand's value with its cells, short when there are many."""
    if len(operand.slots) == 1:
        return _named(operand.slots[0])
    return f"{spelled(operand.value)} ({operand.label}: {_added(operand.slots)})"


def _added(slots: Sequence[Slot]) -> str:
    if len(slots) > _SHOWN:
        return " + ".join(f"{spelled(total)} ({name})" for name, total in _by_table(slots).items())
    return " + ".join(_named(slot) for slot in slots) or "0"


def _by_table(slots: Sequence[Slot]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for slot in slots:
        name = f"{slot.table.label}, {_rows(slot)}"
        totals[name] = totals.get(name, 0.0) + slot.value
    return totals


def _named(slot: Slot) -> str:
    row = (
        f"{slot.row.label} of {_rows(slot)}" if slot.row.is_total and ":" in slot.table.row_heading else slot.row.label
    )
    return f"{_figure(slot)} ({slot.table.label}, {row}, {slot.column_label})"


def _rows(slot: Slot) -> str:
    """Return what the rows of a table are, by the end of its row heading: what tells the tables of one place apart."""
    return slot.table.row_heading.split(":")[-1].strip()


def _figure(slot: Slot) -> str:
    """Return a cell's figure as printed, unless another is used instead."""
    if slot.finding is not None and slot.finding.trusted is not None:
        return spelled(slot.value)
    return slot.cell.text or "0"


def _sentence(query: TableQuery) -> str:
    return _SENTENCES.get(query.operation, _sum_sentence)(query)


def _sum_sentence(query: TableQuery) -> str:
    terms, result = _equation(query).rsplit(" = ", 1)
    return f"{query.subject}: {result} = {terms}."


def _cell_sentence(query: TableQuery) -> str:
    (slot,) = query.slots
    return f"{_figure(slot)}: {slot.row.label}, {slot.column_label}, in {slot.table.label}."


def _share_sentence(query: TableQuery) -> str:
    return f"{round(value(query), 1):g} per cent: {_equation(query)}."


def _change_sentence(query: TableQuery) -> str:
    return f"{query.subject}: {round(value(query), 1):+g} per cent, {_equation(query)}."


def _difference_sentence(query: TableQuery) -> str:
    if _over_time(query):
        return f"{query.subject}: {_signed(value(query))}. {_equation(query)}."
    return _sum_sentence(query)


def _ratio_sentence(query: TableQuery) -> str:
    return f"{round(value(query), 2):g}: {_equation(query)}."


def _average_sentence(query: TableQuery) -> str:
    return f"{query.subject}: {value(query):,.1f} on average. {_equation(query)}."


def _test_sentence(query: TableQuery) -> str:
    """Say how many or which rows pass."""
    kept = query.kept()
    names = ", ".join(_listed(query))
    if not kept:
        nearest = _nearest(query)
        return f"None (0) with {query.subject}; the most is {spelled(nearest.value)} ({nearest.label})."
    if query.operation is Operation.LIST:
        return f"With {query.subject}: {names}."
    return f"{len(kept)} with {query.subject}{f': {names}' if len(kept) <= _LISTED else ''}."


def _extreme_sentence(query: TableQuery) -> str:
    best = _best(query)
    high = query.operation is Operation.MAXIMUM
    dated = any(character.isdigit() for character in best[0].label)
    word = (
        ("the highest" if high else "the lowest") if dated else "the most" if high else "the fewest of those with any"
    )
    each = "each, " if len(best) > 1 else ""
    return f"{_result(query)}: {_amount(best[0])}, {each}{word}: {query.subject}."


def _ranking_sentence(query: TableQuery) -> str:
    word = "Most" if query.operation is Operation.TOP else "Fewest, of those with any,"
    return f"{word} {query.subject}: {', '.join(_valued(_leaders(query)))}."


def _rank_sentence(query: TableQuery) -> str:
    place, own, tied = _rank(query)
    among = sum(bool(operand.value) for operand in query.operands)
    shared = f", tied with {', '.join(o.label for o in tied)}" if tied and len(tied) <= _SHOWN else ""
    ahead = _valued(ranked(query)[: place - 1][:_SHOWN])
    after = f", after {', '.join(ahead)}{' …' if place - 1 > _SHOWN else ''}" if ahead else ""
    return (
        f"{own.label} ranks {_ordinal(place)} of {among} with any ({spelled(own.value)}, {query.subject})"
        f"{shared}{after}."
    )


def _comparison_sentence(query: TableQuery) -> str:
    first, second = sorted(query.operands, key=lambda operand: -operand.value)
    if first.value == second.value:
        return f"{first.label} and {second.label} have equally many ({spelled(first.value)}): {_equation(query)}."
    return f"{first.label}: {_amount(first)}, against {_amount(second)} for {second.label} ({query.subject})."


def _values_sentence(query: TableQuery) -> str:
    counts = not _over_time(query) and not any("%" in slot.cell.text for slot in query.slots)
    together = f"; together {spelled(value(query))}" if counts else ""
    values = "; ".join(f"{operand.label}: {_amount(operand)}" for operand in query.operands)
    return f"{values}{together} ({query.subject})."


_SENTENCES = {
    Operation.CELL: _cell_sentence,
    Operation.SHARE: _share_sentence,
    Operation.PERCENT_CHANGE: _change_sentence,
    Operation.DIFFERENCE: _difference_sentence,
    Operation.RATIO: _ratio_sentence,
    Operation.AVERAGE: _average_sentence,
    Operation.COUNT: _test_sentence,
    Operation.LIST: _test_sentence,
    Operation.MAXIMUM: _extreme_sentence,
    Operation.MINIMUM: _extreme_sentence,
    Operation.TOP: _ranking_sentence,
    Operation.BOTTOM: _ranking_sentence,
    Operation.RANK: _rank_sentence,
    Operation.COMPARISON: _comparison_sentence,
    Operation.VALUES: _values_sentence,
}


def _valued(operands: Sequence[Operand]) -> list[str]:
    return [f"{operand.label} ({spelled(operand.value)})" for operand in operands]


def _amount(operand: Operand) -> str:
    return _figure(operand.slots[0]) if len(operand.slots) == 1 else spelled(operand.value)


def _signed(number: float) -> str:
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{spelled(abs(number))}"


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _listed(query: TableQuery) -> list[str]:
    """Return the operands that pass, with their values where these tell them apart, cut at a readable length."""
    kept = [query.operands[position] for position in query.kept()]
    values = len({operand.value for operand in kept}) > 1
    names = [f"{operand.label} ({spelled(operand.value)})" if values else operand.label for operand in kept]
    return names if len(names) <= _LISTED else [*names[:_LISTED], f"and {len(names) - _LISTED} more"]


# What is cited and shown.


def _used_slots(query: TableQuery) -> tuple[Slot, ...]:
    """Return the cells that carry the result: of all operands, or of those that a ranking or a test leaves."""
    match query.operation:
        case Operation.MAXIMUM | Operation.MINIMUM if len(ranked(query)) <= _SHOWN:
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
                found = list(_nearest(query).slots)
            return tuple({(id(s.table), s.row.start, s.column): s for s in found}.values())
        case _:
            return tuple(slot for operand in _shown(query) for slot in operand.slots)


def _cited(query: TableQuery, used: Sequence[Slot]) -> list[Slot]:
    """Return a cell for each row that is cited: every row once, or one row a table where there are many."""
    rows = {slot.row.start: slot for slot in used}
    if len(rows) <= _SHOWN:
        return list(rows.values())
    tables = {id(slot.table): slot for slot in reversed(list(rows.values()))}
    firsts = list(reversed(list(tables.values())))
    if query.operation in (Operation.SUM, Operation.SHARE, Operation.DIFFERENCE, Operation.VALUES):
        totals = [Slot(slot.table, row, slot.column) for slot in firsts for row in slot.table.rows if row.is_total]
        small = [operand.slots for operand in query.operands if len(operand.slots) <= _SHOWN]
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
    return tuple(dict.fromkeys(notes))[:_SHOWN]


def _cells(slots: Sequence[Slot]) -> tuple[CellUse, ...]:
    return tuple(
        CellUse(slot.table.ref, slot.table.label, slot.row.label, slot.column_label, slot.cell.value, slot.cell.text)
        for slot in slots
    )


def _citation(slot: Slot, report: str, marker: int) -> Citation:
    row = slot.row
    return Citation(marker, slot.table.ref, slot.table.label, report, slot.table.section, row.text, row.start, row.end)
