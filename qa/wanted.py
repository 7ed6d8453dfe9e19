"""What kind of value a question asks for, and whether a sentence holds one.

The types follow the coarse classes of Li and Roth, "Learning Question Classifiers" (COLING 2002),
as far as surface patterns of English, French and Spanish questions tell them apart.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.currencies import CODES, SIGNS, names
from qa.question_words import INTERROGATIVES


class Wanted(StrEnum):
    """The kind of value asked for."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    QUANTITY = "quantity"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    LIST = "list"


FIGURES = frozenset({Wanted.COUNT, Wanted.MONEY, Wanted.SHARE, Wanted.QUANTITY})
VALUES = FIGURES | {Wanted.DATE}

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    "half|third|quarter|dozen"
)
# "The 114th session" counts nothing.
_DIGITS = r"(?<![\w-])\d[\d.,]*+(?!(?:st|nd|rd|th)\b)"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter"
)
# "40 dollars", "2 million Swiss francs", "400 silver marks"
_SUM = (
    r"\d\S*\s?(?:thousand |million |billion )?(?:silver |gold |[a-z]+ (?=dollar|franc))?"
    rf"(?:{SIGNS}|(?:{CODES}|{names()})\b)"
)

_QUESTION_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.SHARE,
        r"\b(per ?cent|percentage|proportion|share of|what (?:share|part of)|fraction|ratio|pourcentage|part des?|"
        r"quelle part|porcentaje|proporción|proporcion|qué parte|por ciento)\b|%",
    ),
    (
        Wanted.MONEY,
        r"\b(how much (money|(?<!by how much )did .* (cost|spend|raise|pay|receive|get|invest|give|allocate|ask|appeal|"
        r"commit)|"
        r"was (spent|raised|paid|invested|set aside|allocated|spend)|funding|cash|has .* raised)|"
        r"what (sum|amount)|what (do|does|did) .* (spend|cost|pay|raise|earn|receive|allocate|contribute|"
        r"make (a|per|every) (year|month))|"
        r"quel montant|combien .* (coût|dépens|investi|collect|reçu|levé|versé)\w*|"
        r"cuánto (dinero|costó|cuesta|gast|invirti|recaud|recibi|asign)\w*|"
        r"qué (suma|importe|monto|cantidad de dinero))",
    ),
    (
        Wanted.COUNT,
        r"\b(how many|how man+y|number of|how often|how long|how far (?:is|are|was|were|away|from)|"
        r"total (number|count)|count of|headcount|"
        r"what number|combien|nombre (de|d')|quel nombre|cuánt[oa]s|cuant[oa]s|número de|numero de|cantidad de)\b",
    ),
    (
        Wanted.QUANTITY,
        r"\b(how much|(level|rate|score|average|length|duration|size|weight|age) of|what (level|rate|score|age)|"
        r"average \w+|"
        r"à combien|(moyenne|longueur|durée|taille|âge|poids) (de|du|des)|cuánto|"
        r"(promedio|media|duración|tamaño|edad|peso) (de|del))\b",
    ),
    (
        Wanted.DATE,
        r"^\W*(when|quand|cuando)\b|\b((and|since|until|till|by|tell me|tell us|know|exactly) when|"
        r"what (date|year|month|day)|which (date|year|month|day)|since what|for which year|"
        r"(et|depuis|jusqu.à) quand|quelle (date|année)|en quelle année|à quelle date|"
        r"cuándo|(y|desde|hasta) cuando|en qué (año|fecha|mes)|qué (fecha|año))\b|[,;:(] ?(when|quand|cuando)\b",
    ),
    (
        Wanted.PERSON,
        r"\b((?<!people )(?<!person )(?<!those )(?<!staff )(?<!s )who|whom|whose|"
        r"which (organi[sz]ations?|compan(y|ies)|universit(y|ies)|agenc(y|ies)|partners?|donors?|"
        r"firms?|institutions?|foundation|bank|person|country)|"
        r"qui|quell?e?s? (organisations?|universités?|entreprises?|"
        r"agences?|partenaires?|bailleurs?|donateurs?|banque)|"
        r"quién|quien|quiénes|qué (organizaci(ón|ones)|universidad|empresa|"
        r"agencia|socios?|donantes?|banco))\b",
    ),
    (
        Wanted.PLACE,
        r"\b(where|(which|what) (countr(y|ies)|cit(y|ies)|region|place|state|location|office)s?|"
        r"où|dans (quels?|quelles?) (pays|villes?|régions?|États?)|quels? pays|dónde|donde|"
        r"en qué (país|países|ciudad|región|lugar)|qué (país|países))\b",
    ),
    (
        Wanted.REASON,
        r"\b(why|what (is|was) the reason|reasons? for|pourquoi|por qué|por que|a qué se debe)\b",
    ),
    (
        Wanted.MANNER,
        r"\b(how (do|does|did|is|are|was|were|has|have|can|will)|in what way|what is done|comment|cómo|como se)\b",
    ),
    (
        Wanted.DEFINITION,
        r"(\bwhat('?s| is| are| was| were| does)? .*\b(for|mean|means|stand for|about|purpose|aim|role)\b|"
        r"\bwhat(?:'s| is| are) [\w-]+(?: [\w-]+)?\W*$|\bdefinition|\bwhat (is|are|was) (a|an|the)\b|"
        r"\bstands? for\b|=\s*\?|\bmeaning of\b|"
        r"\bà quoi sert|\bque signifie|\bqu'est-ce que|\bqué (es|significa|son)\b|\bpara qué sirve)",
    ),
    (
        Wanted.LIST,
        r"\b(list|name (the|all|three|two|four|five|some)|"
        r"which (\w+ )?(countries|states|partners|organi[sz]ations|donors|categories|"
        r"languages|headings|themes|topics|areas|sectors|services|offices|agencies|companies|groups|types|kinds)|"
        r"what (\w+ )?(countries|states|partners|organi[sz]ations|donors|"
        r"categories|languages|themes|topics|areas|sectors|services|"
        r"groups|types|kinds)|quels|quelles|qué (países|idiomas|socios|categorías|áreas|temas)|cuáles|énumére|citez)\b",
    ),
)
_COMPILED = tuple((wanted, re.compile(pattern, re.IGNORECASE)) for wanted, pattern in _QUESTION_PATTERNS)

