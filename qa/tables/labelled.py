"""Questions to tables whose rows and columns have names: figures by year, by grade, by item.

Every reading of a question (a row, or two; one or more columns; an operation) is scored by the words that the
labels account for. In the assistant a reading counts only if it leaves no word over; over the tables of one
document that a question is known to be about, the best reading counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import CellKind, Row, Table
from corpus.words import stem
from qa.countries import folded
from qa.tables.labels import YEAR, Asked, LabelledRow, LabelledTable, asked_of, labelled_table, stems_of
from qa.tables.query import Comparator, Condition, Operand, Operation, Slot, TableQuery
from qa.tables.row_fit import SOFT, kind_asked, names_row, of_kind
from qa.tables.words import (
    AVERAGE,
    CHANGE,
    COMPARISON,
    DIFFERENCE,
    FEWEST,
    MOST,
    QUANTITY,
    SHARE,
    TOTAL,
    asked_columns,
    change_operation,
    comparators,
)

_WHICH_YEAR = re.compile(
    r"\b(?:which|what|quelle|que|en que) (?:of the )?(?:fiscal |financial )?(?:years?|annees?|anos?)\b"
)
_HIGHER = re.compile(r"\b(higher|larger|greater|bigger|more|highest|largest|most)\b")
_LOWER = re.compile(r"\b(lower|smaller|less|fewer|lowest|smallest|least|fewest)\b")
_SUM = re.compile(r"\b(sum|altogether|combined|in total|together)\b")
_TOTAL_ASKED = re.compile(r"\btotal\b")
_HOW_MANY_YEARS = re.compile(r"\bhow many (?:of the )?(?:fiscal |financial )?years\b")
_PART_OF = re.compile(
    r"\bas (?:a|the) (?:percentage|share|proportion|percent|per cent|fraction) (?:of|over|to)\b|"
    r"\b(?:percentage|share|proportion|percent|per cent) of .+ (?:in|of|that|to) (?:the )?total\b"
)
_PIECES = re.compile(r"\bas (?:a|the) \w+(?: cent)? (?:of|over|to)\b|\bover\b|\b(?:in|of|that) (?=(?:the )?total\b)")
_RATIO = re.compile(r"\b(ratio|times)\b")
_BETWEEN = re.compile(r"\b(?:than|and|or|compared (?:to|with)|versus|vs|et|ou|y|o|from|to|que)\b")
_PERCENT_HEADING = re.compile(r"%|\bper ?cent", re.IGNORECASE)
_STAFF = frozenset({stem("staff")})


@dataclass(frozen=True)
class Reading:
    """A query with how well the question's words are accounted for.

    Attributes:
        query: The query.
        score: Higher is better; comparable within one question.
        explained: The share of the question's own words that labels and titles account for.
    """

    query: TableQuery
    score: float
    explained: float


class LabelledParser:
    """Understands questions to tables by the names of rows and columns.

    Args:
        tables: The tables.
        slot: Makes a cell reference, with what the audit knows about the cell.
        year: The year that is meant where a question names none, or ``None`` for a table's latest.
        strict: Whether every word of a question must be accounted for, and the best reading be the only one.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        slot: Callable[[Table, Row, int], Slot],
        year: int | None = None,
        strict: bool = True,
    ) -> None:
        self._grids = tuple(labelled_table(table) for table in tables)
        self._slot = slot
        self._year = str(year) if year else None
        self._strict = strict

    def parse(self, question: str) -> Reading | None:
        """Return the best reading of a question, or ``None`` if there is none."""
        asked = asked_of(question)
        if not asked.stems:
            return None
        readings = [reading for grid in self._grids for reading in self._readings(grid, asked)]
        if self._strict:
            readings = [reading for reading in readings if reading.explained == 1.0]
        if not readings:
            return None
        best = max(readings, key=lambda reading: reading.score)
        if self._strict:
            rivals = {_cells(r.query) for r in readings if r.score == best.score}
            if len(rivals) > 1:
                return None
        return best

    def _readings(self, grid: LabelledTable, asked: Asked) -> Iterator[Reading]:
        for line in grid.lines:
            reading = self._one_row(grid, line, asked)
            if reading is not None:
                yield reading
        yield from self._two_rows(grid, asked)

    # One row.

    def _one_row(self, grid: LabelledTable, line: LabelledRow, asked: Asked) -> Reading | None:
        columns, used = self._columns(grid, line, asked)
        if not columns:
            return None
        matched = asked.stems & line.stems
        if not self._fits(grid, line, asked, used):
            return None
        query = self._query(grid, line, columns, asked)
        return None if query is None else self._scored(grid, (line,), asked, matched, used, query)

    def _fits(self, grid: LabelledTable, line: LabelledRow, asked: Asked, used: frozenset[str]) -> bool:
        """Whether a row may be meant: it has the words that set rows apart, and the kind of figure asked for."""
        if not self._strict:
            return True
        hard = asked.stems - SOFT
        asks = QUANTITY.search(asked.text) or _WHICH_YEAR.search(asked.text)
        everybody = bool(asks) and asked.stems == _STAFF and line.is_total
        enough = asked.years or everybody or len(hard) >= (1 if asks else 2)
        return bool(enough) and names_row(grid, line, hard, used) and of_kind(line, asked)

    def _columns(self, grid: LabelledTable, line: LabelledRow, asked: Asked) -> tuple[tuple[int, ...], frozenset[str]]:
        """Return the columns that a question asks of a row, and the words of the question that name them."""
        if any(grid.years):
            found = self._dated_columns(grid, line, asked)
            return found if found[0] or self._strict else self._named_columns(grid, asked)
        if not self._year_fits(grid, line, asked):
            return (), frozenset()
        return self._named_columns(grid, asked)

    def _year_fits(self, grid: LabelledTable, line: LabelledRow, asked: Asked) -> bool:
        """Whether a row of a table without years in its columns is of the year asked for."""
        years = set(asked.years)
        if line.years:
            if line.kind is CellKind.CHANGE and years <= line.years:
                return True
            wanted = asked.years or ((self._year,) if self._year else ())
            return len(wanted) == 1 and wanted[0] in line.years
        if not years:
            return True
        return years == {grid.year} if grid.year is not None else not self._strict

    @staticmethod
    def _heading_fit(grid: LabelledTable, line: LabelledRow, number: int, asked: Asked) -> tuple[float, bool, int]:
        """Return how well a column of a year fits: the words of its heading, then the kind of its figures."""
        head = grid.heads[number]
        column = grid.table.columns[number]
        percent = line.row.cells[number].kind is CellKind.PERCENT or bool(
            _PERCENT_HEADING.search(f"{column.group or ''} {column.label}")
        )
        return (
            len(head & asked.stems) - 0.01 * len(head - asked.stems),
            percent == (kind_asked(asked.text) is CellKind.PERCENT),
            -number,
        )

    def _dated_columns(
        self, grid: LabelledTable, line: LabelledRow, asked: Asked
    ) -> tuple[tuple[int, ...], frozenset[str]]:
        several = AVERAGE.search(asked.text) or _extreme(asked.text) or comparators(asked.text)
        years = asked.spanned if several else asked.years
        if not years:
            years = self._default_years(grid, asked)
        columns: list[int] = []
        used: frozenset[str] = frozenset()
        for year in dict.fromkeys(years):
            own = grid.columns_of(year)
            if not own:
                return (), frozenset()
            best = max(own, key=lambda number: self._heading_fit(grid, line, number, asked))
            columns.append(best)
            used |= grid.heads[best] & asked.stems
        return tuple(columns), used

    def _default_years(self, grid: LabelledTable, asked: Asked) -> tuple[str, ...]:
        """Return the years that a question means which names none; none where it cannot be told."""
        known = sorted({year for found in grid.years for year in found}, reverse=True)
        if any(pattern.search(asked.text) for pattern in (_WHICH_YEAR, _HOW_MANY_YEARS, AVERAGE)):
            return tuple(reversed(known))
        if self._strict:
            return (self._year,) if self._year in known and not CHANGE.search(asked.text) else ()
        return tuple(known[:2]) if change_operation(asked.text) is not None else (known[0],)

    def _named_columns(self, grid: LabelledTable, asked: Asked) -> tuple[tuple[int, ...], frozenset[str]]:
        graded = asked_columns(asked.text, grid.table)
        if graded is not None:
            return graded[0], asked.stems - stems_of(graded[1])
        scores = [(len(head & asked.stems), -len(head - asked.stems), -n) for n, head in enumerate(grid.heads)]
        best = max(scores, default=(0, 0, 0))
        if best[0]:
            number = -best[2]
            return (number,), grid.heads[number] & asked.stems
        totals = [n for n, column in enumerate(grid.table.columns) if column.label.casefold() == "total"]
        if totals:
            return (totals[-1],), frozenset()
        return ((0,), frozenset()) if len(grid.heads) == 1 or not self._strict else ((), frozenset())

    def _query(
        self, grid: LabelledTable, line: LabelledRow, columns: tuple[int, ...], asked: Asked
    ) -> TableQuery | None:
        operands = tuple(
            Operand(_column_name(grid.table, number), (self._slot(grid.table, line.row, number),)) for number in columns
        )
        if any(slot.cell.value is None for operand in operands for slot in operand.slots):
            return None
        subject = f"{line.row.label} ({grid.table.title})" if grid.table.title else line.row.label
        # Words of a label ("average price") state no operation.
        text = _without(asked.text, AVERAGE) if AVERAGE.search(folded(_named(grid, line, columns))) else asked.text
        extreme = _extreme(text)
        if extreme is not None and len(operands) > 2 and (_WHICH_YEAR.search(text) or any(grid.years)):
            return TableQuery(extreme, operands, subject)
        if AVERAGE.search(text) and len(operands) > 1:
            return TableQuery(Operation.AVERAGE, operands, subject)
        if any(grid.years) and len(operands) > 1 and (_WHICH_YEAR.search(text) or _HOW_MANY_YEARS.search(text)):
            return _of_years(operands, subject, text)
        if any(grid.years) and len(operands) == 2:
            return self._change(line, operands, subject, text)
        if any(grid.years) and len(operands) > 2 and not self._strict:
            operation = Operation.SUM if _adds(text, line.row.label) else Operation.VALUES
            return TableQuery(operation, operands, subject)
        if len(operands) > 1:
            if any(grid.years) or SHARE.search(text) or line.kind is not CellKind.NUMBER:
                return None
            merged = Operand(line.row.label, tuple(slot for operand in operands for slot in operand.slots))
            return TableQuery(Operation.SUM, (merged,), subject)
        return None if self._needs_more(grid, line, text) else TableQuery(Operation.CELL, operands, subject)

    def _needs_more(self, grid: LabelledTable, line: LabelledRow, text: str) -> bool:
        """Whether one cell cannot be the answer, because a change or a comparison is asked for."""
        if not self._strict or line.kind is not CellKind.NUMBER:
            return False
        return bool((any(grid.years) and CHANGE.search(text)) or DIFFERENCE.search(text) or COMPARISON.search(text))

    def _change(self, line: LabelledRow, operands: tuple[Operand, ...], subject: str, text: str) -> TableQuery | None:
        if not CHANGE.search(text) and (_PART_OF.search(text) or _RATIO.search(text)) and operands[1].value:
            return TableQuery(Operation.SHARE if _PART_OF.search(text) else Operation.RATIO, operands, subject)
        operation = change_operation(text)
        if not operation and _adds(text, line.row.label):
            operation = Operation.SUM
        if operation is None:
            if _extreme(text) or COMPARISON.search(text):
                return TableQuery(_extreme(text) or Operation.MAXIMUM, operands, subject)
            return TableQuery(Operation.VALUES, operands, subject)
        by_year = tuple(sorted(operands, key=lambda operand: YEAR.findall(operand.label) or [operand.label]))
        if operation is Operation.DIFFERENCE and not CHANGE.search(text):
            # A difference, unlike a change, has no direction.
            by_year = tuple(sorted(operands, key=lambda operand: operand.value))
        shares = self._strict and line.kind is not CellKind.NUMBER
        if operation is Operation.PERCENT_CHANGE and (shares or not by_year[0].value):
            operation = Operation.DIFFERENCE
        return TableQuery(operation, by_year, subject)

    # Two rows of one table.

    def _two_rows(self, grid: LabelledTable, asked: Asked) -> Iterator[Reading]:
        part_of = _PART_OF.search(asked.text)
        share = SHARE.search(asked.text)
        operation = (
            Operation.SHARE
            if part_of or (share and not CHANGE.search(asked.text))
            else Operation.RATIO
            if _RATIO.search(asked.text)
            else Operation.COMPARISON
            if COMPARISON.search(asked.text) and not re.search(r"\bhow many|by how\b", asked.text)
            else Operation.DIFFERENCE
            if DIFFERENCE.search(asked.text)
            else Operation.SUM
            if TOTAL.search(asked.text) and re.search(r"\band\b", asked.text)
            else Operation.VALUES
            if re.search(r"\brespective(?:ly)?\b", asked.text)
            else None
        )
        if operation is None or len(asked.years) > 1:
            return
        if operation is Operation.SHARE and not part_of:
            yield from self._share_of_total(grid, asked)
            return
        if not self._strict:
            yield from self._two_columns(grid, asked, operation)
        pieces = _PIECES.split(asked.text) if part_of else _BETWEEN.split(asked.text)
        found = [best for piece in pieces if (best := self._row_of(grid, stems_of(piece))) is not None]
        if len(found) > 1 and found[0] is found[1]:
            other = self._row_of(grid, stems_of(pieces[0]), found[1])
            found = [other, found[1]] if other is not None else []
        if len(found) < 2:
            return
        yield from self._pair(grid, (found[0], found[1]), asked, operation)

    def _two_columns(self, grid: LabelledTable, asked: Asked, operation: Operation) -> Iterator[Reading]:
        """Return two figures of one row, where the question names two columns."""
        pieces = _PIECES.split(asked.text) if operation is Operation.SHARE else _BETWEEN.split(asked.text)
        numbers = list(
            dict.fromkeys(n for n in (self._column_of(grid, stems_of(piece)) for piece in pieces) if n is not None)
        )
        if len(numbers) != 2:
            return
        named = frozenset().union(*(grid.heads[number] for number in numbers)) & asked.stems
        for line in grid.lines:
            operands = tuple(
                Operand(_column_name(grid.table, number), (self._slot(grid.table, line.row, number),))
                for number in numbers
            )
            values = [line.row.cells[number].value for number in numbers]
            if None in values or (operation in (Operation.SHARE, Operation.RATIO) and not values[1]):
                continue
            if not (line.stems & asked.stems or line.is_total):
                continue
            query = TableQuery(operation, operands, line.row.label)
            yield self._scored(grid, (line,), asked, asked.stems & line.stems, named, query, bonus=1.0)

    @staticmethod
    def _column_of(grid: LabelledTable, stems: frozenset[str]) -> int | None:
        """Return the column whose heading a phrase names best, if it names one better than all others."""
        scores = [
            (len(head & stems) - 0.1 * len(head - stems), number)
            for number, head in enumerate(grid.heads)
            if head & stems
        ]
        scores.sort(reverse=True)
        if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
            return None
        return scores[0][1]

    def _share_of_total(self, grid: LabelledTable, asked: Asked) -> Iterator[Reading]:
        """Return a row's share in the table's total, where the table does not print it."""
        if any(line.kind in (CellKind.PERCENT, CellKind.CHANGE) for line in grid.lines) and self._strict:
            own = [line for line in grid.lines if line.kind is CellKind.PERCENT and asked.stems & line.stems]
            if own:
                return
        totals = [line for line in grid.lines if line.is_total]
        row = self._row_of(grid, asked.stems)
        if len(totals) == 1 and row is not None and row is not totals[0]:
            yield from self._pair(grid, (row, totals[0]), asked, Operation.SHARE)

    def _pair(
        self, grid: LabelledTable, lines: tuple[LabelledRow, LabelledRow], asked: Asked, operation: Operation
    ) -> Iterator[Reading]:
        columns, used = self._columns(grid, lines[0], asked)
        if len(columns) != 1 or any(line.row.cells[columns[0]].value is None for line in lines):
            return
        if operation in (Operation.SHARE, Operation.RATIO) and not lines[1].row.cells[columns[0]].value:
            return
        operands = tuple(Operand(line.row.label, (self._slot(grid.table, line.row, columns[0]),)) for line in lines)
        if self._strict and any(line.kind is not CellKind.NUMBER for line in lines):
            return
        subject = _column_name(grid.table, columns[0])
        subject = f"{subject} ({grid.table.title})" if grid.table.title else subject
        query = TableQuery(operation, operands, subject)
        matched = asked.stems & (lines[0].stems | lines[1].stems)
        # That both operands of a stated operation are found says more than any label.
        yield self._scored(grid, lines, asked, matched, used, query, bonus=2.0)

    @staticmethod
    def _row_of(grid: LabelledTable, stems: frozenset[str], but: LabelledRow | None = None) -> LabelledRow | None:
        """Return the row of counts whose label a phrase names best."""
        scored = [
            (len(stems & line.stems - SOFT) - 0.1 * len(line.stems - stems), -position, line)
            for position, line in enumerate(grid.lines)
            if stems & line.stems - SOFT and line.kind is CellKind.NUMBER and line is not but
        ]
        return max(scored, key=lambda item: item[:2])[2] if scored else None

    # Scores.

    def _scored(
        self,
        grid: LabelledTable,
        lines: Sequence[LabelledRow],
        asked: Asked,
        matched: frozenset[str],
        used: frozenset[str],
        query: TableQuery,
        bonus: float = 0.0,
    ) -> Reading:
        labels = frozenset().union(*(line.stems for line in lines))
        title = (asked.stems & grid.title) - matched - used
        missing = asked.stems - matched - used - title - SOFT
        score = (
            bonus
            + 3.0 * len(matched)
            + 2.5 * len(used)
            + len(title)
            - 1.0 * len(labels - asked.stems)
            - 0.1 * len(grid.title - asked.stems)
            - 1.5 * len(missing)
            + 0.2 * any(line.is_total for line in lines) * (not matched)
            + 0.6 * any(line.is_total for line in lines) * bool(_TOTAL_ASKED.search(asked.text))
        )
        own = asked.stems - SOFT
        explained = 1.0 - len(missing) / len(own) if own else float(bool(matched or title))
        return Reading(query, round(score, 3), explained)


