"""Places where a report gives one quantity two values, or one figure two names.

Three signs are looked for, each of which knows no report: nearly equal figures that are given to the last digit and
speak of the same things; figures of the same things in two accounts of one subject; and one such figure that two
places call by different names. Words count by how rare they are among the words around figures.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from corpus.document import Document
from corpus.relations import Finding
from corpus.statements import FigureKind, Statement, statements

# Figures this near each other, given to the last digit, are one figure written differently.
_NEAR = 0.02
_EXACT_DIGITS = 4
# Summed rarity of the words that two statements share; a word that stands in one statement only has rarity 1.
_SHARED_NEAR = 1.15
_SHARED_SAME = 2.3
_SHARED_UNIT = 0.65


class ConflictKind(StrEnum):
    """How two statements disagree."""

    VALUES = "values"
    NAMES = "names"


@dataclass(frozen=True)
class Conflict:
    """Two statements that cannot both be meant.

    Attributes:
        kind: Two values for one quantity, or two names for one figure.
        first: The statement that stands first.
        second: The other.
        shared: Stems of the words that both have around the figure.
    """

    kind: ConflictKind
    first: Statement
    second: Statement
    shared: frozenset[str]

    def to_dict(self) -> dict[str, Any]:
        """Return the conflict as JSON-ready data."""
        return {
            "kind": str(self.kind),
            "places": [
                {"ref": found.ref, "label": found.label, "figure": found.figure, "text": found.text}
                for found in (self.first, self.second)
            ],
        }


def find_conflicts(document: Document) -> tuple[Conflict, ...]:
    """Return the conflicts of a report, in reading order of their first places."""
    return conflicts_between(statements(document))


def conflicts_between(found: Sequence[Statement]) -> tuple[Conflict, ...]:
    """Return the conflicts between statements of one report, in reading order of their first places."""
    weights = _weights(found)
    firm = [statement for statement in found if not statement.rough]
    pairs = [*_nearly_equal(firm, weights), *_same_quantity(firm, weights), *_two_names(found)]
    values = _values_by_place(found)
    unique: dict[tuple[int, str, int, str], Conflict] = {}
    for conflict in pairs:
        if conflict.kind is ConflictKind.VALUES and _agree(conflict, values):
            continue
        key = (conflict.first.start, conflict.first.figure, conflict.second.start, conflict.second.figure)
        unique.setdefault(key, conflict)
    return tuple(sorted(unique.values(), key=lambda item: (item.first.start, item.second.start)))


def _weights(found: Sequence[Statement]) -> dict[str, float]:
    """Return how rare each stem is: its inverse frequency's logarithm, from 0 (in all statements) to 1 (in one)."""
    frequency = Counter(stem for statement in found for stem in statement.about)
    most = math.log(max(len(found), 2))
    return {stem: math.log(len(found) / seen) / most for stem, seen in frequency.items()}


def _values_by_place(found: Sequence[Statement]) -> dict[tuple[str, int], set[float]]:
    """Return the values that stand in each sentence, and in each table as a whole."""
    values: dict[tuple[str, int], set[float]] = defaultdict(set)
    for statement in found:
        values[_place(statement)].add(statement.value)
    return values


def _place(statement: Statement) -> tuple[str, int]:
    return (statement.ref, -1 if statement.from_table else statement.start)


def _agree(conflict: Conflict, values: dict[tuple[str, int], set[float]]) -> bool:
    """Whether one of two places also gives the other's figure, and so tells the two quantities apart itself."""
    first, second = conflict.first, conflict.second
    return second.value in values[_place(first)] or first.value in values[_place(second)]


def _comparable(first: Statement, second: Statement) -> bool:
    """Whether two statements stand in two places and speak of one kind of figure and one period."""
    years = first.years & second.years or not (first.years and second.years)
    return first.ref != second.ref and first.text != second.text and first.kind is second.kind and bool(years)


def _ordered(kind: ConflictKind, first: Statement, second: Statement, shared: frozenset[str]) -> Conflict:
    if second.start < first.start:
        first, second = second, first
    return Conflict(kind, first, second, shared)


def _nearly_equal(found: Sequence[Statement], weights: dict[str, float]) -> Iterator[Conflict]:
    exact = sorted((s for s in found if s.precision >= _EXACT_DIGITS), key=lambda statement: statement.value)
    for position, first in enumerate(exact):
        for second in exact[position + 1 :]:
            if second.value > first.value * (1 + _NEAR):
                break
            if second.value == first.value or not _comparable(first, second):
                continue
            shared = first.about & second.about
            if len(shared) > 1 and sum(weights[stem] for stem in shared) >= _SHARED_NEAR:
                yield _ordered(ConflictKind.VALUES, first, second, shared)


def _same_quantity(found: Sequence[Statement], weights: dict[str, float]) -> Iterator[Conflict]:
    """Yield pairs of figures of the same things in two sentences that give an account of the same subject."""
    by_sentence: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for statement in found:
        if not statement.from_table:
            by_sentence[statement.ref, statement.start].append(statement)
    for one, other in combinations(by_sentence.values(), 2):
        if not any(_comparable(first, second) for first in one[:1] for second in other[:1]):
            continue
        pairs = [
            (sum(weights[stem] for stem in first.about & second.about), first, second)
            for first in one
            for second in other
            if first.kind is second.kind and first.unit & second.unit
        ]
        if not pairs or max(pairs, key=lambda pair: pair[0])[0] < _SHARED_SAME:
            continue
        yield from _paired(pairs, weights)


def _paired(pairs: Sequence[tuple[float, Statement, Statement]], weights: dict[str, float]) -> Iterator[Conflict]:
    """Yield the figures of two sentences that count the same things, each figure once, the likest first."""
    by_unit = sorted(
        ((sum(weights[stem] for stem in first.unit & second.unit), first, second) for _, first, second in pairs),
        key=lambda pair: -pair[0],
    )
    taken: set[int] = set()
    for shared, first, second in by_unit:
        if shared < _SHARED_UNIT or id(first) in taken or id(second) in taken:
            continue
        taken |= {id(first), id(second)}
        if first.value != second.value:
            yield _ordered(ConflictKind.VALUES, first, second, first.unit & second.unit)


def _two_names(found: Sequence[Statement]) -> Iterator[Conflict]:
    """Yield pairs of one exact amount that two places call by words of which they share none."""
    amounts = [s for s in found if s.precision > _EXACT_DIGITS and s.kind is FigureKind.MONEY]
    for first, second in combinations(amounts, 2):
        if first.value == second.value and first.ref != second.ref and not first.about & second.about:
            yield _ordered(ConflictKind.NAMES, first, second, frozenset())


def format_conflicts(conflicts: Sequence[Conflict], findings: Sequence[Finding] = ()) -> str:
    """Return the conflicts with the two sentences side by side, and the table cells that others contradict."""
    lines = [f"{len(conflicts)} pairs of figures that disagree{':' if conflicts else '.'}"]
    for number, conflict in enumerate(conflicts, start=1):
        what = "two values" if conflict.kind is ConflictKind.VALUES else "one figure, two names"
        lines.append(f"{number}. {what}: {conflict.first.figure} and {conflict.second.figure}")
        lines += [f"   {found.label}: {found.text}" for found in (conflict.first, conflict.second)]
    lines += ["", f"{len(findings)} table figures that other cells contradict{':' if findings else '.'}"]
    return "\n".join([*lines, *(f"- {finding.sentence}" for finding in findings)])