_HELD: dict[Wanted, re.Pattern[str]] = {
    Wanted.COUNT: re.compile(rf"{_DIGITS}|\b({_NUMBER_WORDS})\b", re.IGNORECASE),
    Wanted.MONEY: re.compile(rf"(?:\b(?:{CODES})|{SIGNS})\s?\d|{_SUM}", re.I),
    Wanted.SHARE: re.compile(
        r"\d\s?%|\bper ?cent\b|\bpercentage|\b(half|halves|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?|"
        r"one in|out of|\w*fold|halved|doubled|tripled)\b",
        re.I,
    ),
    Wanted.QUANTITY: re.compile(rf"{_DIGITS}|\b({_NUMBER_WORDS}|\w*fold|halved|doubled|tripled)\b", re.IGNORECASE),
    Wanted.DATE: re.compile(
        rf"\b(1[5-9]|20)\d\d\b|\b({_MONTHS})\b|\bcentury\b|\b\w+ (day|week|month|year)s (later|ago|after|before)\b",
        re.I,
    ),
    Wanted.PERSON: re.compile(r"(?<!^)(?<![.!?]\s)\b[A-Z][a-zA-Z’'-]+"),
    Wanted.PLACE: re.compile(r"(?<!^)(?<![.!?]\s)\b[A-Z][a-zA-Z’'-]+"),
    Wanted.REASON: re.compile(
        r"\b(because|since|so (as|that)|due to|owing to|in order to|to (ensure|help|allow|enable|improve|avoid|make)|"
        r"therefore|thereby|thus|as a (result|consequence)|aims?|with a view|reason|for fear|ensuring|allow|"
        r"helping|enabling|benefit|are at risk)\b",
        re.I,
    ),
    Wanted.MANNER: re.compile(r"\b(by|through|using|via|with|thanks to|means of|which|including)\b", re.I),
    Wanted.DEFINITION: re.compile(
        r"\b(is|are|was|were) (a|an|the|one)\b|\bwhich\b|\b(refers|means|aims|designed|purpose|known|serves?|role|"
        r"provides?|outlines?|offers?)\b|\t| – |, an? ",
        re.I,
    ),
    Wanted.LIST: re.compile(r",[^,]+(,| and | or )|;"),
}
# Words for money ask for an amount where the question asks no other thing about it.
_MONEY_WORDS = re.compile(
    r"\b(costs?|budget|revenue|income|expenditure|expenses|spen[dt]|fund(ing|s)? (was|were|did)|dollars?|usd|euros?|"
    r"price|worth|value of|dépenses|recettes|presupuesto|ingresos|gastos)\b",
    re.IGNORECASE,
)
_ASKS_OTHERWISE = re.compile(
    r"^\W*(why|who|whom|whose|when|where|which|how (?!much)|what (do|does|did|happened|kind|type|led|caused)|"
    r"what(?:['’]s| is| are| was| were) (?:the )?(?:purposes?|aims?|point|goals?|idea|role|use|name|title)\b|"
    r"do|does|did|has|have|had|pourquoi|qui|quand|où|comment|por qué|quién|cuándo|dónde|cómo|"
    r"quell?e?s? (?:entreprises?|organisations?|pays|bureaux?|partenaires?)|"
    r"qué (?:empresas?|organizaci(?:ón|ones)|países|país|oficinas?|socios?))\b",
    re.IGNORECASE,
)
# Where a question begins to ask: what stands before ("of those paying the costs, where ...") asks nothing.
_ASKS = re.compile(rf"\b(?:{INTERROGATIVES})\b", re.IGNORECASE)
# Figures whose kind the question tells: where one of them is asked for, any quantity is not.
_SPECIFIC = frozenset({Wanted.SHARE, Wanted.MONEY, Wanted.COUNT})
_PERCENTAGE = re.compile(r"\d[\d.,]*\s?(?:%|per ?cent)", re.IGNORECASE)
_DAY = re.compile(
    rf"\d{{1,2}}(?: (?:and|to) \d{{1,2}})? (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?\b")


