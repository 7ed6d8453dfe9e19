"""Tables whose rows and columns have names, and questions to them, taken apart into comparable words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import CellKind, Row, Table
from corpus.words import stem
from qa.countries import folded
from qa.followup import content_words
from qa.tables.words import CATEGORY_WORDS, MEN, STAFF, WOMEN

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RANGE = re.compile(
    r"\b((?:19|20)\d\d) ?(?:to|through|until|–|—|-|hasta|a)? ?((?:19|20)\d\d)\b|"
    r"\b(?:between|from|entre|de) ((?:19|20)\d\d) (?:and|et|y|to|a) ((?:19|20)\d\d)\b"
)
CODE = re.compile(r"\b(no|[a-z]) ?([a-d]|\d)\b")
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
_PEOPLE = re.compile(r"\b(?:people|persons)\b")


@dataclass(frozen=True)
class LabelledRow:
    """A row with what identifies it."""

    row: Row
    stems: frozenset[str]
    years: frozenset[str]
    kind: CellKind
    is_total: bool


@dataclass(frozen=True)
class LabelledTable:
    """A table with what identifies its rows and columns."""

    table: Table
    lines: tuple[LabelledRow, ...]
    heads: tuple[frozenset[str], ...]
    years: tuple[frozenset[str], ...]
    title: frozenset[str]
    year: str | None

    def columns_of(self, year: str) -> list[int]:
        """Return the columns of a year; those that compare it with another only where it has none of its own."""
        found = [number for number, years in enumerate(self.years) if year in years]
        return [number for number in found if len(self.years[number]) == 1] or found


@dataclass(frozen=True)
class Asked:
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


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that can tell rows, columns and tables apart."""
    joined = CODE.sub(r"\1\2", canonical(text))
    return frozenset(
        stem(word)
        for word in re.findall(r"[^\W_]+", joined)
        if word not in _NEUTRAL and content_words(word) and not YEAR.fullmatch(word)
    )


def asked_of(question: str) -> Asked:
    """Return a question taken apart."""
    text = canonical(question)
    if re.search(r"\bsenior\b", text):
        text = re.sub(r"\bsenior\b", " " if CODE.search(text) else "p 5 and higher", text)
    text = re.sub(r"\b([a-z] \d) (?:and|or) (?:up|above|over|more)\b", r"\1 and higher", text)
    years = tuple(dict.fromkeys(YEAR.findall(text)))
    spanned = years
    for match in _RANGE.finditer(text):
        first, last = sorted((int(match[1] or match[3]), int(match[2] or match[4])))
        if first < last:
            spanned = tuple(str(year) for year in range(first, last + 1))
    return Asked(text, stems_of(text), years, spanned)


def labelled_table(table: Table) -> LabelledTable:
    """Return a table with what identifies its rows and columns; rows that only head others are left out."""
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
        lines.append(LabelledRow(row, stems_of(label), frozenset(YEAR.findall(row.label)), kind, row.is_total))
    heading = YEAR.search(table.row_heading)
    return LabelledTable(
        table,
        tuple(lines),
        tuple(stems_of(name) for name in names),
        tuple(frozenset(YEAR.findall(name)) for name in names),
        stems_of(f"{table.title} {table.row_heading}"),
        heading.group() if heading else None,
    )
