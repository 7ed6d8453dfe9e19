"""Acronyms that the report never writes, read as the words that it does: "CBI" for "cash-based interventions".

People at work shorten what they deal with every day, whether or not the report does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from corpus.stopwords import STOPWORDS

_PLURAL_OR_OWNER = re.compile(r"(?:['’]?s|['’])$")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]*[A-Z]")
# "McDonald" has one capital inside, "DoA" begins and ends with one.
_MOST_SMALL = 1
_SHORTEST, _LONGEST = 2, 8
# Between two words of a name: "of", "and the"; in a list of adjectives a comma too.
_JOINT = r"(?:-| (?:(?:of|for|to|on|the|and) ){0,2})"
# What an occurrence counts: of a name in capitals, of a set phrase, of others 1. "Humanitarian needs overviews" is such
# a phrase though it stands there once, "impede regular contact" is none.
_NAMED, _REPEATED = 4, 2
# Two letters stand in many rows of words: those meant are frequent, and clearly more frequent than any other.
_OFTEN, _CLEARLY = 6, 1.25
_SHORT_WORD = 3
_WELL_KNOWN = 3
# Letters from which on one may stand inside a word ("psychosocial") or a word may have none ("Safe, Orderly and ...").
_LONG, _SOME = 5, 3
_WORD = re.compile(r"[^\W_]+")
_NAME_WORD = r"[A-Z][\w’'-]*"
_GOES_ON = re.compile(rf"[ -]{_NAME_WORD}")
_NAME = re.compile(rf"{_NAME_WORD}(?:,?{_JOINT}{_NAME_WORD})+")


def is_acronym(word: str) -> bool:
    """Whether a word is one of initials, such as "CDC", "NGOs", "UN's", "G20" or "DoA"."""
    bare = _PLURAL_OR_OWNER.sub("", word)
    mixed = bool(_ACRONYM.fullmatch(bare)) and sum(map(str.islower, bare)) <= _MOST_SMALL
    return len(word) > 1 and (bare.isupper() or mixed)


def initials_of(acronym: str) -> str:
    """Return the letters of an acronym in lower case, without what makes it a plural or an owner."""
    return _PLURAL_OR_OWNER.sub("", acronym).lower()


class Phrases:
    """The words in a row of a report, found by their initials.

    Args:
        texts: Its texts, without markup.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._text = "\n".join(texts)
        self._found = lru_cache(maxsize=1024)(self._look_up)

    def of(self, acronym: str, names_only: bool = False) -> str | None:
        """Return what an acronym stands for, as the report writes it, or ``None`` if that is not clear.

        Args:
            acronym: The acronym as typed.
            names_only: Whether only names in capitals count. Of two letters, nothing else does unless they are a
                plural ("COs") or joined ("M&E"): "HR" stands for more than one set phrase.
        """
        letters = _PLURAL_OR_OWNER.sub("", acronym)
        if not _ACRONYM.fullmatch(letters) or len(letters) > _LONGEST:
            return None
        return self._found(letters, names_only or (len(letters) == _SHORTEST and not acronym.endswith("s")))

    def _look_up(self, letters: str, names_only: bool) -> str | None:
        joined, letters = "&" in letters, letters.replace("&", "")
        for inside in range(len(letters) - 1 if len(letters) >= _LONG else 1):
            found = self._commonest(letters, inside, joined, names_only)
            if found:
                return found
        return self._name_with_more_words(letters.lower()) if len(letters) >= _SOME else None

    def _commonest(self, letters: str, inside: int, joined: bool, names_only: bool) -> str | None:
        """Return the words with these initials that are clearly the commonest; names in capitals count for more."""
        few = len(letters) == _SHORTEST and not joined
        wanted = sum(map(str.isupper, letters)) - bool(inside)
        counted: Counter[str] = Counter()
        written: dict[str, Counter[str]] = {}
        for match in _in_a_row(letters, inside).finditer(self._text):
            found = _WORD.findall(match.group())
            own = [word for word in found if word.lower() not in STOPWORDS]
            # "Carried by Iraq" is no name for "CBI", "co-chaired" none of its own.
            if found[0].lower() in STOPWORDS or len(own) < wanted or min(map(len, own)) < _SHORT_WORD:
                continue
            if (joined and " and " not in match.group()) or match.group().isupper():
                continue
            named = all(word[0].isupper() for word in own)
            if not named and (names_only or found[0].isupper() or (few and len(found) > wanted)):
                continue
            # Not "World Food" of the "World Food Programme".
            if named and _GOES_ON.match(self._text, match.end()):
                continue
            key = match.group().lower().removesuffix("s")
            plural = len(found) == len(letters) == _SOME and found[-1].endswith("s")
            set_phrase = plural and not found[0].endswith("ing")
            counted[key] += _NAMED if named else _REPEATED if set_phrase else 1
            written.setdefault(key, Counter())[match.group()] += 1
        best = _clearest(counted, _OFTEN if few else _REPEATED, few)
        return written[best].most_common(1)[0][0] if best else None

    def _name_with_more_words(self, letters: str) -> str | None:
        """Return the name that has a word for each letter, from its first to its last, and at most as many others."""
        counted: Counter[str] = Counter()
        for name in _NAME.finditer(self._text):
            own = [match for match in re.finditer(_NAME_WORD, name.group())]
            initials = "".join(match.group()[0].lower() for match in own)
            for first in range(len(own)):
                for last in range(first + len(letters), min(len(own), first + 2 * len(letters))):
                    if initials[last] == letters[-1] and _has_in_order(initials[first : last + 1], letters):
                        counted[name.group()[own[first].start() : own[last].end()]] += 1
        best = next(iter(counted.most_common(1)), ("", 0))
        return best[0] if best[1] >= _WELL_KNOWN else None


def _in_a_row(letters: str, inside: int = 0) -> re.Pattern[str]:
    """Return a pattern of words with these initials; the letter of number ``inside``, if any, stands inside a word."""
    pattern = ""
    for number, letter in enumerate(letters.lower()):
        if number and number == inside:
            pattern += rf"[^\W\d_]*?{letter}"
        else:
            pattern += rf"[^\W_]*{_JOINT}" if number else ""
            pattern += f"[{letter}{letter.upper()}]"
    return re.compile(rf"\b{pattern}[^\W_]*")


def _has_in_order(initials: str, letters: str) -> bool:
    """Whether letters stand among initials in their order, the first of them first."""
    rest = iter(initials)
    return initials[0] == letters[0] and all(letter in rest for letter in letters)


def _clearest(counted: Counter[str], least: int, clearly: bool) -> str:
    """Return what was counted most, at least ``least``, or nothing; ``clearly`` more than anything else if so asked."""
    (best, most), (_, second) = (*counted.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= max(least, second + 1) and (not clearly or most >= _CLEARLY * second) else ""
