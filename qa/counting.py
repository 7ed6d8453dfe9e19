"""What a "how many" question counts, and whether a sentence counts the same things."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.words import content_stems, stem, words

_COUNTED = re.compile(
    r"\b(?:how many|how man+y|(?:total )?number of|count of)\s+(?:of (?:the|our|its)\s+)?(.+?)"
    r"(?=\b(?:did|do|does|is|are|was|were|have|has|had|can|could|will|would|who|that|which|took|take|received|"
    r"got|get|came|come|in|at|on|by|from|with|for|to|during|among|under|through|through|as|per|work|hold)\b|[?,;:.]|$)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<![\w-])(?:\d[\d,. ]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundreds?|thousands?|dozens?|"
    r"millions?|billions?)\b(?![-–]\w|(?: per cent|%))",
    re.IGNORECASE,
)
# "The top five countries" counts none.
_RANKED = re.compile(r"\b(?:top|first|last|next|biggest|largest)\s+$", re.IGNORECASE)
_AFTER, _BEFORE = 7, 4
# Words for people in general, and for people of some kind: who asks for people may be told of any of these.
_PEOPLE = frozenset(stem(word) for word in "people person persons individual individuals human humans".split())
_KINDS_OF_PEOPLE = _PEOPLE | frozenset(
    stem(word)
    for word in """beneficiary beneficiaries man men woman women child children girl girls boy boys migrant migrants
    refugee refugees participant participants worker workers member members staff employee employees personnel attendee
    attendees student students resident residents inhabitant inhabitants user users victim victims survivor survivors
    returnee returnees visitor visitors population life lives soldier soldiers official officials trainee
    trainees""".split()
)


@lru_cache(maxsize=4096)
def counted_stems(question: str) -> tuple[str, ...]:
    """Return the stems of what a question asks the number of; none if it asks no number in English."""
    match = _COUNTED.search(question)
    return content_stems(" ".join(words(match[1])[:5])) if match else ()


def counts_same(counted: tuple[str, ...], sentence: str) -> float:
    """Return how well a figure of a sentence counts what is asked for, from 0 to 1.

    The words after a figure count fully, the words before it by half; the last word asked for, its head, by half of
    all.
    """
    if not counted:
        return 0.0
    best = 0.0
    for match in _FIGURE.finditer(sentence):
        if _RANKED.search(sentence[: match.start()]):
            continue
        after = frozenset(stem(word) for word in words(sentence[match.end() : match.end() + 90])[:_AFTER])
        before = frozenset(
            stem(word) for word in words(sentence[max(0, match.start() - 60) : match.start()])[-_BEFORE:]
        )
        best = max(best, _share(counted, after), 0.5 * _share(counted, before))
    return best


def _share(counted: tuple[str, ...], present: frozenset[str]) -> float:
    *rest, head = counted
    named = _names(head, present)
    if not rest:
        return float(named)
    return 0.5 * named + 0.5 * sum(_names(word, present) for word in rest) / len(rest)


def _names(word: str, present: frozenset[str]) -> bool:
    return word in present or (word in _PEOPLE and bool(present & _KINDS_OF_PEOPLE))
