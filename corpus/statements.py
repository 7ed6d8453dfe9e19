"""Figures as the text states them: value, kind, what they count, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.currencies import CODES, SIGNS
from corpus.document import Block, BlockKind, CellKind, Document, Table
from corpus.sentences import split_sentences
from corpus.text import plain
from corpus.words import content_stems
from corpus.years import YEAR

_FIGURE = re.compile(
    rf"(?P<currency>\b(?:{CODES})\b|{SIGNS})?\s?(?<![\w.,/-])"
    r"(?P<number>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w-]*[A-Za-z]|[/\d])"
    r"\s?(?P<scale>thousand|million|billion)?\s?(?P<share>per cent|percent|%)?"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"^\s*(?:and \d+ )?(?:{_MONTHS})")
_IN_A_NAME = re.compile(
    rf"(?:\b(?:{_MONTHS}|Box|Annex|Table|[Pp]aragraphs?|para\.|Objectives?|Goals?|[Rr]esolution|Article|No\.|Phase)|"
    r"[–-])\s*$"
)
_ROUGH = re.compile(
    r"\b(?:over|more than|less than|fewer than|nearly|almost|about|around|approximately|roughly|some|up to|at least|"
    r"under|close to|an estimated)\s*$",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_CLAUSE = re.compile(r"[.;:()]")
# What a figure counts ends with its clause or where the next figure begins.
_COUNTED = re.compile(r"[.;:()]|(?<![\w-])\d")
_BEFORE, _AFTER, _UNIT = 14, 8, 5
_PROSE = (BlockKind.PARAGRAPH, BlockKind.BOX, BlockKind.FOREWORD, BlockKind.FOOTNOTE)


class FigureKind(StrEnum):
    """What sort of figure it is; only figures of one sort can contradict each other."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"


@dataclass(frozen=True)
class Statement:
    """A figure in its sentence, or in its table cell.

    Attributes:
        ref: The place.
        label: What a person reads for the place.
        text: The sentence, or the row as it stands.
        start: Offset of the text in the report's source.
        end: Offset after it.
        figure: The figure as printed, with its unit.
        value: The number, scale words applied.
        kind: What sort of figure it is.
        unit: Stems of the words after the figure: what is counted.
        about: Stems of the words around the figure in its clause, those of the unit among them.
        years: The years that the sentence names.
        rough: Whether the sentence gives it as a bound or an estimate ("over 500").
        from_table: Whether it is a table cell.
    """

    ref: str
    label: str
    text: str
    start: int
    end: int
    figure: str
    value: float
    kind: FigureKind
    unit: frozenset[str]
    about: frozenset[str]
    years: frozenset[str]
    rough: bool = False
    from_table: bool = False

    @property
    def precision(self) -> int:
        """How many digits the figure is given with, zeros at the end left out."""
        return len(re.sub(r"\D", "", self.figure).strip("0"))


def statements(document: Document) -> tuple[Statement, ...]:
    """Return the figures that the text and the tables with named rows state, in reading order."""
    found: list[Statement] = []
    for block in document.blocks:
        if block.kind in _PROSE:
            found.extend(_in_block(block))
    for table in document.tables:
        found.extend(_in_table(table))
    return tuple(found)


@dataclass(frozen=True)
class Figure:
    """A figure in a sentence.

    Attributes:
        start: Offset of the figure in the sentence.
        end: Offset after it.
        text: The figure as printed, with its currency, scale word and per cent sign.
        value: The number, scale words applied.
        kind: What sort of figure it is.
        unit: Stems of the words after it: what is counted.
        about: Stems of the words around it in its clause, those of the unit among them.
        rough: Whether it is given as a bound or an estimate.
    """

    start: int
    end: int
    text: str
    value: float
    kind: FigureKind
    unit: frozenset[str]
    about: frozenset[str]
    rough: bool


def figures_in(sentence: str) -> Iterator[Figure]:
    """Yield the figures of a sentence in order; years, dates and numbers in names are none."""
    for match in _FIGURE.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _is_no_quantity(match, before, after):
            continue
        kind = FigureKind.MONEY if match["currency"] else FigureKind.SHARE if match["share"] else FigureKind.COUNT
        value = float(re.sub(r"[^\d.]", "", match["number"])) * _SCALES.get(match["scale"] or "", 1.0)
        near = _COUNTED.split(after)[0].split()[:_AFTER]
        ahead = _CLAUSE.split(before)[-1].split()[-_BEFORE:]
        unit = _stems(" ".join(near[:_UNIT]))
        about = unit | _stems(" ".join(near)) | _stems(" ".join(ahead))
        text = match.group().strip()
        start = match.start() + match.group().index(text)
        rough = bool(_ROUGH.search(before))
        yield Figure(start, start + len(text), text, value, kind, unit, about, rough)


def _in_block(block: Block) -> Iterator[Statement]:
    for first, last in split_sentences(block.text):
        start, end = block.textmap.to_source(first, last)
        text = plain(block.text[first:last])
        years = frozenset(YEAR.findall(text))
        for found in figures_in(text):
            yield Statement(
                block.ref, block.label, text, start, end, found.text, found.value, found.kind, found.unit,
                found.about, years, found.rough,
            )  # fmt: skip


def _is_no_quantity(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number is a year, a date or part of a name."""
    bare = not (match["currency"] or match["share"] or match["scale"])
    if bare and YEAR.fullmatch(match["number"]):
        return True
    return bare and bool(_DATE.match(after) or _IN_A_NAME.search(before))


def _in_table(table: Table) -> Iterator[Statement]:
    """Yield the cells of a table by year, each with its row, title and year for words."""
    if not all(YEAR.fullmatch(column.label) for column in table.columns):
        return
    for row in table.rows:
        about = _stems(f"{table.title} {row.label}")
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.kind is CellKind.NUMBER and cell.value:
                years = frozenset({column.label})
                yield Statement(
                    table.ref, table.label, row.text, row.start, row.end, cell.text, cell.value, FigureKind.COUNT,
                    _stems(row.label), about, years, from_table=True,
                )  # fmt: skip


def _stems(text: str) -> frozenset[str]:
    return frozenset(found for found in content_stems(text) if not found[0].isdigit() and len(found) > 1)