def _of_years(operands: tuple[Operand, ...], subject: str, text: str) -> TableQuery:
    """Return which years, or how many, pass a test; the years of the table where none is stated."""
    operation = Operation.COUNT if _HOW_MANY_YEARS.search(text) else Operation.LIST
    # Words of the label ("up to three months") test nothing.
    tests = [test for test in comparators(YEAR.sub(" ", text)) if test[2] not in folded(subject)]
    if re.search(r"\bnegative\b", text):
        tests.append((Comparator.LESS, 0.0, ""))
    if not tests and _HIGHER.search(text):
        return TableQuery(Operation.MAXIMUM, operands, subject)
    if not tests and _LOWER.search(text):
        return TableQuery(Operation.MINIMUM, operands, subject)
    conditions = tuple(Condition(comparator, number, operands, (), subject) for comparator, number, _ in tests)
    return TableQuery(operation, operands, subject, conditions)


def _cells(query: TableQuery) -> tuple[tuple[int, int, int], ...]:
    return tuple((id(slot.table), slot.row.start, slot.column) for slot in query.slots)


def _extreme(text: str) -> Operation | None:
    if FEWEST.search(text):
        return Operation.MINIMUM
    if MOST.search(text) and not re.search(r"\bat most\b", text):
        return Operation.MAXIMUM
    return None


def _adds(text: str, label: str) -> bool:
    """Whether a text asks for a sum, and does not only name a row that is called a total."""
    if re.search(r"\brespective(?:ly)?\b", text):
        return False
    return bool(_SUM.search(text)) or (bool(TOTAL.search(text)) and not TOTAL.search(folded(label)))


def _without(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(" ", text)


def _named(grid: LabelledTable, line: LabelledRow, columns: tuple[int, ...]) -> str:
    """Return the names of a row and of columns of it."""
    return " ".join((line.row.label, *(_column_name(grid.table, number) for number in columns)))


def _column_name(table: Table, number: int) -> str:
    column = table.columns[number]
    return " ".join(filter(None, (column.group, column.label))) or column.label
