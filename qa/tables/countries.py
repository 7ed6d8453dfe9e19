"""Country names in any usual form.

Names come from CLDR (through Babel: English, French, Spanish) and from countryinfo (other spellings and the names of
peoples); none is written here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LANGUAGES = ("en", "fr", "es")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_MIN_SIMILARITY = 92


def folded(text: str) -> str:
    """Return a text in lower case without accents, hyphens and doubled white space."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(letters.replace("-", " ").split())


@lru_cache(maxsize=1)
def aliases() -> dict[str, frozenset[str]]:
    """Return the ISO 3166 codes by every folded name, spelling and name of a people."""
    from babel import Locale
    from countryinfo import all_countries

    found: dict[str, set[str]] = {}

    def add(name: str, code: str) -> None:
        if len(name) > 3:
            found.setdefault(folded(_BRACKETS.sub("", name)), set()).add(code)

    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                add(name, code)
    for country in all_countries():
        code = country.iso()["alpha2"]
        for name in (country.name(), *country.alt_spellings()):
            add(name, code)
        for people in re.split(r",| or ", country.demonym() or ""):
            for form in (people.strip(), f"{people.strip()}s"):
                add(form, code)
    return {name: frozenset(codes) for name, codes in found.items() if name}


def code_of(label: str) -> str | None:
    """Return the ISO code of a country as a table's row names it, or ``None``."""
    inverted = _BRACKETS.sub("", label)
    inside = _BRACKETS.search(label)
    forms = [label, inverted, f"{inside[1]} {inverted}" if inside else label]
    for form in forms:
        codes = aliases().get(folded(form), frozenset())
        if len(codes) == 1:
            return next(iter(codes))
    from rapidfuzz import fuzz, process

    best = process.extractOne(folded(inverted), list(aliases()), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
    codes = aliases()[best[0]] if best else frozenset()
    return next(iter(codes)) if len(codes) == 1 else None


def mentioned(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the countries named in a text, in order: the words as folded, and the codes they may mean.

    The longest name wins, so that "South Sudan" is not "Sudan".
    """
    words = re.findall(r"[\w']+", folded(text))
    found = []
    position = 0
    while position < len(words):
        for length in range(min(8, len(words) - position), 0, -1):
            name = " ".join(words[position : position + length])
            codes = aliases().get(name)
            if codes:
                found.append((name, codes))
                position += length - 1
                break
        position += 1
    return tuple(found)
