"""Whether a text holds the kind of value that a question asks for: a figure, a date, a name."""

from __future__ import annotations

import re
from functools import cache

from corpus.stopwords import STOPWORDS
from corpus.words import content_stems
from qa.countries import is_country, is_region, mentioned
from qa.demands import in_language
from qa.understand import Query
from qa.wanted import VALUES, Wanted, holds_day, holds_value

_IN_WORDS: dict[str, dict[Wanted, str]] = {
    "en": {
        Wanted.COUNT: "a number",
        Wanted.MONEY: "an amount of money",
        Wanted.SHARE: "a percentage",
        Wanted.QUANTITY: "a figure",
        Wanted.DATE: "a date",
    },
    "fr": {
        Wanted.COUNT: "un nombre",
        Wanted.MONEY: "un montant",
        Wanted.SHARE: "un pourcentage",
        Wanted.QUANTITY: "un chiffre",
        Wanted.DATE: "une date",
    },
    "es": {
        Wanted.COUNT: "un número",
        Wanted.MONEY: "un importe",
        Wanted.SHARE: "un porcentaje",
        Wanted.QUANTITY: "una cifra",
        Wanted.DATE: "una fecha",
    },
}
_EXACT_DAY = re.compile(
    r"\b(?:exact(?:ly)?|precise(?:ly)?|(?:what|which) day|exacte(?:ment)?|précise(?:ment)?|quel jour|"
    r"exacta(?:mente)?|qué día)\b",
    re.IGNORECASE,
)
_EXACT_DATE = {"en": "an exact date", "fr": "une date exacte", "es": "una fecha exacta"}
# "How many of those asked were content?" may be told as a share.
_OF_THEM = re.compile(
    r"\bhow many (?:out )?of (?:the|those|these|them|all|its|their|our)\b|\bcombien (?:parmi|d[’']entre|des)\b|"
    r"\bcuánt[oa]s de (?:los|las|ellos|ellas|es[oa]s|est[oa]s)\b",
    re.IGNORECASE,
)
WHO_IS = re.compile(
    r"\bnames? of\b|['’]s name\b|\bwhat (?:is|are|was|were) .+(?<!also) called\b|s[’']appel(?:le|lent|ait|aient)\b|"
    r"\bse llam(?:a|an|aba|aban)\b|\bnom (?:du|de la|de l[’'])|\bnombre (?:del|de la) ",
    re.IGNORECASE,
)
_OF_A_COUNTRY = re.compile(r"\bnames? of (?:the |a )?(?:countr|nation)", re.IGNORECASE)
# "Who is head of ...?" asks for a person, whom no name of a body answers.
_WHO_HOLDS = re.compile(
    r"^\W*(?:who (?:is|was|are|were|heads?|leads?|runs?|won|became|becomes|chairs?|chaired|serves?|directs?|took over)|"
    r"qui (?:est|était|dirige|préside|a remplacé)|quién (?:es|era|fue|dirige|preside))\b|"
    r"\bnames? of (?:the |its |our )?(?:[\w-]+ ){0,3}(?:people|persons|men|women|winners|ambassadors|experts|judges)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:Office|Department|Division|Unit|Council|Committee|Commission|Fund|Network|Programme|Project|Organi[sz]ation|"
    r"Agency|Union|Nations|States?|Ministry|Board|Team|Initiative|Plan|Strategy|Framework|[A-Z]{2,}|"
    r"Director|General|President|Chair(?:man|woman|person)?|Minister|Secretary|Officer|Head|Ambassadors?|Envoy|"
    r"Directorate|Declaration|Agreement|Convention|Compact|Agenda|Conference|Forum|Summit|Session|Meeting|"
    r"Consultations?|Report|Policy|Charter|Protocol|Campaign|Awards?|Call|Course|Manual|System|Platform)\b"
)
# "Which company supplies ...?" asks for a name.
_NAMED_KIND = re.compile(
    r"\b(?:(?:which|what) (?:\w+ )?(?:compan(?:y|ies)|firms?|universit(?:y|ies)|banks?|foundations?|"
    r"suppliers?|cit(?:y|ies)|towns?|countr(?:y|ies)|offices?|projects?)|"
    r"quell?e?s? (?:entreprises?|sociétés?|cabinets?|universités?|banques?|fondations?|fournisseurs?|villes?|"
    r"pays|bureaux?)|"
    r"qué (?:empresas?|compañías?|universidad(?:es)?|bancos?|fundaci(?:ón|ones)|proveedor(?:es)?|"
    r"ciudad(?:es)?|país(?:es)?|oficinas?))\b",
    re.IGNORECASE,
)
# "Which city ...?" asks for one that no country's or region's name is, "which country" for no region's.
_A_CITY = re.compile(
    r"\b(?:(?:which|what) (?:cit(?:y|ies)|towns?)|quell?e?s? villes?|qué ciudad(?:es)?)\b", re.IGNORECASE
)
# "Held in Rabat", "in Dakar, Lima and Quito", "Geneva-based": where a name is a place.
_PLACED = re.compile(
    r"(?:\b(?:in|at|from|to|near|between|and|or|via|outside|(?:city|town|capital|mayor) of)|,) (?:the )?$",
    re.IGNORECASE,
)
_AND = re.compile(r" and (?:the )?")
# "They came out in four languages, which ones are they?"
_A_LANGUAGE = re.compile(
    r"\b(?:which|what) (?:\w+ )?languages?\b|\blanguages?\b[^?]*\bwhich (?:ones|are)\b|"
    r"\bquell?e?s? langues?\b|\b(?:qué|cuáles|cuál) (?:son los |es el )?idiomas?\b",
    re.IGNORECASE,
)
_KINDS_OF_LANGUAGE = re.compile(r"\b(?:official|national|local|indigenous|working|Nations) languages\b", re.IGNORECASE)
_LANGUAGES_MISSING = {"en": "the languages", "fr": "les langues", "es": "los idiomas"}
_A_COUNTRY = re.compile(r"\b(?:(?:which|what) (?:\w+ )?countr(?:y|ies)|quels? pays|qué país(?:es)?)\b", re.IGNORECASE)
# "Which five countries ...?" asks for more than one name, as many as it says.
_NUMBERS = {
    word: number
    for number, listed in enumerate(
        (
            "two deux dos",
            "three trois tres",
            "four quatre cuatro",
            "five cinq cinco",
            "six seis",
            "seven sept siete",
            "eight huit ocho",
            "nine neuf nueve",
            "ten dix diez",
        ),
        start=2,
    )
    for word in listed.split()
}
_ARE_THE = r"(?: (?:are|were|sont|étaient|son|eran))?(?: (?:the|les|los|las))? "
_ASKS_WHICH = rf"\b(?:which|what|name|quell?e?s|citez|qué|cuáles){_ARE_THE}"
_SEVERAL = re.compile(rf"{_ASKS_WHICH}(?P<number>{'|'.join(_NUMBERS)}|[2-9]|10) [^\W\d_]+", re.IGNORECASE)
_SEVERAL_COUNTRIES = re.compile(
    rf"{_ASKS_WHICH}(?:{'|'.join(_NUMBERS)}|\d+) (?:[\w-]+ ){{0,2}}?"
    r"(?:countries|member states|nations|pays|états membres|países|estados miembros)\b",
    re.IGNORECASE,
)
_FEWEST = 2
_SEPARATOR = re.compile(r"[,;]| (?:and|or|as well as) ")
# "What does CDC stand for?" asks for words with these initials.
_STANDS_FOR = re.compile(
    r"\b([A-Z][A-Za-z]*[A-Z]s?) stands? for\b|\b(?:acronym|abbreviation|sigle|sigla|siglas) ([A-Z][A-Za-z]*[A-Z])\b|"
    r"\b(?:veu(?:t|lent) dire|signifie(?:nt)?|significan?|quieren? decir)(?: (?:le sigle|la sigla|las siglas))? "
    r"(?:l[’'])?([A-Z][A-Za-z]*[A-Z])\b"
)
_LONG_FORM = {"en": "what it stands for", "fr": "ce que veut dire le sigle", "es": "lo que significa la sigla"}
_NAMES = {"en": "names", "fr": "des noms", "es": "nombres"}
_A_NAME = {"en": "a name", "fr": "un nom", "es": "un nombre"}
_NAME = re.compile(r"(?<=[a-z0-9,;:’'%)\]] )[“\"(]?[A-Z][\w’'-]*(?: (?:(?:of|for|on|the|and|de) )*[A-Z][\w’'-]*)*")


