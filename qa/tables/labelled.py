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
from qa.followup import content_words
from qa.tables.countries import folded
from qa.tables.query import Comparator, Condition, Operand, Operation, Slot, TableQuery
from qa.tables.words import (
    AVERAGE,
    CATEGORY_WORDS,
    CHANGE,
    COMPARISON,
    DIFFERENCE,
    FEWEST,
    MEN,
    MOST,
    POINTS,
    QUANTITY,
    SHARE,
    STAFF,
    TOTAL,
    WOMEN,
    asked_columns,
    change_operation,
    comparators,
)

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RANGE = re.compile(
    r"\b((?:19|20)\d\d) ?(?:to|through|until|–|—|-|hasta|a)? ?((?:19|20)\d\d)\b|"
    r"\b(?:between|from|entre|de) ((?:19|20)\d\d) (?:and|et|y|to|a) ((?:19|20)\d\d)\b"
)
_CODE = re.compile(r"\b(no|[a-z]) ?([a-d]|\d)\b")
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
# "the change in the percentage of women", unlike "the percentage change in the number of women".
_OF_SHARE = re.compile(rf"{CHANGE.pattern}[^.?]{{0,30}}? (?:{SHARE.pattern})(?: of|(?<= of))\b")
_BETWEEN = re.compile(r"\b(?:than|and|or|compared (?:to|with)|versus|vs|et|ou|y|o|from|to|que)\b")
# Words of an operation or of the question itself.
_NEUTRAL = frozenset(
    """
    employ hold holds holding post posts position positions many number numbers overall altogether respective
    percentage percent per cent share shares proportion increase increased increases decrease decreased grow grew
    grown growth rise rose risen change changed changes difference differ from between year years organization
    organisation iom count headcount work working worked much up above over was were all represented average mean
    highest lowest most fewest least largest biggest smallest more fewer than went gone fell fall drop dropped
    compared versus came people there here did does had have has percentages points point amount value figure
    figures sum combined together ratio state show shows among down respectively annual give given tell what which
    during reported recorded fiscal period table annex outnumber outnumbered gap peak peaked greatest maximum
    minimum worldwide combien est etaient sont annee annees pourcentage augmentation moyenne cuantos cuantas ano
    anos porcentaje aumento promedio eran hubo habia entre hasta nombre taux part
    """.split()
)
# Words that a title or a label may bear out, but need not.
_SOFT = frozenset(
    stem(word) for word in "staff employees employee workforce personnel category categories end start total".split()
)
_SEXES = frozenset({"women", "men"})
_SCOPES = frozenset(stem(word) for word in ("professional", "general"))
_PERCENT_HEADING = re.compile(r"%|\bper ?cent", re.IGNORECASE)
_CODE_STEM = re.compile(r"[a-z]{1,2}\d")
_STAFF = frozenset({stem("staff")})
_PEOPLE = re.compile(r"\b(?:people|persons)\b")


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


@dataclass(frozen=True)
class _Line:
    """A row with what identifies it."""

    row: Row
    stems: frozenset[str]
    years: frozenset[str]
    kind: CellKind
    is_total: bool


@dataclass(frozen=True)
class _Grid:
    """A table with what identifies its rows and columns."""

    table: Table
    lines: tuple[_Line, ...]
    heads: tuple[frozenset[str], ...]
    years: tuple[frozenset[str], ...]
    title: frozenset[str]
    year: str | None

    def columns_of(self, year: str) -> list[int]:
        """Return the columns of a year; those that compare it with another only where it has none of its own."""
        found = [number for number, years in enumerate(self.years) if year in years]
        return [number for number in found if len(self.years[number]) == 1] or found


@dataclass(frozen=True)
class _Asked:
    """A question taken apart.

    Attributes:
        text: The question, folded, with everyday words replaced by those of titles.
        stems: Its own words.
        years: The years that it names, in order of mention.
        spanned: All years of a range that it names.
    """

    text: str
    stems: frozenset[str]
    years: tuple[str, ...]
    spanned: tuple[str, ...]