def wanted_values(question: str) -> tuple[Wanted, ...]:
    """Return the kinds of value that a question asks for, most specific first; may be empty."""
    found = [wanted for wanted, pattern in _COMPILED if pattern.search(question)]
    asks = _ASKS.search(question)
    asked = question[asks.start() :] if asks else question
    if Wanted.MONEY not in found and _MONEY_WORDS.search(question) and not _ASKS_OTHERWISE.match(asked):
        found.insert(1 if found[:1] == [Wanted.SHARE] else 0, Wanted.MONEY)
    if _SPECIFIC & set(found):
        found = [wanted for wanted in found if wanted is not Wanted.QUANTITY]
    return tuple(found)


def holds_value(wanted: Wanted, sentence: str) -> bool:
    """Return whether a sentence holds a value of a kind.

    A calendar year, a day of a month or a percentage is no count: they are taken out before a number is looked for.
    """
    text = sentence
    if wanted in (Wanted.COUNT, Wanted.QUANTITY):
        for other in (_DAY, _YEAR) if wanted is Wanted.QUANTITY else (_PERCENTAGE, _DAY, _YEAR):
            text = other.sub(" ", text)
    return bool(_HELD[wanted].search(text))


def holds_day(sentence: str) -> bool:
    """Return whether a sentence names a day of a month."""
    return bool(_DAY.search(sentence))
