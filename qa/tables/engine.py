"""Understands a question about people by country, grade and sex, and answers it from the cells.

The engine answers only when it can account for every word of the question that carries meaning; otherwise it
leaves the question to the text. Countries make the rows; columns are found by heading and note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Document, Row, Table
from qa.followup import content_words
from qa.tables.countries import code_of, folded, mentioned
from qa.tables.query import Operation, Slot, TableQuery, TableRefusal
from qa.tables.series import SeriesEngine
from qa.tables.words import CATEGORY_WORDS, MEN, WOMEN, column_names, grades

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHARE = re.compile(r"\b(share|percentage|per ?cent|proportion|fraction|pourcentage|porcentaje)\b|%")
_DIFFERENCE = re.compile(r"\b(outnumber\w*|difference|how many more|more than|fewer than|exceed\w*|gap)\b")
_NONE = re.compile(r"\b(no|not a single|zero|none|without|nobody|no one|aucune?s?|ningun[oa]?s?)\b")
_MOST = re.compile(r"\b(most|largest|highest|biggest|top|greatest)\b")
_MEMBERS_ONLY = re.compile(r"\bmember states?\b")
_COUNT_ROWS = re.compile(
    r"\b(how many|for how many|number of|in how many)\b.*\b(countries|nationalities|states|members)\b"
)
_LIST_ROWS = re.compile(r"\b(which|what|list|name)\b.*\b(countries|nationality|nationalities|states|members|country)\b")
# Words that a question about such a table may have besides names, headings and operations.
_EXPECTED = frozenset(
    """
    here staff staffs employee employees people person persons national nationals nationality nationalities
    citizen citizens passport passports holder holders hold holding headcount colleague colleagues
    worker workers work works working employ employed employs serve serving iom oim organization count
    total overall altogether many number category categories grade grades level levels officer officers
    service member members state states country countries table annex sex gender combined together plus
    others other both types type all kinds among represented figure figures women woman men man female
    male females males show shows showing currently now end come comes coming from single post posts
    positions position hommes femmes mujeres hombres personnes personas personnel personal empleados
    empleadas employes combien cuantos cuantas trabajan travaillent nationalite outnumber outnumbered
    more fewer than share percentage percent cent per proportion difference between most largest highest
    biggest top zero none without one any give gives given list name which what
    """.split()
)


@dataclass(frozen=True)
class CountryTable:
    """A table whose rows are countries.

    Attributes:
        table: The table.
        rows: The rows by ISO code.
        total: The number of the total column.
        women: The number of the women's column, or ``None``.
        men: The number of the men's column, or ``None``.
    """

    table: Table
    rows: dict[str, Row]
    total: int
    women: int | None
    men: int | None


def country_tables(document: Document) -> tuple[CountryTable, ...]:
    """Return the tables of a report whose rows are mostly countries and that have a total column."""
    found = []
    for table in document.tables:
        rows = {code: row for row in table.rows if (code := code_of(row.label)) is not None}
        names = column_names(table)
        if len(rows) >= 0.6 * len(table.rows) and len(rows) > 3 and "total" in names:
            found.append(CountryTable(table, rows, names["total"], names.get("f"), names.get("m")))
    return tuple(found)


class TableEngine:
    """Answers questions to a report's tables by country.

    Args:
        document: The report.
    """

    def __init__(self, document: Document) -> None:
        self._year = document.metadata.year
        self._tables = country_tables(document)
        self._series = SeriesEngine(document)

    def parse(self, question: str) -> TableQuery | TableRefusal | None:
        """Return what a question asks of the tables, why they do not give it, or ``None`` if it is for the text."""
        by_year = self._series.parse(question)
        if by_year is not None:
            return by_year
        question = self._without_brackets(question)
        text = folded(question)
        countries = mentioned(_without_grades(question))
        chosen = self._chosen(text)
        asked_grades = [grade for grade in grades(text) if any(grade in column_names(t.table) for t in chosen)]
        if "ungraded" in text or "no grade" in text:
            asked_grades.append("ug")
        if not self._tables or not (countries or asked_grades or self._about_rows(text)):
            return None
        if self._unexplained(text, countries) or _names_a_place(text, countries):
            return None
        others = [year for year in _YEAR.findall(text) if int(year) != self._year]
        if others:
            return TableRefusal(f"the tables by nationality are for {self._year}, not {others[0]}")
        if countries:
            return self._by_country(text, countries, chosen, asked_grades)
        return self._by_rows(text, chosen) or self._column_sum(text, chosen, asked_grades)

    def _without_brackets(self, question: str) -> str:
        """Shorten a row's full label, such as "Bolivia (Plurinational State of)", to what stands before the bracket."""
        for found in self._tables:
            for row in found.rows.values():
                if "(" in row.label and row.label in question:
                    question = question.replace(row.label, row.label.split("(")[0].strip())
        return question

    def _chosen(self, text: str) -> tuple[CountryTable, ...]:
        """Return the tables of the categories that a question names; all where it names none or several."""
        named = [title for pattern, title in CATEGORY_WORDS if re.search(rf"\b(?:{pattern})\b", text)]
        chosen = [t for t in self._tables if any(title in folded(t.table.title) for title in named)]
        for grade in grades(text):
            with_grade = [t for t in self._tables if grade in column_names(t.table)]
            chosen = chosen or with_grade
        if _MEMBERS_ONLY.search(text) and not re.search(r"\b(non|others?|observer)\b", text):
            members = [
                t
                for t in (chosen or self._tables)
                if "member states" in folded(t.table.row_heading)[:60].split(",")[0]
                and "non" not in folded(t.table.row_heading)
            ]
            chosen = members or chosen
        return tuple(chosen) or self._tables

    def _about_rows(self, text: str) -> bool:
        return bool(
            (_COUNT_ROWS.search(text) or _LIST_ROWS.search(text)) and (_NONE.search(text) or _MOST.search(text))
        )

    def _unexplained(self, text: str, countries: tuple[tuple[str, frozenset[str]], ...]) -> list[str]:
        """Return the words of a question that neither names, headings nor operations account for."""
        rest = text
        for name, _ in countries:
            rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
        for pattern, _ in CATEGORY_WORDS:
            rest = re.sub(rf"\b(?:{pattern})\b", " ", rest)
        for grade in grades(text):
            rest = rest.replace(grade, " ")
        rest = re.sub(r"\b(ungraded|no grade|higher|gs|no|and)\b|\d{4}", " ", rest)
        return [word for word in content_words(rest) if word not in _EXPECTED and not word.isdigit()]

    def _by_country(
        self,
        text: str,
        countries: tuple[tuple[str, frozenset[str]], ...],
        chosen: tuple[CountryTable, ...],
        asked_grades: list[str],
    ) -> TableQuery | TableRefusal | None:
        women, men = bool(WOMEN.search(text)), bool(MEN.search(text))
        if asked_grades and (women or men):
            return TableRefusal("sex is given for each nationality in all, not for each grade")
        listed = {code for found in self._tables for code in found.rows}
        slots: list[Slot] = []
        for name, codes in countries:
            own = codes & listed
            if len(own) != 1:
                reason = f"no table lists {name.title()}" if not own else f"{name.title()} may mean several countries"
                return TableRefusal(reason)
            (code,) = own
            slots.extend(self._cells(code, chosen, asked_grades, women, men))
        if not slots:
            return TableRefusal("no table has that row and column")
        subject = " and ".join(dict.fromkeys(slot.row.label for slot in slots))
        if _SHARE.search(text):
            return self._share(slots, subject) if women != men and len(countries) == 1 else None
        if _DIFFERENCE.search(text):
            return TableQuery(Operation.DIFFERENCE, tuple(slots), subject) if len(slots) == 2 else None
        if len(countries) > 1 and not re.search(r"\b(total|together|combined|altogether|sum)\b", text):
            return None
        return TableQuery(Operation.CELL if len(slots) == 1 else Operation.SUM, tuple(slots), subject)

    def _cells(
        self, code: str, chosen: tuple[CountryTable, ...], asked: list[str], women: bool, men: bool
    ) -> list[Slot]:
        slots: list[Slot] = []
        for found in chosen:
            row = found.rows.get(code)
            if row is None:
                continue
            names = column_names(found.table)
            columns = [names[grade] for grade in asked if grade in names]
            if not asked:
                sexes = [
                    number
                    for wanted, number in ((men, found.men), (women, found.women))
                    if wanted and number is not None
                ]
                columns = sexes or [found.total]
            slots.extend(Slot(found.table, row, column) for column in columns)
        return slots

    def _share(self, slots: list[Slot], subject: str) -> TableQuery:
        totals = []
        for slot in slots:
            found = next(table for table in self._tables if table.table is slot.table)
            totals.append(Slot(slot.table, slot.row, found.total))
        return TableQuery(Operation.SHARE, (*slots, *totals), subject)

    def _by_rows(self, text: str, chosen: tuple[CountryTable, ...]) -> TableQuery | None:
        """Return a query for rows: who has none, who has the most."""
        labels = {folded(found.table.title) for found in chosen}
        if len(labels) != 1 or not self._about_rows(text):
            return None
        slots = [Slot(found.table, row, found.total) for found in chosen for row in found.rows.values()]
        if _NONE.search(text):
            empty = tuple(slot for slot in slots if not slot.cell.value)
            counted = bool(_COUNT_ROWS.search(text))
            return TableQuery(Operation.COUNT_ROWS if counted else Operation.LIST_ROWS, empty, "no staff")
        if _MOST.search(text) and not grades(text) and not WOMEN.search(text) and not MEN.search(text):
            best = max(slots, key=lambda slot: (slot.cell.value or 0.0, slot.row.label))
            return TableQuery(Operation.MAXIMUM, (best,), best.row.label)
        return None

    def _column_sum(self, text: str, chosen: tuple[CountryTable, ...], asked: list[str]) -> TableQuery | None:
        """Return the sum of a grade over all rows; printed totals are left aside, since some are garbled."""
        if len(asked) != 1 or WOMEN.search(text) or MEN.search(text):
            return None
        slots: list[Slot] = []
        for found in chosen:
            names = column_names(found.table)
            if asked[0] in names:
                column = names[asked[0]]
                slots.extend(Slot(found.table, row, column) for row in found.table.rows if not row.is_total)
        if len({folded(slot.table.title) for slot in slots}) != 1:
            return None
        heading = slots[0].column_label
        return TableQuery(Operation.SUM, tuple(slot for slot in slots if slot.cell.value), heading)


def _names_a_place(text: str, countries: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    """Whether a country is where something happens ("staff in Peru"), not where somebody comes from."""
    return any(
        re.search(rf"\b(?:in|inside|within|en|au|aux)(?: the| el| la)? {re.escape(name)}\b", text)
        for name, _ in countries
    )


def _without_grades(question: str) -> str:
    return re.sub(r"\b[A-Z]{1,2}-?[A-D\d]\b", " ", question)
