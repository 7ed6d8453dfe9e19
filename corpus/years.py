"""Calendar years in texts: which are named, and which a text is about."""

from __future__ import annotations

import re

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "The Strategic Plan 2024–2028".
SPAN = re.compile(r"\b((?:19|20)\d\d) ?[–-] ?((?:19|20)\d\d)\b")
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|from|than(?: in)?|over|since|against|on) (?:19|20)\d\d\b"
    r"(?!\s*(?:to\b|[–-]\s*\d|until\b))",
    re.IGNORECASE,
)
# "against 19 the year before", "18 in the previous year", not "a tenth more than the year before".
_YEAR_BEFORE = re.compile(
    r"\d[\d.,]*(?:\s(?!than|over|on|from|compared|to|with)\w+){0,6} (?:in )?"
    r"the (?:year before|(?:previous|preceding|prior) year)\b",
    re.IGNORECASE,
)


def without_compared(text: str) -> str:
    """Return a text without the years that it only compares with: "an increase from 2022" is about another year."""
    return _COMPARED.sub(" ", text)


def years_told(text: str) -> frozenset[str]:
    """Return the years that a text is about: all that it names or spans, but for those it only compares with."""
    bare = without_compared(text)
    spanned = (str(year) for first, last in SPAN.findall(bare) for year in range(int(first), int(last) + 1))
    return frozenset((*YEAR.findall(bare), *spanned))


def tells_year_before(text: str) -> bool:
    """Return whether a text gives a figure of "the year before"."""
    return bool(_YEAR_BEFORE.search(text))
