"""A question to tables as a value: which cells, and what is looked up or computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Cell, Row, Table
from corpus.relations import Finding, spelled


class Operation(StrEnum):
    """What is done with the operands."""

    CELL = "cell"
    VALUES = "values"
    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    RATIO = "ratio"
    PERCENT_CHANGE = "percent_change"
    AVERAGE = "average"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    TOP = "top"
    BOTTOM = "bottom"
    RANK = "rank"
    COUNT = "count"
    LIST = "list"
    COMPARISON = "comparison"


class Comparator(StrEnum):
    """How a value is tested."""

    EQUAL = "="
    MORE = ">"
    AT_LEAST = "≥"
    LESS = "<"
    AT_MOST = "≤"

    def holds(self, value: float, other: float) -> bool:
        """Return whether ``value`` stands in this relation to ``other``."""
        return {
            Comparator.EQUAL: value == other,
            Comparator.MORE: value > other,
            Comparator.AT_LEAST: value >= other,
            Comparator.LESS: value < other,
            Comparator.AT_MOST: value <= other,
        }[self]


@dataclass(frozen=True)
class Slot:
    """One cell: a row and a column of a table.

    Attributes:
        table: The table.
        row: The row.
        column: The column's number.
        finding: What the audit says against the printed figure, or ``None``.
    """

    table: Table
    row: Row
    column: int
    finding: Finding | None = None

    @property
    def cell(self) -> Cell:
        """The cell."""
        return self.row.cells[self.column]

    @property
    def column_label(self) -> str:
        """The column's heading, under the heading that spans it where its own says too little."""
        column = self.table.columns[self.column]
        return column.label or column.group or ""

    @property
    def value(self) -> float:
        """The figure to use: the printed one, or what sound cells give where that contradicts it."""
        if self.finding is not None and self.finding.trusted is not None:
            return self.finding.trusted
        return self.cell.value or 0.0


@dataclass(frozen=True)
class Operand:
    """Something that has one value: the sum of its cells.

    Attributes:
        label: What it is, in words.
        slots: Its cells; none where a row stands in no table, which counts as zero.
    """

    label: str
    slots: tuple[Slot, ...]

    @property
    def value(self) -> float:
        """The sum of the cells."""
        return sum(slot.value for slot in self.slots)


@dataclass(frozen=True)
class Condition:
    """A test of the operands of a count or a list.

    Attributes:
        comparator: The relation.
        number: What is compared with, unless ``against`` is given.
        tested: What is tested for each operand, in the operands' order.
        against: What each is compared with, in the same order; empty to compare with ``number``.
        label: What is tested, in words.
    """

    comparator: Comparator
    number: float
    tested: tuple[Operand, ...]
    against: tuple[Operand, ...] = ()
    label: str = ""

    def holds(self, position: int) -> bool:
        """Return whether the operand at a position passes."""
        other = self.against[position].value if self.against else self.number
        return self.comparator.holds(self.tested[position].value, other)

    def __str__(self) -> str:
        """Return the condition in words."""
        other = self.against[0].label if self.against else spelled(self.number)
        return f"{self.label} {self.comparator} {other}".strip()


@dataclass(frozen=True)
class TableQuery:
    """Operands and what is done with them.

    Attributes:
        operation: What is done.
        operands: What enters the operation, in order. A share has the part first, a change the earlier year.
        subject: What the result is about, in words.
        conditions: What the rows of a count or a list must pass, all of them.
        k: How many a ranking shows, or the percentages' decimals.
        of: The operand that a rank is asked of, or an empty text.
    """

    operation: Operation
    operands: tuple[Operand, ...]
    subject: str
    conditions: tuple[Condition, ...] = ()
    k: int = 0
    of: str = ""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The cells of all operands, in order."""
        return tuple(slot for operand in self.operands for slot in operand.slots)

    def kept(self) -> tuple[int, ...]:
        """Return the positions of the operands that pass every condition."""
        return tuple(
            position
            for position in range(len(self.operands))
            if all(condition.holds(position) for condition in self.conditions)
        )

    def __str__(self) -> str:
        """Return the query on one line."""
        shown = [
            f"{operand.label}: "
            + " + ".join(f"{s.table.label}[{s.row.label}, {s.column_label}]" for s in operand.slots)
            for operand in self.operands[:3]
        ]
        more = f"; … {len(self.operands)} in all" if len(self.operands) > 3 else ""
        tests = "".join(f" where {condition}" for condition in self.conditions)
        limit = f", k = {self.k}" if self.k else ""
        return f"{self.operation}({'; '.join(shown)}{more}{limit}){tests}"


@dataclass(frozen=True)
class TableRefusal:
    """The question is one for the tables, and they do not give what it asks; ``reason`` says why."""

    reason: str
