"""Tables whose columns are years: a figure of a year, a difference or a change between two.

As in the tables by country, a question is answered only when the title and the row account for all of its words.
"""

from __future__ import annotations

import re

from corpus.document import CellKind, Document, Row, Table
from qa.followup import content_words
from qa.tables.countries import folded
from qa.tables.query import Operation, Slot, TableQuery
from qa.tables.words import MEN, WOMEN
from qa.vocabulary import stem

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHARE = re.compile(r"\b(share|percentage|per ?cent|proportion)\b|%")
_CHANGE = re.compile(r"\b(increase\w*|decrease\w*|grow\w*|grew|rise|rose|risen|fall|fell|drop\w*|change\w*|up|down)\b")
_PERCENT = re.compile(r"\b(percent\w*|per ?cent)\b|%")
# Words of an operation or of the question itself; and what people say for the words of titles.
_NEUTRAL = frozenset(
    """many number numbers total overall altogether percentage percent per cent share proportion increase increased
    decrease decreased grow grew growth rise rose change changed difference from between end year organization iom count
    headcount staff people there work working worked much employees employed senior up above over was were category
    categories grade grades level levels all represented""".split()
)


class SeriesEngine:
    """Answers questions to the tables by year.

    Args:
        document: The report.
    """

    def __init__(self, document: Document) -> None:
        self._tables = tuple(table for table in document.tables if _year_columns(table))

    def parse(self, question: str) -> TableQuery | None:
        """Return what a question asks of the tables by year, or ``None`` if it is not for them."""
        text = folded(question)
        years = sorted(set(_YEAR.findall(text)))
        if not years or len(years) > 2:
            return None
        found = [
            (score, table, row)
            for table in self._tables
            if all(year in _year_columns(table) for year in years)
            for row in table.rows
            if (score := _score(text, table, row)) is not None
        ]
        if not found:
            return None
        best = max(score for score, _, _ in found)
        winners = [(table, row) for score, table, row in found if score == best]
        if len(winners) != 1:
            return None
        table, row = winners[0]
        columns = _year_columns(table)
        slots = tuple(Slot(table, row, columns[year]) for year in years)
        if any(slot.cell.value is None for slot in slots):
            return None
        return _query(text, slots)


def _query(text: str, slots: tuple[Slot, ...]) -> TableQuery | None:
    subject = f"{slots[0].row.label} ({slots[0].table.title})"
    if len(slots) == 1:
        return None if _CHANGE.search(text) else TableQuery(Operation.CELL, slots, subject)
    if not _CHANGE.search(text) and "difference" not in text:
        return None
    if _PERCENT.search(text) and slots[0].cell.kind is CellKind.NUMBER and slots[0].cell.value:
        return TableQuery(Operation.PERCENT_CHANGE, slots, subject)
    return TableQuery(Operation.DIFFERENCE, slots, subject)


def _year_columns(table: Table) -> dict[str, int]:
    columns = {column.label: number for number, column in enumerate(table.columns) if _YEAR.fullmatch(column.label)}
    return columns if len(columns) >= 3 and len(columns) == len(table.columns) else {}


def _score(text: str, table: Table, row: Row) -> tuple[int, int, int, int] | None:
    """Return how well a row fits a question; ``None`` if it leaves a word unexplained or is of another kind.

    The row's own words found in the question count first, then the fewer others it has; then the same for the title.
    """
    women, men = bool(WOMEN.search(text)), bool(MEN.search(text))
    asked = {stem(word) for word in content_words(_YEAR.sub(" ", text)) if word not in _NEUTRAL}
    label = {stem(word) for word in content_words(folded(row.label))}
    title = {stem(word) for word in content_words(folded(table.title))}
    if asked - label - title or not asked:
        return None
    if women != men and not label & {stem("women"), stem("men")}:
        return None
    share_row = any(cell.kind in (CellKind.PERCENT, CellKind.CHANGE) for cell in row.cells)
    share_asked = bool(_SHARE.search(text)) and not _CHANGE.search(text)
    if share_row != share_asked:
        return None
    if {stem("women"), stem("men")} & label and not {stem("women"), stem("men")} & label & asked:
        return None
    return len(asked & label), -len(label - asked), len(asked & title), -len(title - asked)
