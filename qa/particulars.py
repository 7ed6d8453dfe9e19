"""What a question asks about a figure beyond its kind: whose it is, which part of a whole, which statistic, for what.

A report says how many people were helped, and is asked how many of them were children, how many another agency
helped, what one of them got on average, or what it cost. A figure that says none of this answers another question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text import plain
from corpus.words import content_stems, stem, words
from index.passage import Passage
from qa.countries import names_country_of
from qa.demands import Demand, demand, in_language
from qa.understand import Query
from qa.vocabulary import Term
from qa.wanted import FIGURES

# Below this a passage is taken not to express a word.
EXPRESSED = 0.2
# From this kinship on two words are one in two forms or languages.
_SAME = 0.8

# "How many people did UNHCR resettle?": who did it.
_AGENT = re.compile(
    r"\b(?:did|does|do|has|have|had) (?:the )?"
    r"((?:[A-Z][\w-]+(?: (?:and|of|for|on|the) (?=(?:the )?[A-Z]))? ?)++)(?!['’])"
)
_BESIDE = re.compile(
    r"\b(?:after|with|from|to|than|before|behind) (?:(?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)*(?:, | and ))*"
    r"(?:the )?(?:[A-Z][\w-]+ )*$"
)
# "It", "The initiative": who or what the sentence before names.
_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they)\b|"
    r"^the (?:initiative|project|programme|framework|system|platform|unit|fund|network|campaign)\b",
    re.IGNORECASE,
)
# "How many of the dead were children?", "Of the dead, how many were children?": which part of a whole.
_PART = {
    "en": (
        re.compile(
            r"\b(?:how many|how much|what (?:share|part|percentage|proportion)|which share) of "
            r"(?:the|these|those|them|our|all)\b.*\b(?:were|are|was|is) (?P<part>.+)",
            re.IGNORECASE,
        ),
        re.compile(
            r"^(?:out )?of (?:the|these|those|our|all|its)\b.*\b(?:how many|what (?:share|percentage|proportion)) "
            r"(?:of them )?(?:were|are|was|is|had|have) (?P<part>.+)",
            re.IGNORECASE,
        ),
    ),
    "fr": (
        re.compile(
            r"\b(?:combien (?:parmi|d[’']entre|des|de (?:ces|ceux|celles|nos|leurs|la|l[’']))|"
            r"quelle (?:part|proportion) d[eu’']|quel pourcentage d[eu’']).*"
            r"\b(?:étaient|sont|était|est) (?P<part>.+)",
            re.IGNORECASE,
        ),
        re.compile(
            r"^(?:parmi|sur) (?:les|ces|nos|l[’']).*\b(?:combien|quelle (?:part|proportion)|quel pourcentage)\b.*"
            r"\b(?:étaient|sont|était|est|avaient|ont) (?P<part>.+)",
            re.IGNORECASE,
        ),
    ),
    "es": (
        re.compile(
            r"\b(?:cuánt[oa]s|qué (?:parte|porcentaje|proporción)) de (?:los|las|el|la|estos|estas|ellos|ellas)\b.*"
            r"\b(?:eran|son|era|es|fueron) (?P<part>.+)",
            re.IGNORECASE,
        ),
        re.compile(
            r"^¿?de (?:los|las|estos|estas)\b.*\b(?:cuánt[oa]s|qué (?:parte|porcentaje|proporción))\b.*"
            r"\b(?:eran|son|era|es|fueron|tenían) (?P<part>.+)",
            re.IGNORECASE,
        ),
    ),
}


# "How many of them got the visa?": any verb, where the whole is only pointed to.
_OF_THEM = {
    "en": re.compile(r"\bhow many of (?:them|these|those)\b(?! who\b| that\b)(?P<part>.+)", re.IGNORECASE),
    "fr": re.compile(r"\bcombien (?:d[’']entre (?:eux|elles)|parmi (?:eux|elles))\b(?P<part>.+)", re.IGNORECASE),
    "es": re.compile(r"\bcuánt[oa]s de (?:ellos|ellas|est[oa]s|es[oa]s)\b(?P<part>.+)", re.IGNORECASE),
}
# "In Chad, the Sudan and Yemen": names in a row, at least three, with no figure of one of them.
_ROW_WORD = r"[A-Z][^\W\d_]*+(?:[’'.-][^\W\d_]++)*+"
_ROW_NAME = rf"(?:the )?{_ROW_WORD}(?: (?:(?:of|and|the|de) )?{_ROW_WORD})*?"
_AND_LAST = rf",? (?:and|or|as well as) {_ROW_NAME}(?:,? and {_ROW_NAME})?(?![\w’'-])"
_ROW = re.compile(rf"{_ROW_NAME}(?:, {_ROW_NAME})+{_AND_LAST}")
_BETWEEN = re.compile(r",? (?:and|or|as well as) (?:the )?|, (?:the )?")
# "Including children, women and older persons".
_INCLUDING = re.compile(
    r"\b(?:including|such as|notably|among them|particularly|especially)\b([^.;:()\d]+)", re.IGNORECASE
)
_ROW_LENGTH = 3
_ALONE = {"en": "a figure for “{}” alone", "fr": "un chiffre pour « {} » seul", "es": "una cifra de «{}» por separado"}

# "What share was due to heating?", "how many were still closed?": words that tell no part.
_LIGHT = frozenset(
    stem(word)
    for word in "due meant still already yet actually left given made used ever really "
    "truly fully finally eventually carried completed".split()
)
# A part of at most so many words must stand beside the figure.
_SHORT_PART = 2

_DEMANDS = (
    demand(
        ("average|median", "moyen(?:ne)?s?|médiane?s?", "promedio|mediana|media de"),
        r"averag\w+|median|mean|typical\w*|each|per (?:person|capita|household|family|day|week|month|year|case)",
        ("an average", "une moyenne", "un promedio"),
    ),
    demand(
        (
            "earns?|salary|salaries|wages?|gets? paid|makes? (?:a|per|every) (?:year|month)",
            "gagne(?:nt)?|salaires?",
            "gana[n]?|cobra[n]?|sueldos?|salarios?",
        ),
        r"salar\w+|wages?|earn\w*|pay\w*|paid|remunerat\w+|compensat\w+|fees?|stipends?",
        ("someone’s pay", "une rémunération", "una remuneración"),
    ),
    demand(
        (
            "how many (?:more )?(?:years|months|weeks|days|hours|minutes)|"
            "how long (?:did|does|do|was|were|is|has|have|will)",
            r"combien (?:d[’']années|d[’']ans|de (?:mois|semaines|jours|temps|heures|minutes))",
            "cuánt[oa]s (?:años|meses|semanas|días|horas|minutos)|cuánto tiempo",
        ),
        r"years?|months?|weeks?|days?|hours?|minutes?|decades?|\w+-(?:year|month|week|day|hour|minute)|since|until|"
        r"from .* to|between",
        ("a duration", "une durée", "una duración"),
    ),
    demand(
        (
            "how much (?:did|does|do|has|have|will) .* costs?|what (?:did|does|do) .* cost|(?:cost|price) of",
            r"combien .*\bcoût\w+|coût (?:de|du|des)",
            "cuánto (?:costó|cuesta|costaron|cuestan|ha costado)|(?:costo|coste|precio) de(?:l)?",
        ),
        r"cost\w*|spen[dt]\w*|expen\w+|paid|pay\w*|price\w*|worth|valu\w+|invest\w*|allocat\w+|budget\w*|"
        r"amount(?:ed|ing)? (?:to|of)|total(?:l?ed|l?ing)?|fund(?:s|ed|ing)?|financ\w+|c[oa]me to|"
        r"(?:at|for) (?:[A-Z]{3} ?|(?:US ?)?[$€£] ?)\d+",
        ("a cost", "un coût", "un costo"),
    ),
)


def _unit(asked: tuple[str, str, str], told: str, names: tuple[str, str, str]) -> Demand:
    """Return the demand of a unit that is counted, "how many tonnes", or that a few words open with."""
    how_many = (
        r"(?:how (?:many|much)|number of)(?: \w+){0,2}",
        r"(?:combien|nombre)(?: d[eu’']\w*)?",
        "(?:cuánt[oa]s|cantidad de|número de)",
    )
    counted = [rf"(?:^\W*|{many} )(?:{units})" for many, units in zip(how_many, asked, strict=True)]
    return demand((counted[0], counted[1], counted[2]), told, names)


# "How many tonnes ...?": the text must measure in the same dimension.
_UNITS = (
    _unit(
        ("tonn?es?|tons?|kilos?|kilograms?|kg", "tonnes?|kilos?|kilogrammes?|kg", "toneladas?|kilos?|kilogramos?|kg"),
        r"tonn?es?|tons?|tonnages?|kilos?|kilogram(?:me)?s?|kg|weigh(?:s|ed|ing)?|[\d.,]*\d\s?(?:t|mt|kg)",
        ("a weight", "un poids", "un peso"),
    ),
    _unit(
        (
            r"hectares?|acres?|square (?:met|kilomet|feet|mile)\w*|km²|m²",
            "hectares?|(?:kilo)?mètres carrés|km²|m²",
            "hectáreas?|(?:kiló)?metros cuadrados|km²|m²",
        ),
        r"hectares?|acres?|square|[\d.,]*\d\s?(?:ha|k?m[²2])",
        ("an area", "une superficie", "una superficie"),
    ),
    _unit(
        ("kilomet(?:re|er)s?|km|miles?", "kilomètres?|km", "kilómetros?|km|millas?"),
        r"kilomet(?:re|er)s?|miles?|met(?:re|er)s?|[\d.,]*\d\s?(?:km|m)",
        ("a distance", "une distance", "una distancia"),
    ),
    _unit(
        (r"lit(?:re|er)s?|cubic \w+|m³|gallons?", "litres?|mètres cubes|m³", "litros?|metros cúbicos|m³"),
        r"lit(?:re|er)s?|cubic|gallons?|[\d.,]*\d\s?(?:m[³3]|l)",
        ("a volume", "un volume", "un volumen"),
    ),
)

# "Whom did she replace?"
_PREDECESSOR = demand(
    (
        r"predecessors?|(?:previous|former|outgoing|last) (?:director|president|chair\w*|head|chief|boss|secretary|"
        r"minister|leader|manager)|who(?:m)? (?:did|does|has|had) .* (?:replaced?|succeed(?:ed)?|"
        r"take over from|taken over from|follow(?:ed)?)|"
        r"(?<!s )(?<!people )(?<!those )who (?:came|was|led|ran|headed|held|had) (?:[^?.]* )?(?:before|prior to)"
        r"(?! (?:the|an?|this|that|\d+|\w+ing)\b)",
        r"prédécesseure?s?|(?:ancien(?:ne)?|précédente?) (?:directeur|directrice|président\w*|chef\w*|secrétaire|"
        r"ministre)|"
        r"qui a-t-(?:il|elle) (?:remplacé|succédé)|à qui .* succéd\w+|"
        r"qui (?:était|dirigeait|occupait) (?:[^?.]* )?avant(?! (?:le|la|les|cet?|cette|\d+)\b| l[’'])|"
        r"(?:directeur|directrice)(?: \w+)? précédente?",
        r"predecesor\w*|(?:anterior|antiguo|antigua|ex) (?:director\w*|president\w*|jef\w+|secretari\w+|ministr\w+)|"
        r"(?:director\w*|president\w*)(?: \w+)? anterior|a quién (?:reemplazó|sustituyó|sucedió|sucede|reemplaza)|"
        r"quién (?:era|estaba|dirigía|ocupaba) (?:[^?.]* )?antes (?:que|de)(?! (?:el|la|los|las|est[ea]|\d+)\b|l\b)",
    ),
    r"predecessors?|succe\w+|former(?:ly)?|previous(?:ly)?|outgoing|replac\w+|took over|taking over|taken over|after",
    ("who was there before", "qui était là avant", "quién estaba antes"),
)


def particulars_missing(query: Query, quoted: str, passage: Passage) -> list[str]:
    """Return what a text lacks of what is asked about a figure, its unit or a predecessor, in words; empty if nothing.

    Args:
        query: The question.
        quoted: The sentences that would be quoted, without markup.
        passage: The passage they stand in.
    """
    measures = [name for unit in _UNITS for name in unit.missing(query, quoted)]
    if not set(query.wanted) & FIGURES:
        return measures + _PREDECESSOR.missing(query, quoted)
    missing = measures + [name for needed in _DEMANDS for name in needed.missing(query, quoted)]
    headings = " ".join((*passage.section, passage.title or ""))
    around, beside = (frozenset(content_stems(f"{headings} {text}")) for text in (plain(passage.text), quoted))
    missing += _part_missing(query, around, beside) or _one_of_a_row(query, quoted)
    return missing + _agent_missing(query, f"{quoted} {headings}")


def _part_missing(query: Query, around: frozenset[str], beside: frozenset[str]) -> list[str]:
    """Return the words for the part of a whole that is asked about, if a passage does not express them.

    One or two must stand beside the figure: other women than those of the question are no part of them. A word near in
    meaning is not enough for all of them: "women" is near "children", and another part.
    """
    parts = _parts_asked(query, _PART[query.language])
    short = all(len(part) <= _SHORT_PART for part in parts)
    told = {term.word: term.found_in(beside if short else around) for term in _terms_of(query, parts)}
    lacking = [word for word, strength in told.items() if strength < EXPRESSED]
    if max(told.values(), default=1.0) < _SAME:
        lacking = list(told)
    return [f"“{word}”" for word in lacking] if 2 * len(lacking) > len(told) else []


def _parts_asked(query: Query, patterns: Sequence[re.Pattern[str]]) -> list[list[str]]:
    """Return the words of each part of a whole that a question asks about."""
    return [words(match["part"]) for pattern in patterns if (match := pattern.search(query.text))]


def _terms_of(query: Query, parts: Sequence[Sequence[str]]) -> list[Term]:
    """Return the words of a question, as understood, that tell a part."""
    stems = {stem(word) for part in parts for word in part} - _LIGHT
    return [term for term in query.meanings if {term.stem, stem(term.word)} & stems]


def _one_of_a_row(query: Query, quoted: str) -> list[str]:
    """Return that a figure for one alone is missing, in words, where a text's figure is for several; empty if not.

    "19,954 people in Libya, the Sudan and Yemen" says nothing of the Sudan alone, nor "2,000 people, including
    officials, soldiers and students" of the officials. Who asks about two of them asks about all.
    """
    own = {name for name in query.names if name not in query.common_names}
    parts = _parts_asked(query, _PART[query.language]) or _parts_asked(query, (_OF_THEM[query.language],))
    part = {term.stem for term in _terms_of(query, parts)}
    rows = [(own, row.group()) for row in _ROW.finditer(quoted)]
    rows += [(part, row[1]) for row in _INCLUDING.finditer(quoted)]
    for stems, row in rows:
        found = [set(content_stems(one)) for one in _BETWEEN.split(row)]
        meant = [one for one in found if one & stems]
        elsewhere = stems & set(content_stems(quoted.replace(row, " ")))
        if len(found) >= _ROW_LENGTH and len(meant) == 1 and not elsewhere:
            one = " ".join(term.word for term in query.meanings if term.stem in meant[0] & stems)
            return [in_language(_ALONE, query.language).format(one)]
    return []


def _agent_missing(query: Query, told: str) -> list[str]:
    """Return who is asked about as doing something, if a text neither names it nor points back to it."""
    match = _AGENT.search(query.text) if query.language == "en" else None
    if match is None:
        return []
    agent = match[1].strip()
    names = set(content_stems(agent)) & set(query.names)
    if not names or names & query.common_names or names_country_of(agent, told, capitals=True):
        return []
    mentions = [found for word in words(agent) if stem(word) in names for found in re.finditer(rf"\b{word}", told)]
    if not mentions and _POINTS_BACK.search(told):
        return []
    # "In fourth place after UNICEF" tells nothing that UNICEF did.
    return [] if any(not _BESIDE.search(told[: found.start()]) for found in mentions) else [agent]