def canonical(text: str) -> str:
    """Return a text folded, with the words for sexes, categories and grades that labels use."""
    found = WOMEN.sub("women", MEN.sub("men", folded(text)))
    if STAFF.search(found):
        found = _PEOPLE.sub("staff", found)
    found = STAFF.sub("staff", re.sub(r"\bnon member\b", "nonmember", found))
    # Else a stemmer takes nationalities and national staff for the same.
    found = re.sub(r"\bnationalit(?:y|ies)\b", "citizenship", found)
    for (pattern, _), words in zip(
        CATEGORY_WORDS, ("general service national officer staff", "professional higher staff"), strict=True
    ):
        found = re.sub(rf"\b(?:{pattern})\b", words, found)
    return found


def _stems(text: str) -> frozenset[str]:
    joined = _CODE.sub(r"\1\2", canonical(text))
    return frozenset(
        stem(word)
        for word in re.findall(r"[^\W_]+", joined)
        if word not in _NEUTRAL and content_words(word) and not _YEAR.fullmatch(word)
    )


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
        self._grids = tuple(_grid(table) for table in tables)
        self._slot = slot
        self._year = str(year) if year else None
        self._strict = strict

    def parse(self, question: str) -> Reading | None:
        """Return the best reading of a question, or ``None`` if there is none."""
        asked = _asked(question)
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

    def _readings(self, grid: _Grid, asked: _Asked) -> Iterator[Reading]:
        for line in grid.lines:
            reading = self._one_row(grid, line, asked)
            if reading is not None:
                yield reading
        yield from self._two_rows(grid, asked)

    # One row.

    def _one_row(self, grid: _Grid, line: _Line, asked: _Asked) -> Reading | None:
        columns, used = self._columns(grid, line, asked)
        if not columns:
            return None
        matched = asked.stems & line.stems
        if not self._fits(grid, line, asked, used):
            return None
        query = self._query(grid, line, columns, asked)
        return None if query is None else self._scored(grid, (line,), asked, matched, used, query)

    def _fits(self, grid: _Grid, line: _Line, asked: _Asked, used: frozenset[str]) -> bool:
        """Whether a row may be meant: it has the words that set rows apart, and the kind of figure asked for."""
        if not self._strict:
            return True
        hard = asked.stems - _SOFT
        asks = QUANTITY.search(asked.text) or _WHICH_YEAR.search(asked.text)
        everybody = bool(asks) and asked.stems == _STAFF and line.is_total
        enough = asked.years or everybody or len(hard) >= (1 if asks else 2)
        return bool(enough) and _names_row(grid, line, hard, used) and _of_kind(line, asked)

    def _columns(self, grid: _Grid, line: _Line, asked: _Asked) -> tuple[tuple[int, ...], frozenset[str]]:
        """Return the columns that a question asks of a row, and the words of the question that name them."""
        if any(grid.years):
            found = self._dated_columns(grid, line, asked)
            return found if found[0] or self._strict else self._named_columns(grid, asked)
        if not self._year_fits(grid, line, asked):
            return (), frozenset()
        return self._named_columns(grid, asked)

    def _year_fits(self, grid: _Grid, line: _Line, asked: _Asked) -> bool:
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
    def _heading_fit(grid: _Grid, line: _Line, number: int, asked: _Asked) -> tuple[float, bool, int]:
        """Return how well a column of a year fits: the words of its heading, then the kind of its figures."""
        head = grid.heads[number]
        column = grid.table.columns[number]
        percent = line.row.cells[number].kind is CellKind.PERCENT or bool(
            _PERCENT_HEADING.search(f"{column.group or ''} {column.label}")
        )
        return (
            len(head & asked.stems) - 0.01 * len(head - asked.stems),
            percent == (_kind_asked(asked.text) is CellKind.PERCENT),
            -number,
        )

    def _dated_columns(self, grid: _Grid, line: _Line, asked: _Asked) -> tuple[tuple[int, ...], frozenset[str]]:
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

    def _default_years(self, grid: _Grid, asked: _Asked) -> tuple[str, ...]:
        """Return the years that a question means which names none; none where it cannot be told."""
        known = sorted({year for found in grid.years for year in found}, reverse=True)
        if any(pattern.search(asked.text) for pattern in (_WHICH_YEAR, _HOW_MANY_YEARS, AVERAGE)):
            return tuple(reversed(known))
        if self._strict:
            return (self._year,) if self._year in known and not CHANGE.search(asked.text) else ()
        return tuple(known[:2]) if change_operation(asked.text) is not None else (known[0],)

    def _named_columns(self, grid: _Grid, asked: _Asked) -> tuple[tuple[int, ...], frozenset[str]]:
        graded = asked_columns(asked.text, grid.table)
        if graded is not None:
            return graded[0], asked.stems - _stems(graded[1])
        scores = [(len(head & asked.stems), -len(head - asked.stems), -n) for n, head in enumerate(grid.heads)]
        best = max(scores, default=(0, 0, 0))
        if best[0]:
            number = -best[2]
            return (number,), grid.heads[number] & asked.stems
        totals = [n for n, column in enumerate(grid.table.columns) if column.label.casefold() == "total"]
        if totals:
            return (totals[-1],), frozenset()
        return ((0,), frozenset()) if len(grid.heads) == 1 or not self._strict else ((), frozenset())

    def _query(self, grid: _Grid, line: _Line, columns: tuple[int, ...], asked: _Asked) -> TableQuery | None:
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

    def _needs_more(self, grid: _Grid, line: _Line, text: str) -> bool:
        """Whether one cell cannot be the answer, because a change or a comparison is asked for."""
        if not self._strict or line.kind is not CellKind.NUMBER:
            return False
        return bool((any(grid.years) and CHANGE.search(text)) or DIFFERENCE.search(text) or COMPARISON.search(text))

    def _change(self, line: _Line, operands: tuple[Operand, ...], subject: str, text: str) -> TableQuery | None:
        if not CHANGE.search(text) and (_PART_OF.search(text) or _RATIO.search(text)) and operands[1].value:
            return TableQuery(Operation.SHARE if _PART_OF.search(text) else Operation.RATIO, operands, subject)
        operation = change_operation(text)
        if not operation and _adds(text, line.row.label):
            operation = Operation.SUM
        if operation is None:
            if _extreme(text) or COMPARISON.search(text):
                return TableQuery(_extreme(text) or Operation.MAXIMUM, operands, subject)
            return TableQuery(Operation.VALUES, operands, subject)
        by_year = tuple(sorted(operands, key=lambda operand: _YEAR.findall(operand.label) or [operand.label]))
        if operation is Operation.DIFFERENCE and not CHANGE.search(text):
            # A difference, unlike a change, has no direction.
            by_year = tuple(sorted(operands, key=lambda operand: operand.value))
        shares = self._strict and line.kind is not CellKind.NUMBER
        if operation is Operation.PERCENT_CHANGE and (shares or not by_year[0].value):
            operation = Operation.DIFFERENCE
        return TableQuery(operation, by_year, subject)

    # Two rows of one table.

    def _two_rows(self, grid: _Grid, asked: _Asked) -> Iterator[Reading]:
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
        found = [best for piece in pieces if (best := self._row_of(grid, _stems(piece))) is not None]
        if len(found) > 1 and found[0] is found[1]:
            other = self._row_of(grid, _stems(pieces[0]), found[1])
            found = [other, found[1]] if other is not None else []
        if len(found) < 2:
            return
        yield from self._pair(grid, (found[0], found[1]), asked, operation)

    def _two_columns(self, grid: _Grid, asked: _Asked, operation: Operation) -> Iterator[Reading]:
        """Return two figures of one row, where the question names two columns."""
        pieces = _PIECES.split(asked.text) if operation is Operation.SHARE else _BETWEEN.split(asked.text)
        numbers = list(
            dict.fromkeys(n for n in (self._column_of(grid, _stems(piece)) for piece in pieces) if n is not None)
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
    def _column_of(grid: _Grid, stems: frozenset[str]) -> int | None:
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

    def _share_of_total(self, grid: _Grid, asked: _Asked) -> Iterator[Reading]:
        """Return a row's share in the table's total, where the table does not print it."""
        if any(line.kind in (CellKind.PERCENT, CellKind.CHANGE) for line in grid.lines) and self._strict:
            own = [line for line in grid.lines if line.kind is CellKind.PERCENT and asked.stems & line.stems]
            if own:
                return
        totals = [line for line in grid.lines if line.is_total]
        row = self._row_of(grid, asked.stems)
        if len(totals) == 1 and row is not None and row is not totals[0]:
            yield from self._pair(grid, (row, totals[0]), asked, Operation.SHARE)

    def _pair(self, grid: _Grid, lines: tuple[_Line, _Line], asked: _Asked, operation: Operation) -> Iterator[Reading]:
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
    def _row_of(grid: _Grid, stems: frozenset[str], but: _Line | None = None) -> _Line | None:
        """Return the row of counts whose label a phrase names best."""
        scored = [
            (len(stems & line.stems - _SOFT) - 0.1 * len(line.stems - stems), -position, line)
            for position, line in enumerate(grid.lines)
            if stems & line.stems - _SOFT and line.kind is CellKind.NUMBER and line is not but
        ]
        return max(scored, key=lambda item: item[:2])[2] if scored else None

    # Scores.

    def _scored(
        self,
        grid: _Grid,
        lines: Sequence[_Line],
        asked: _Asked,
        matched: frozenset[str],
        used: frozenset[str],
        query: TableQuery,
        bonus: float = 0.0,
    ) -> Reading:
        labels = frozenset().union(*(line.stems for line in lines))
        title = (asked.stems & grid.title) - matched - used
        missing = asked.stems - matched - used - title - _SOFT
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
        own = asked.stems - _SOFT
        explained = 1.0 - len(missing) / len(own) if own else float(bool(matched or title))
        return Reading(query, round(score, 3), explained)


def _of_years(operands: tuple[Operand, ...], subject: str, text: str) -> TableQuery:
    """Return which years, or how many, pass a test; the years of the table where none is stated."""
    operation = Operation.COUNT if _HOW_MANY_YEARS.search(text) else Operation.LIST
    # Words of the label ("up to three months") test nothing.
    tests = [test for test in comparators(_YEAR.sub(" ", text)) if test[2] not in folded(subject)]
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


def _asked(question: str) -> _Asked:
    text = canonical(question)
    if re.search(r"\bsenior\b", text):
        text = re.sub(r"\bsenior\b", " " if _CODE.search(text) else "p 5 and higher", text)
    text = re.sub(r"\b([a-z] \d) (?:and|or) (?:up|above|over|more)\b", r"\1 and higher", text)
    years = tuple(dict.fromkeys(_YEAR.findall(text)))
    spanned = years
    for match in _RANGE.finditer(text):
        first, last = sorted((int(match[1] or match[3]), int(match[2] or match[4])))
        if first < last:
            spanned = tuple(str(year) for year in range(first, last + 1))
    return _Asked(text, _stems(text), years, spanned)


def _grid(table: Table) -> _Grid:
    names = [" ".join(filter(None, (column.group, column.label))) for column in table.columns]
    lines = []
    header: Row | None = None
    for row in table.rows:
        kinds = [cell.kind for cell in row.cells if cell.kind is not CellKind.EMPTY]
        if not kinds or all(kind is CellKind.TEXT for kind in kinds):
            header = row
            continue
        label = f"{header.label} {row.label}" if header is not None and not table.title else row.label
        kind = next((k for k in (CellKind.CHANGE, CellKind.PERCENT) if k in kinds), CellKind.NUMBER)
        if all(cell.kind is CellKind.CHANGE and "%" not in cell.text for cell in row.cells) and not table.title:
            kind = CellKind.NUMBER
        lines.append(_Line(row, _stems(label), frozenset(_YEAR.findall(row.label)), kind, row.is_total))
    heading = _YEAR.search(table.row_heading)
    return _Grid(
        table,
        tuple(lines),
        tuple(_stems(name) for name in names),
        tuple(frozenset(_YEAR.findall(name)) for name in names),
        _stems(f"{table.title} {table.row_heading}"),
        heading.group() if heading else None,
    )


def _names_row(grid: _Grid, line: _Line, hard: frozenset[str], used: frozenset[str]) -> bool:
    """Whether a question's words pick a row: all words that set rows apart, and the people the title is about."""
    labels = [other.stems for other in grid.lines]
    telling = frozenset().union(*labels) - frozenset.intersection(*labels)
    default = line.is_total and not line.stems - _SOFT - hard
    if (hard & telling) - line.stems - used or not (hard & line.stems or default):
        return False
    # A total or a sex alone means a table's people only if the question names them as the title does.
    scope = {word for word in _SCOPES if word in grid.title} | set(filter(_CODE_STEM.fullmatch, grid.title))
    bare = not (hard - _SEXES) & line.stems
    # A grade such as P-4 belongs to one category; "ungraded" may belong to any.
    graded = any(_CODE_STEM.fullmatch(word) for word in used)
    if bare and len(scope) == 1 and not graded and not scope <= hard:
        return False
    sexes = _SEXES & line.stems
    return _whole_conjunction(line.row.label, hard) and bool(not sexes or sexes & hard)


def _of_kind(line: _Line, asked: _Asked) -> bool:
    """Whether a row gives the kind of figure asked for: a count, or a share or its change."""
    if line.kind is CellKind.CHANGE and not CHANGE.search(asked.text):
        return False
    return (line.kind is CellKind.NUMBER) == (_kind_asked(asked.text) is CellKind.NUMBER)


def _kind_asked(text: str) -> CellKind:
    """Return the kind of figure that a question asks for."""
    if POINTS.search(text) or _OF_SHARE.search(text) or (SHARE.search(text) and not CHANGE.search(text)):
        return CellKind.PERCENT
    return CellKind.NUMBER


def _extreme(text: str) -> Operation | None:
    if FEWEST.search(text):
        return Operation.MINIMUM
    if MOST.search(text) and not re.search(r"\bat most\b", text):
        return Operation.MAXIMUM
    return None


def _whole_conjunction(label: str, stems: frozenset[str]) -> bool:
    """Whether a question that names one half of a label "A and B" also names the other."""
    halves = [_stems(half) - _SOFT for half in re.split(r"\band\b", folded(label))]
    named = [bool(half & stems) for half in halves if half]
    return not any(named) or all(named)


def _adds(text: str, label: str) -> bool:
    """Whether a text asks for a sum, and does not only name a row that is called a total."""
    if re.search(r"\brespective(?:ly)?\b", text):
        return False
    return bool(_SUM.search(text)) or (bool(TOTAL.search(text)) and not TOTAL.search(folded(label)))


def _without(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(" ", text)


def _named(grid: _Grid, line: _Line, columns: tuple[int, ...]) -> str:
    """Return the names of a row and of columns of it."""
    return " ".join((line.row.label, *(_column_name(grid.table, number) for number in columns)))


def _column_name(table: Table, number: int) -> str:
    column = table.columns[number]
    return " ".join(filter(None, (column.group, column.label))) or column.label
