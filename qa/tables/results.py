"""What a table query gives: numbers, orders and the operands that a result is about. Pure."""

from __future__ import annotations

from corpus.relations import spelled
from qa.tables.query import Operand, Operation, TableQuery

Result = float | str | tuple[str, ...]


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
            return values[1] - values[0] if over_time(query) else values[0] - values[1]
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
            return float(rank_of(query)[0])
        case _:
            return sum(values)


def ranked(query: TableQuery) -> tuple[Operand, ...]:
    """Return the operands of a ranking in its order, those without a value left out."""
    ascending = query.operation in (Operation.BOTTOM, Operation.MINIMUM)
    shown = [operand for operand in query.operands if operand.value]
    return tuple(sorted(shown, key=lambda operand: (operand.value if ascending else -operand.value, operand.label)))


def over_time(query: TableQuery) -> bool:
    """Return whether the operands are one quantity in two years."""
    labels = [operand.label for operand in query.operands]
    return len(labels) == 2 and all(any(part.isdigit() and len(part) == 4 for part in x.split()) for x in labels)


def best_operands(query: TableQuery) -> tuple[Operand, ...]:
    """Return the operands that share the highest or the lowest value."""
    order = ranked(query)
    return tuple(operand for operand in order if operand.value == order[0].value)


def leaders(query: TableQuery) -> tuple[Operand, ...]:
    """Return the first ``k`` of a ranking, with those that tie with the last of them."""
    order = ranked(query)
    last = order[: query.k][-1].value if order else 0.0
    return tuple(operand for position, operand in enumerate(order) if position < query.k or operand.value == last)


def nearest(query: TableQuery) -> Operand:
    """Return the operand with the highest tested value: what shows that none passes."""
    return max(query.conditions[0].tested, key=lambda operand: operand.value)


def rank_of(query: TableQuery) -> tuple[int, Operand, tuple[Operand, ...]]:
    """Return the place of the operand asked for, the operand, and those it shares the place with."""
    own = next(operand for operand in query.operands if operand.label == query.of)
    place = 1 + sum(operand.value > own.value for operand in query.operands)
    tied = tuple(o for o in query.operands if o.value == own.value and o.label != own.label)
    return place, own, tied


def result_of(query: TableQuery) -> Result:
    """Return the result as a person names it: a number rounded, a label, or a list of them."""
    match query.operation:
        case Operation.VALUES:
            return tuple(f"{operand.label}: {spelled(operand.value)}" for operand in query.operands)
        case Operation.LIST:
            return tuple(query.operands[position].label for position in query.kept())
        case Operation.TOP | Operation.BOTTOM:
            return tuple(operand.label for operand in leaders(query))
        case Operation.MAXIMUM | Operation.MINIMUM:
            return " and ".join(operand.label for operand in best_operands(query))
        case Operation.COMPARISON:
            first, second = query.operands
            return "equal" if first.value == second.value else max(query.operands, key=lambda o: o.value).label
        case Operation.DIFFERENCE if not over_time(query):
            return abs(value(query))
        case Operation.SHARE | Operation.PERCENT_CHANGE | Operation.AVERAGE:
            return round(value(query), 1)
        case Operation.RATIO:
            return round(value(query), 2)
        case _:
            return value(query)


def shown(query: TableQuery) -> tuple[Operand, ...]:
    """Return the operands that a result is about."""
    match query.operation:
        case Operation.TOP | Operation.BOTTOM:
            return leaders(query)
        case Operation.MAXIMUM | Operation.MINIMUM:
            return best_operands(query)
        case Operation.RANK:
            return (rank_of(query)[1],)
        case _:
            return query.operands
