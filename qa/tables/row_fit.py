"""Whether a question means a row of a table: by the words that set rows apart, and the kind of its figures."""

from __future__ import annotations

import re

from corpus.document import CellKind
from corpus.words import stem
from qa.countries import folded
from qa.tables.labels import Asked, LabelledRow, LabelledTable, stems_of
from qa.tables.words import CHANGE, POINTS, SHARE

# Words that a title or a label may bear out, but need not.
SOFT = frozenset(
    stem(word) for word in "staff employees employee workforce personnel category categories end start total".split()
)
_SEXES = frozenset({"women", "men"})
_SCOPES = frozenset(stem(word) for word in ("professional", "general"))
_CODE_STEM = re.compile(r"[a-z]{1,2}\d")
# "the change in the percentage of women", unlike "the percentage change in the number of women".
_OF_SHARE = re.compile(rf"{CHANGE.pattern}[^.?]{{0,30}}? (?:{SHARE.pattern})(?: of|(?<= of))\b")


def names_row(grid: LabelledTable, line: LabelledRow, hard: frozenset[str], used: frozenset[str]) -> bool:
    """Whether a question's words pick a row: all words that set rows apart, and the people the title is about."""
    labels = [other.stems for other in grid.lines]
    telling = frozenset().union(*labels) - frozenset.intersection(*labels)
    default = line.is_total and not line.stems - SOFT - hard
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


def of_kind(line: LabelledRow, asked: Asked) -> bool:
    """Whether a row gives the kind of figure asked for: a count, or a share or its change."""
    if line.kind is CellKind.CHANGE and not CHANGE.search(asked.text):
        return False
    return (line.kind is CellKind.NUMBER) == (kind_asked(asked.text) is CellKind.NUMBER)


def kind_asked(text: str) -> CellKind:
    """Return the kind of figure that a question asks for."""
    if POINTS.search(text) or _OF_SHARE.search(text) or (SHARE.search(text) and not CHANGE.search(text)):
        return CellKind.PERCENT
    return CellKind.NUMBER


def _whole_conjunction(label: str, stems: frozenset[str]) -> bool:
    """Whether a question that names one half of a label "A and B" also names the other."""
    halves = [stems_of(half) - SOFT for half in re.split(r"\band\b", folded(label))]
    named = [bool(half & stems) for half in halves if half]
    return not any(named) or all(named)
