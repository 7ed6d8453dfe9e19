"""Marks the short value in a sentence that answers a question: a figure, a date, a name."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.currencies import CODES
from corpus.statements import Figure, FigureKind, figures_in
from corpus.words import content_stems, words
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
_CURRENCIES = frozenset(CODES.split("|"))
_COMPARED = re.compile(rf"\b(?:compared (?:to|with)|than in|against|versus|vs\.?) ({_YEAR})\b", re.IGNORECASE)
# What a figure counts mostly follows it at once.
_NEXT_WORDS = 2
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_OF_ALL = re.compile(r"\s+(?:out )?of (?:the |its |our |their |all )*", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|est-ce que|existe|hay)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z][\w’'&-]*(?: (?:(?:of|for|the|de|du|la|on|in) )*(?:[A-Z][\w’'&-]*|\([A-Z][\w-]*\)))*")


def short_value(query: Query, sentence: str) -> tuple[int, int] | None:
    """Return the offsets of the short value that answers a question in a sentence, or ``None``.

    Of several figures the one counts whose words are most of the question's; of several dates or names none is
    chosen unless all but one are in the question itself.

    Args:
        query: The question, understood.
        sentence: The sentence that answers, without markup.
    """
    if _YES_OR_NO.match(query.text):
        return None
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
    free = _parts_first([figure for figure in figures if re.sub(r"\D", "", figure.text) not in named], sentence)
    dated = {found: _year_of(found, sentence) for found in free}
    latest = max((year for year in dated.values() if year), default="")
    # "compared to 2022" asks for the figure of the other year.
    asked = tuple(year for year in query.years if year not in _COMPARED.findall(query.text)) or (latest,)

    def fit(found: Figure) -> tuple[bool, bool, int, int, int, int]:
        # A figure of another year is the worst choice; one without a year may be of any.
        right_year = not dated[found] or dated[found] in asked
        counted = frozenset(content_stems(" ".join(words(sentence[found.end :])[:_NEXT_WORDS])))
        # What stands in brackets is a part of the figure before it.
        return (
            right_year,
            not _bracketed(found, sentence),
            len(counted & terms),
            len(found.unit & terms),
            len(found.about & terms),
            -found.start,
        )

    ranked = sorted(free, key=fit, reverse=True)
    # Two figures that fit alike but for their place leave it open which one was meant.
    if not ranked or not fit(ranked[0])[0]:
        return None
    if len(ranked) > 1 and fit(ranked[0])[:-1] == fit(ranked[1])[:-1]:
        return None
    return ranked[0]


def _bracketed(figure: Figure, sentence: str) -> bool:
    return sentence.count("(", 0, figure.start) > sentence.count(")", 0, figure.start)


def _parts_first(figures: list[Figure], sentence: str) -> list[Figure]:
    """Return the figures with "106 of the 186 members" read as 106 members."""
    found: list[Figure] = []
    for figure in figures:
        if found and _OF_ALL.fullmatch(sentence[found[-1].end : figure.start]):
            found[-1] = replace(found[-1], unit=found[-1].unit | figure.unit, about=found[-1].about | figure.about)
        else:
            found.append(figure)
    return found


def _year_of(figure: Figure, sentence: str) -> str:
    """Return the year that a sentence gives a figure for: the one right after it, else the last before it."""
    rest = sentence[figure.end :]
    after = _IN_YEAR.match(rest if _bracketed(figure, sentence) else _BRACKETS.sub("", rest))
    if after:
        return after[1]
    before = _CALENDAR_YEAR.findall(_COMPARED.sub(" ", sentence[: figure.start]))
    return before[-1] if before else ""


def _only(query: Query, sentence: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Return the one match that neither the question nor half the report has."""
    asked = set(content_stems(query.text)) | query.common_names
    found = [
        match.span()
        for match in pattern.finditer(sentence)
        # A capital at the start of the sentence names nothing unless more capitals follow; a currency is no name.
        if match.group() not in _CURRENCIES
        and (match.start() or " " in match.group())
        and not set(content_stems(match.group())) <= asked
    ]
    return found[0] if len(found) == 1 else None
