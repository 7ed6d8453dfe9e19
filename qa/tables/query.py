"""A question to tables as a value: what is looked up or computed, where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Cell, Row, Table


class Operation(StrEnum):
    """What is done with the cells."""

    CELL = "cell"
    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    PERCENT_CHANGE = "percent_change"
    COUNT_ROWS = "count_rows"
    LIST_ROWS = "list_rows"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Slot:
    """One cell: a row and a column of a table."""

    table: Table
    row: Row
    column: int

    @property
    def cell(self) -> Cell:
        """The cell."""
        return self.row.cells[self.column]

    @property
    def column_label(self) -> str:
        """The column's heading."""
        return self.table.columns[self.column].label


@dataclass(frozen=True)
class TableQuery:
    """Cells and what is done with them.

    Attributes:
        operation: What is done.
        slots: The cells, in the order in which they enter the operation.
        subject: What the result is about, in words.
    """

    operation: Operation
    slots: tuple[Slot, ...]
    subject: str

    def __str__(self) -> str:
        """Return the query on one line."""
        cells = ", ".join(f"{slot.table.label}[{slot.row.label}, {slot.column_label}]" for slot in self.slots[:4])
        more = " …" if len(self.slots) > 4 else ""
        return f"{self.operation}({cells}{more})"


@dataclass(frozen=True)
class TableRefusal:
    """The question is one for the tables, and they do not give what it asks; ``reason`` says why."""

    reason: str
