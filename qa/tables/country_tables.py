"""Tables of people by country, and what a phrase picks of them: tables, columns, one sex."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Document, Row, Table
from qa.countries import code_of, folded
from qa.tables.words import CATEGORY_WORDS, column_names


@dataclass(frozen=True)
class CountryTable:
    """A table whose rows are countries.

    Attributes:
        table: The table.
        rows: The rows by ISO code.
        total: The number of the total column.
        women: The number of the women's column, or ``None``.
        men: The number of the men's column, or ``None``.
        members: Whether the rows are member States.
    """

    table: Table
    rows: dict[str, Row]
    total: int
    women: int | None
    men: int | None
    members: bool


def country_tables(document: Document) -> tuple[CountryTable, ...]:
    """Return the tables of a report whose rows are mostly countries and that have a total column."""
    found = []
    for table in document.tables:
        rows = {code: row for row in table.rows if (code := code_of(row.label)) is not None}
        names = column_names(table)
        if len(rows) >= 0.6 * len(table.rows) and len(rows) > 3 and "total" in names:
            heading = folded(table.row_heading)
            members = not re.search(r"\b(?:non|observer)\b", heading)
            found.append(CountryTable(table, rows, names["total"], names.get("f"), names.get("m"), members))
    return tuple(found)


@dataclass(frozen=True)
class Selection:
    """Which cells a phrase of a question picks in every row.

    Attributes:
        tables: The tables of the categories named; all tables where none is.
        columns: The columns picked in each of them, or ``None`` for their totals.
        women: Whether women are named.
        men: Whether men are named.
        named: Whether a category is named.
        rest: The phrase without the words that named columns.
    """

    tables: tuple[CountryTable, ...]
    columns: dict[int, tuple[int, ...]] | None
    women: bool
    men: bool
    named: bool
    rest: str

    @property
    def one_sex(self) -> bool:
        """Whether exactly one sex is named."""
        return self.women != self.men

    @property
    def bounded(self) -> bool:
        """Whether the phrase picks less than all staff of the tables."""
        return self.columns is not None or self.one_sex


def plain_categories(question: str) -> str:
    """Return a question folded, each category named by one everyday word, so that no "and" stands inside a name."""
    spelled_out = re.sub(r"\bNOs?\b(?!-)", "national officers", re.sub(r"\bGS\b", "general service", question))
    text = folded(spelled_out)
    for (pattern, _), word in zip(CATEGORY_WORDS, ("local staff", "internationals"), strict=True):
        text = re.sub(rf"\b(?:{pattern})(?: staff)?\b", word, text)
    return text


def described(picked: Selection) -> str:
    """Return what a selection picks, in words: columns or sex, and the tables' places."""
    heads: list[str] = []
    if picked.columns is not None:
        for found in picked.tables:
            heads += [found.table.columns[column].label for column in picked.columns.get(id(found.table), ())]
    elif picked.one_sex:
        heads = ["women" if picked.women else "men"]
    places = list(dict.fromkeys(found.table.label for found in picked.tables))
    what = ", ".join(dict.fromkeys(heads)) or "staff"
    return f"{what} in {' and '.join(places)}"
