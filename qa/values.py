"""Marks the short value in a sentence that answers a question: a figure, a date, a name."""

from __future__ import annotations

import re

from corpus.statements import Figure, FigureKind, figures_in
from corpus.words import content_stems
from qa.understand import Query
from qa.wanted import Wanted

_KINDS = {
    Wanted.COUNT: (FigureKind.COUNT,),
    Wanted.MONEY: (FigureKind.MONEY,),
    Wanted.SHARE: (FigureKind.SHARE,),
    Wanted.QUANTITY: tuple(FigureKind),
}
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_YEAR = r"(?:19|20)\d\d"
_DATES = re.compile(
    rf"\b(?:\d{{1,2}}(?:(?:[–-]| (?:and|to) )\d{{1,2}})? {_MONTH}(?:,? {_YEAR})?|{_MONTH} \d{{1,2}}(?:,? {_YEAR})?|"
    rf"{_MONTH},? {_YEAR}|{_YEAR}(?:[–-](?:{_YEAR}|\d\d))?|{_MONTH})\b"
)
_CALENDAR_YEAR = re.compile(rf"\b{_YEAR}\b")
# "503,052 in 2022", "33.2 million received in 2022"; no other clause or figure between.
_IN_YEAR = re.compile(rf"[^\d;,.]{{0,30}}?\b(?:in|of|for|during) ({_YEAR})\b")
_NAME = re.compile(r"\b[A-Z][\w’'&-]*(?: (?:(?:of|for|the|de|du|la|on|in) )*(?:[A-Z][\w’'&-]*|\([A-Z][\w-]*\)))*")


def short_value(query: Query, sentence: str) -> tuple[int, int] | None:
    """Return the offsets of the short value that answers a question in a sentence, or ``None``.

    Of several figures the one counts whose words are most of the question's; of several dates or names none is
    chosen unless all but one are in the question itself.

    Args:
        query: The question, understood.
        sentence: The sentence that answers, without markup.
    """
    for wanted in query.wanted:
        if wanted in _KINDS:
            figure = _best_figure(query, sentence, [f for f in figures_in(sentence) if f.kind in _KINDS[wanted]])
            if figure is not None:
                return figure.start, figure.end
        elif wanted is Wanted.DATE:
            return _only(query, sentence, _DATES)
        elif wanted in (Wanted.PERSON, Wanted.PLACE):
            return _only(query, sentence, _NAME)
    return None


def _best_figure(query: Query, sentence: str, figures: list[Figure]) -> Figure | None:
    terms = frozenset(query.terms)
    named = {re.sub(r"\D", "", figure) for figure in query.figures}
    free = [figure for figure in figures if re.sub(r"\D", "", figure.text) not in named]
    dated = {found: _year_of(found, sentence) for found in free}
    latest = max((year for year in dated.values() if year), default="")
    asked = query.years or (latest,)

    def fit(found: Figure) -> tuple[bool, int, int, int]:
        # A figure of another year is the worst choice; one without a year may be of any.
        right_year = not dated[found] or dated[found] in asked
        return right_year, len(found.unit & terms), len(found.about & terms), -found.start

    return max(free, key=fit, default=None)


def _year_of(figure: Figure, sentence: str) -> str:
    """Return the year that a sentence gives a figure for: the one right after it, else the last before it."""
    after = _IN_YEAR.match(sentence[figure.end :])
    if after:
        return after[1]
    before = _CALENDAR_YEAR.findall(sentence[: figure.start])
    return before[-1] if before else ""


def _only(query: Query, sentence: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Return the one match that the question does not have itself."""
    asked = set(content_stems(query.text))
    found = [
        match.span()
        for match in pattern.finditer(sentence)
        # A capital at the start of the sentence names nothing unless more capitals follow.
        if (match.start() or " " in match.group()) and not set(content_stems(match.group())) <= asked
    ]
    return found[0] if len(found) == 1 else None