def value_missing(query: Query, text: str) -> str:
    """Return the kind of value that is asked for and that a text lacks, in words; empty if none.

    "Why was the number of ... cut?" asks for no number.
    """
    asked = [wanted for wanted in query.wanted if wanted in VALUES and Wanted.REASON not in query.wanted]
    if asked[:1] == [Wanted.DATE] and _EXACT_DAY.search(query.text) and not holds_day(text):
        return in_language(_EXACT_DATE, query.language)
    bare = text
    for figure in query.figures:
        bare = bare.replace(figure, " ")
    if Wanted.COUNT in asked and _OF_THEM.search(query.text):
        asked.append(Wanted.SHARE)
    if not asked or any(holds_value(wanted, text if wanted is Wanted.DATE else bare) for wanted in asked):
        return ""
    return in_language(_IN_WORDS, query.language)[asked[0]]


def asks_for_a_name(question: str) -> bool:
    """Return whether a question asks who somebody is or what something is called; a country's name is no such name."""
    return bool(_WHO_HOLDS.search(question) or (WHO_IS.search(question) and not _OF_A_COUNTRY.search(question)))


@cache
def _languages() -> frozenset[str]:
    """Return the English names of languages (from CLDR)."""
    from babel import Locale

    return frozenset(Locale("en").languages.values())


