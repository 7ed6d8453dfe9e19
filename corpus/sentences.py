"""Where sentences begin and end."""

from __future__ import annotations

import re

_BREAK = re.compile(r"\n\s*\n")
# A full stop, question or exclamation mark with its closing marks, white space, and what can begin a sentence.
_BOUNDARY = re.compile(
    r"(?<=[.!?…])(?P<close>[\"”’')\]]*(?:<sup>[^<]*</sup>|\[\d+\])*)(?P<space>\s+)(?=[\"“‘'(\[<]*(?:[A-Z0-9À-Þ]))"
)
# Words with a full stop that no sentence ends with; those in the second set are followed by a name or a number.
_ABBREVIATIONS = frozenset(
    """
    e.g i.e cf vs mr mrs ms dr prof st sr jr gen col lt sgt rev hon no nos art arts para paras fig figs
    vol ed eds p pp op cit ca approx dept univ u.s u.k u.n d.c et al inc ltd co corp
    """.split()
)
_ENDS_TOO = frozenset(
    """
    u.s u.k u.n d.c inc ltd co corp al
    """.split()
)
_INITIAL = re.compile(r"(?:^|[\s(.])[A-Z]$")
_LAST_WORD = re.compile(r"([\w.]+)$")
_STARTERS = frozenset(
    """
    the a an in on at it this these those however for as by with from i we he she they
    """.split()
)


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of each sentence, in order; together they cover every word of the text.

    A blank line ends a sentence; abbreviations ("Mr.", "No. 1266"), initials ("Amy E. Pope") and decimal points
    do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop, resume in [
        *((match.start(), match.end()) for match in _BREAK.finditer(text)),
        (len(text), len(text)),
    ]:
        spans.extend(_within(text, start, stop))
        start = resume
    return tuple(spans)


def _within(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph."""
    spans: list[tuple[int, int]] = []
    for match in _BOUNDARY.finditer(text, start, stop):
        if match.end() >= stop or not _is_boundary(text, start, match):
            continue
        spans.append((start, match.start("space")))
        start = match.end("space")
    spans.append((start, stop))
    trimmed = (_trimmed(text, *span) for span in spans)
    return [(begin, end) for begin, end in trimmed if begin < end]


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[start : match.start()]
    if not before.endswith("."):
        return True
    word = _LAST_WORD.search(before[:-1])
    last = word[1].lower() if word else ""
    following = text[match.end() : match.end() + 20].split(" ")[0].strip("(\"“'").lower()
    if last in _ABBREVIATIONS:
        return last in _ENDS_TOO and following in _STARTERS
    return not (_INITIAL.search(before[:-1]) and following not in _STARTERS)


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop
