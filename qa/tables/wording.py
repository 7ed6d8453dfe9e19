"""A table query's result in words: the sentence, its arithmetic and the value that it is about. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.relations import spelled
from qa.tables.query import Operand, Operation, Slot, TableQuery
from qa.tables.results import best_operands, leaders, nearest, over_time, rank_of, ranked, result_of, shown, value

# More cells than this are shown by table.
SHOWN = 10
# A list longer than this is cut in the text; the calculation has it whole.
_LISTED = 40


def equation(query: TableQuery) -> str:
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
            return "; ".join(f"{operand.label}: {_added(operand.slots)}" for operand in shown(query))


def _subtraction(query: TableQuery) -> str:
    first, second = query.operands
    if over_time(query) or first.value < second.value:
        first, second = second, first
    return f"{_term(first)} − {_term(second)} = {spelled(first.value - second.value)}"


def _term(operand: Operand) -> str:
    """Return an operand's value with its cells, short when there are many."""
    if len(operand.slots) == 1:
        return _named(operand.slots[0])
    return f"{spelled(operand.value)} ({operand.label}: {_added(operand.slots)})"


def _added(slots: Sequence[Slot]) -> str:
    if len(slots) > SHOWN:
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


def sentence(query: TableQuery) -> str:
    """Return the sentence that says a query's result."""
    return _SENTENCES.get(query.operation, _sum_sentence)(query)


def _sum_sentence(query: TableQuery) -> str:
    terms, result = equation(query).rsplit(" = ", 1)
    return f"{query.subject}: {result} = {terms}."


def _cell_sentence(query: TableQuery) -> str:
    (slot,) = query.slots
    return f"{_figure(slot)}: {slot.row.label}, {slot.column_label}, in {slot.table.label}."


def _share_sentence(query: TableQuery) -> str:
    return f"{round(value(query), 1):g} per cent: {equation(query)}."


def _change_sentence(query: TableQuery) -> str:
    return f"{query.subject}: {round(value(query), 1):+g} per cent, {equation(query)}."


def _difference_sentence(query: TableQuery) -> str:
    if over_time(query):
        return f"{query.subject}: {_signed(value(query))}. {equation(query)}."
    return _sum_sentence(query)


def _ratio_sentence(query: TableQuery) -> str:
    return f"{round(value(query), 2):g}: {equation(query)}."


def _average_sentence(query: TableQuery) -> str:
    return f"{query.subject}: {value(query):,.1f} on average. {equation(query)}."


def _test_sentence(query: TableQuery) -> str:
    """Say how many or which rows pass."""
    kept = query.kept()
    names = ", ".join(_listed(query))
    if not kept:
        most = nearest(query)
        return f"None (0) with {query.subject}; the most is {spelled(most.value)} ({most.label})."
    if query.operation is Operation.LIST:
        return f"With {query.subject}: {names}."
    return f"{len(kept)} with {query.subject}{f': {names}' if len(kept) <= _LISTED else ''}."


def _extreme_sentence(query: TableQuery) -> str:
    best = best_operands(query)
    high = query.operation is Operation.MAXIMUM
    dated = any(character.isdigit() for character in best[0].label)
    word = (
        ("the highest" if high else "the lowest") if dated else "the most" if high else "the fewest of those with any"
    )
    each = "each, " if len(best) > 1 else ""
    return f"{result_of(query)}: {_amount(best[0])}, {each}{word}: {query.subject}."


def _ranking_sentence(query: TableQuery) -> str:
    word = "Most" if query.operation is Operation.TOP else "Fewest, of those with any,"
    return f"{word} {query.subject}: {', '.join(_valued(leaders(query)))}."


def _rank_sentence(query: TableQuery) -> str:
    place, own, tied = rank_of(query)
    among = sum(bool(operand.value) for operand in query.operands)
    shared = f", tied with {', '.join(o.label for o in tied)}" if tied and len(tied) <= SHOWN else ""
    ahead = _valued(ranked(query)[: place - 1][:SHOWN])
    after = f", after {', '.join(ahead)}{' …' if place - 1 > SHOWN else ''}" if ahead else ""
    return (
        f"{own.label} ranks {_ordinal(place)} of {among} with any ({spelled(own.value)}, {query.subject})"
        f"{shared}{after}."
    )


def _comparison_sentence(query: TableQuery) -> str:
    first, second = sorted(query.operands, key=lambda operand: -operand.value)
    if first.value == second.value:
        return f"{first.label} and {second.label} have equally many ({spelled(first.value)}): {equation(query)}."
    return f"{first.label}: {_amount(first)}, against {_amount(second)} for {second.label} ({query.subject})."


def _values_sentence(query: TableQuery) -> str:
    counts = not over_time(query) and not any("%" in slot.cell.text for slot in query.slots)
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


def headline(query: TableQuery) -> str:
    """Return the words of the sentence that are the value asked for; empty where a list or several values were."""
    words = _HEADLINES.get(query.operation)
    return words(query) if words else ""


def _difference_value(query: TableQuery) -> str:
    return _signed(value(query)) if over_time(query) else spelled(abs(value(query)))


def _count_value(query: TableQuery) -> str:
    return str(len(query.kept())) if query.kept() else "None (0)"


_HEADLINES: dict[Operation, Callable[[TableQuery], str]] = {
    Operation.CELL: lambda query: _figure(query.slots[0]),
    Operation.SUM: lambda query: spelled(value(query)),
    Operation.SHARE: lambda query: f"{round(value(query), 1):g} per cent",
    Operation.PERCENT_CHANGE: lambda query: f"{round(value(query), 1):+g} per cent",
    Operation.DIFFERENCE: _difference_value,
    Operation.RATIO: lambda query: f"{round(value(query), 2):g}",
    Operation.AVERAGE: lambda query: f"{value(query):,.1f}",
    Operation.COUNT: _count_value,
    Operation.RANK: lambda query: _ordinal(rank_of(query)[0]),
    Operation.MAXIMUM: lambda query: str(result_of(query)),
    Operation.MINIMUM: lambda query: str(result_of(query)),
    Operation.COMPARISON: lambda query: str(result_of(query)),
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
