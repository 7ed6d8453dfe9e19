"""The first reading of a report: each line's kind and place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.text import without_emphasis

_HEADING = re.compile(r"(#{1,6})\s+(.*\S)\s*$")
_BOLD_LINE = re.compile(r"\*\*(.+?)\*\*\s*$")
_FOOTNOTE = re.compile(r"<sup>(\d+)</sup>\s*\S")
_NUMBERED = re.compile(r"(\d+)\.\s+\S")
_RULE = re.compile(r"(-{3,}|\*{3,}|_{3,})\s*$")


class LineKind(StrEnum):
    """What a line is, as far as the line alone tells."""

    BLANK = "blank"
    HEADING = "heading"
    BOLD = "bold"
    FOOTNOTE = "footnote"
    NUMBERED = "numbered"
    TABLE = "table"
    RULE = "rule"
    TEXT = "text"


@dataclass(frozen=True)
class Line:
    """One line of the file.

    Attributes:
        number: The line's number, from 1.
        start: Offset of its first character.
        end: Offset after its last character, the line break left out.
        kind: What it is.
        text: The line, or a heading's or bold line's words without marks.
        level: A heading's level as written; 0 otherwise.
        ordinal: The number of a numbered paragraph or footnote; 0 otherwise.
    """

    number: int
    start: int
    end: int
    kind: LineKind
    text: str
    level: int = 0
    ordinal: int = 0


def read_lines(source: str) -> tuple[Line, ...]:
    """Return the lines of a report's file, each with its kind."""
    return tuple(_lines(source))


def _lines(source: str) -> Iterable[Line]:
    start = 0
    for number, raw in enumerate(source.split("\n"), start=1):
        yield _line(number, start, raw.rstrip("\r"))
        start += len(raw) + 1


def _line(number: int, start: int, raw: str) -> Line:
    end = start + len(raw)
    if not raw.strip():
        return Line(number, start, end, LineKind.BLANK, "")
    if match := _HEADING.match(raw):
        return Line(number, start, end, LineKind.HEADING, without_emphasis(match[2]), level=len(match[1]))
    if "\t" in raw:
        return Line(number, start, end, LineKind.TABLE, raw)
    if _RULE.match(raw):
        return Line(number, start, end, LineKind.RULE, raw)
    if match := _FOOTNOTE.match(raw):
        return Line(number, start, end, LineKind.FOOTNOTE, raw, ordinal=int(match[1]))
    if match := _NUMBERED.match(raw):
        return Line(number, start, end, LineKind.NUMBERED, raw, ordinal=int(match[1]))
    if match := _BOLD_LINE.match(raw):
        return Line(number, start, end, LineKind.BOLD, without_emphasis(match[1]))
    return Line(number, start, end, LineKind.TEXT, raw)
