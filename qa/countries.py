"""Country names in any usual form.

Names come from CLDR (through Babel: English, French, Spanish), from countryinfo (other spellings and the names of
peoples) and from mledoze/countries (``qa/data/peoples.json``: the names of peoples in English and French); none is
written here. What regions hold (``qa/data/regions.tsv``) is the United Nations' standard M49.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

_LANGUAGES = ("en", "fr", "es")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_ELISION = re.compile(r"^[dl]'")
_MIN_SIMILARITY = 92
# Regions of the M49 code that are made up of others.
_PARTS_OF_REGIONS = {
    "202": ("011", "014", "017", "018"),
    "002": ("202", "015"),
    "003": ("013", "021", "029"),
    "419": ("005", "013", "029"),
    "019": ("021", "419"),
    "142": ("030", "034", "035", "143", "145"),
    "150": ("039", "151", "154", "155"),
    "009": ("053", "054", "057", "061"),
}
_DIRECTIONS = frozenset("north south east west northern southern eastern western".split())


def folded(text: str) -> str:
    """Return a text in lower case without accents, hyphens and doubled white space."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(letters.replace("-", " ").split())


def is_country(name: str) -> bool:
    """Whether a name is that of a country or a territory, in any usual form and language."""
    return folded(name) in aliases()


def is_region(name: str) -> bool:
    """Whether a name is that of a part of the world that holds several countries, such as Asia or Latin America."""
    return _region_form(name) in _regions()


def regions_told_by_country(question: str, text: str) -> frozenset[str]:
    """Return the folded words of the regions in a question of which a text names a country: "South America", Chile."""
    asked = f" {_region_form(question)} "
    named = {name: codes for name, codes in _regions().items() if f" {name} " in asked}
    if not named:
        return frozenset()
    told = {code for _, found in mentioned(text) for code in found}
    words = {word for name, codes in named.items() if codes & told for word in name.split()}
    return frozenset(words | {f"{word}ern" for word in words & _DIRECTIONS})


def _region_form(text: str) -> str:
    """Return the folded words of a text, "west" for "western": "West Africa" is Western Africa."""
    return re.sub(r"\b(north|south|east|west)ern\b", r"\1", " ".join(re.findall(r"\w+", folded(text))))


@lru_cache(maxsize=1)
def _regions() -> dict[str, frozenset[str]]:
    """Return the ISO codes of the countries of each region by the form of its name.

    Regions and what they hold are those of the United Nations' standard M49, names CLDR's (Babel).
    """
    from babel import Locale

    lines = resources.files("qa").joinpath("data/regions.tsv").read_text(encoding="utf-8").splitlines()
    codes = {region: frozenset(held.split()) for region, held in (line.split("\t") for line in lines)}
    for region, parts in _PARTS_OF_REGIONS.items():
        codes[region] = frozenset().union(*(codes[part] for part in parts))
    return {
        _region_form(name): codes[code]
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in codes
    }


@lru_cache(maxsize=1)
def aliases() -> dict[str, frozenset[str]]:
    """Return the ISO 3166 codes by every folded name, spelling and name of a people."""
    found: dict[str, set[str]] = {}
    for name, code in (*_names(), *_peoples()):
        if len(name) > 3:
            found.setdefault(folded(_BRACKETS.sub("", name)), set()).add(code)
    for name, codes in _without_direction(found).items():
        found.setdefault(name, codes)
    return {name: frozenset(codes) for name, codes in found.items() if name}


def _without_direction(names: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return what the names of several countries share after North, South, East or West: "Korean", not "African"."""
    shared: dict[str, set[str]] = {}
    for name, codes in names.items():
        direction, _, rest = name.partition(" ")
        if direction in _DIRECTIONS and rest:
            shared.setdefault(rest, set()).update(codes)
    return {rest: codes for rest, codes in shared.items() if len(codes) > 1}


def _names() -> Iterator[tuple[str, str]]:
    """Yield the names of countries and other spellings of them, with their codes."""
    from babel import Locale
    from countryinfo import all_countries

    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                yield name, code
    for country in all_countries():
        for name in (country.name(), *country.alt_spellings()):
            yield name, country.iso()["alpha2"]
            # "Democratic Republic of Congo".
            yield name.replace(" of the ", " of "), country.iso()["alpha2"]


def _peoples() -> Iterator[tuple[str, str]]:
    """Yield the names of peoples in the singular and the plural, with their codes."""
    from countryinfo import all_countries

    for country in all_countries():
        for name in re.split(r",| or ", country.demonym() or ""):
            yield from _forms(name.strip(), country.iso()["alpha2"])
    peoples = json.loads(resources.files("qa").joinpath("data/peoples.json").read_text(encoding="utf-8"))["peoples"]
    for code, by_language in peoples.items():
        for name in (*by_language["en"], *by_language["fr"]):
            yield from _forms(name, code)


def _forms(name: str, code: str) -> Iterator[tuple[str, str]]:
    for ending in ("", "s", "x"):
        yield f"{name}{ending}", code


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
            if not codes and length == 1:
                # A French article or preposition clings to the name: "d'Allemands".
                name = _ELISION.sub("", name)
                codes = aliases().get(name)
            if codes:
                found.append((name, codes))
                position += length - 1
                break
        position += 1
    return tuple(found)


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """Return the ISO 3166 code of the country of each folded capital."""
    from countryinfo import all_countries

    found = {}
    for country in all_countries():
        capitals = country.capital() or ()
        for capital in (capitals,) if isinstance(capitals, str) else capitals:
            found[folded(capital)] = country.iso()["alpha2"]
    return found


def names_country_of(name: str, text: str, capitals: bool = False) -> bool:
    """Return whether a text names the country that a word stands for: "the Norwegian grant" where Norway is named.

    Args:
        name: The word, a country's name or its people's.
        text: The text.
        capitals: Let a capital stand for its country too, as "London" does for who gives or asks, not for a place.
    """
    bare = folded(name).removesuffix("'s")
    codes = set(aliases().get(bare, frozenset()))
    if capitals and bare in _capitals():
        codes.add(_capitals()[bare])
    return any(codes & found for _, found in mentioned(text)) if codes else False


def names_capital_of(name: str, text: str) -> bool:
    """Return whether a text names the capital of a country: "Uganda's capital" where Kampala is named."""
    codes = aliases().get(folded(name).removesuffix("'s"), frozenset())
    told = folded(text)
    return any(code in codes and re.search(rf"\b{re.escape(one)}\b", told) for one, code in _capitals().items())


def people_of(code: str) -> str | None:
    """Return what the people of a country are called in English, in the plural, or ``None``."""
    from countryinfo import all_countries

    for country in all_countries():
        if country.iso()["alpha2"] == code:
            name = re.split(r",| or ", country.demonym() or "")[0].strip()
            return (name if name.endswith(("s", "ese", "sh", "ch")) else f"{name}s") if name else None
    return None


def names_a_people(name: str) -> bool:
    """Return whether a folded name is that of a people ("peruvians") and not of a country."""
    return name in _people_names()


@lru_cache(maxsize=1)
def _people_names() -> frozenset[str]:
    countries = {folded(_BRACKETS.sub("", name)) for name, _ in _names()}
    return frozenset({folded(name) for name, _ in _peoples()} - countries)