def name_missing(query: Query, text: str) -> str:
    """Return what names are missing, in the question's language, if a text does not tell those asked for."""
    if _too_few(query, text):
        return in_language(_NAMES, query.language)
    if _SEVERAL_COUNTRIES.search(query.text):
        return ""
    if _A_LANGUAGE.search(query.text):
        told = _KINDS_OF_LANGUAGE.search(text) or set(re.findall(r"\b[A-Z]\w+", text)) & _languages()
        return "" if told else in_language(_LANGUAGES_MISSING, query.language)
    patterns = (_NAMED_KIND, WHO_IS, _WHO_HOLDS)
    asks = Wanted.LIST not in query.wanted and any(pattern.search(query.text) for pattern in patterns)
    return in_language(_A_NAME, query.language) if asks and not _names_told(query, text) else ""


def _too_few(query: Query, text: str) -> bool:
    """Whether a text cannot name as many as a question asks for, or names one country where it asks for several."""
    several = _SEVERAL.search(query.text)
    if several:
        number = several["number"].lower()
        wanted = _NUMBERS[number] if number in _NUMBERS else int(number)
        if len(_SEPARATOR.findall(text)) < wanted - 1:
            return True
    if not _SEVERAL_COUNTRIES.search(query.text):
        return False
    countries = {codes for _, codes in mentioned(text)}
    return max(len(countries), len(_names_told(query, text))) < _FEWEST


def long_form_missing(query: Query, text: str) -> str:
    """Return that an acronym's long form is missing, in words, if a question asks for it and a text has none."""
    match = _STANDS_FOR.search(query.text)
    if match is None:
        return ""
    short = next(filter(None, match.groups())).removesuffix("s").lower()
    # An entry of a list of acronyms has it before a tab.
    entry = text.partition("\t")[0].strip().lower() == short
    told = [word.lower() for word in re.findall(r"[^\W\d_]+", text) if word.lower() != short]
    initials = ("".join(word[0] for word in told), "".join(word[0] for word in told if word not in STOPWORDS))
    return "" if entry or any(short in found for found in initials) else in_language(_LONG_FORM, query.language)


def _names_told(query: Query, text: str) -> list[str]:
    """Return the names in a text that neither the question nor half the report has.

    Names are words with capitals that do not open a sentence.
    """
    known = set(content_stems(query.text)) | query.common_names
    told = [found for found in _NAME.findall(text) if not {one for one in content_stems(found) if one[1:]} <= known]
    if _WHO_HOLDS.search(query.text):
        return [found for found in told if not _BODY.search(found)]
    if _A_CITY.search(query.text):
        placed = [found.removesuffix("-based") for found in told if _is_placed(found, text)]
        parts = [one for found in placed for one in _AND.split(found)]
        return [one for one in parts if not (is_country(one) or is_region(one) or _BODY.search(one))]
    if _A_COUNTRY.search(query.text):
        return [found for found in told if not all(map(is_region, _AND.split(found)))]
    return told


def _is_placed(name: str, text: str) -> bool:
    """Whether a name stands in a text as that of a place."""
    return name.endswith("-based") or any(_PLACED.search(before) for before in text.split(name)[:-1])
