"""What a question requires of its evidence, and what the evidence lacks.

A retrieval score cannot tell a question that the report answers from one that only sounds like it. These
requirements can, one trap each: a figure of the kind asked for, the year asked about, the names asked about.
"""

from __future__ import annotations

import re

from corpus.document import Metadata
from corpus.text import plain
from corpus.words import content_stems, stem
from corpus.years import SPAN, YEAR, without_compared
from index.passage import Passage
from qa.particulars import EXPRESSED, particulars_missing
from qa.understand import Query
from qa.vocabulary import Vocabulary
from qa.wanted import FIGURES, VALUES, Wanted, holds_day, holds_value

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
_THE_YEAR = {"en": "the year {}", "fr": "l’année {}", "es": "el año {}"}
_MIN_PREFIX = 4
# "What is the Director's salary?", "what was the cost of ...", "quel est le salaire de ...": the attribute asked for.
_ATTRIBUTE = {
    "en": re.compile(
        r"^what(?:['’]?s| is| are| was| were) (?:"
        r"(?:the|our|its|their) (?:[\w-]+ )*?([\w-]+)(?= of\b)|"
        r"(?:the |our |its |their )?(?:[\w-]+ )*?[\w-]+['’]s (?:[\w-]+ )*?([\w-]+)(?= (?:in|for|at|on)\b|[?,;:.]|$))",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"^quell?e?s? (?:est|sont|était|étaient|fut) (?:le |la |les |l[’'])([\w-]+)", re.IGNORECASE),
    "es": re.compile(r"^¿?\s?cuál(?:es)? (?:es|son|fue|fueron|era|eran) (?:el|la|los|las) ([\w-]+)", re.IGNORECASE),
}
# From this kinship on two names are one in two languages or spellings; below the other the report has none like it.
_SAME_NAME, _LIKE_NAME = 0.8, 0.3
# A question of mostly foreign words is about nothing in the report, or is no question.
_KNOWN_SHARE = 0.34


def value_missing(query: Query, text: str) -> str:
    """Return the kind of value that is asked for and that a text lacks, in words; empty if none."""
    asked = [wanted for wanted in query.wanted if wanted in VALUES]
    if asked[:1] == [Wanted.DATE] and _EXACT_DAY.search(query.text) and not holds_day(text):
        return _EXACT_DATE.get(query.language, _EXACT_DATE["en"])
    bare = text
    for figure in query.figures:
        bare = bare.replace(figure, " ")
    if not asked or any(holds_value(wanted, text if wanted is Wanted.DATE else bare) for wanted in asked):
        return ""
    return _IN_WORDS.get(query.language, _IN_WORDS["en"])[asked[0]]


def unmet(query: Query, quoted: str, passage: Passage, vocabulary: Vocabulary, report: Metadata) -> tuple[str, ...]:
    """Return what the evidence for an answer lacks, in words; empty when it has all that is required.

    Args:
        query: The question.
        quoted: The sentences that would be quoted, without markup.
        passage: The passage they stand in.
        vocabulary: The report's vocabulary.
        report: What the report is; its sentences need not name its year or its organization.
    """
    lacking = []
    meaning = [term for term in query.terms if len(term) > 1 and not term.isdigit()]
    known = sum(vocabulary.knows(term) for term in meaning)
    if query.language == "en" and query.terms and known < _KNOWN_SHARE * max(len(meaning), 1):
        lacking.append("most words of the question")
    missing = value_missing(query, quoted)
    if missing:
        lacking.append(missing)
    around = f"{' '.join(passage.section)} {passage.title or ''} {plain(passage.text)}"
    # A figure of another year stands beside that year, and not where the year is only compared with.
    dated = without_compared(quoted) if set(query.wanted) & VALUES else around
    # "The Strategic Plan 2024–2028" asks for no figure of 2024.
    spans = {year for span in SPAN.findall(query.text) for year in span}
    years = [
        year
        for year in query.years
        if int(year) != report.year and year not in YEAR.findall(around if year in spans else dated)
    ]
    the_year = _THE_YEAR.get(query.language, _THE_YEAR["en"])
    lacking.extend(the_year.format(year) for year in years)
    lacking.extend(_unknown_names(query, around, vocabulary))
    lacking.extend(_names_missing(query, around, vocabulary))
    lacking.extend(_attribute_missing(query, around))
    lacking.extend(particulars_missing(query, quoted, passage, _own_names(vocabulary, report)))
    return tuple(dict.fromkeys(lacking))


def _attribute_missing(query: Query, around: str) -> list[str]:
    """Return the attribute that a question asks for, in quotation marks, if the passage has no word for it."""
    pattern = _ATTRIBUTE.get(query.language)
    match = pattern.match(query.dense_text) if pattern else None
    if match is None:
        return []
    present = frozenset(content_stems(around))
    return [
        f"“{term.word}”"
        for term in query.meanings
        if term.word in match.groups() and term.found_in(present) < EXPRESSED
    ]


def _unknown_names(query: Query, around: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names that the report does not have.

    In another language than the report's a name may be one that the report writes otherwise; only a word, not an
    acronym, without any like it in the report is surely unknown.
    """
    if query.language == "en":
        return [name for name in query.unknown if not _stands_for(name, around, vocabulary)]
    kin = {term.word: term.kin for term in query.meanings}
    return [
        name
        for name in query.unknown
        if not name.isupper() and max(kin.get(name, {"": 1.0}).values(), default=0.0) < _LIKE_NAME
    ]


def _own_names(vocabulary: Vocabulary, report: Metadata) -> frozenset[str]:
    """Return the stems of the names of the organization that reports, short and long."""
    short = report.organization
    return frozenset(content_stems(f"{short} {vocabulary.acronyms.get(short, '')}"))


def _names_missing(query: Query, around: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names of a question about a quantity that the passage does not speak of.

    A figure about something else is the worst answer, so what a figure is about must be named beside it. A name that
    the report lacks may be one that it writes in its own language, so only known ones count in another language.
    """
    if not set(query.wanted) & FIGURES:
        return []
    present = set(content_stems(around))
    initials = _initials(around)
    missing = []
    terms = {term.stem: term for term in query.meanings}
    for name in query.names:
        kin = terms[name].kin if name in terms else {}
        if query.language != "en" and not vocabulary.knows(name):
            continue
        if any(other in present and strength >= _SAME_NAME for other, strength in kin.items()):
            continue
        prefix = name[: max(_MIN_PREFIX, len(name) - 3)]
        if not (name in initials or any(found.startswith(prefix) for found in present)):
            missing.append(terms[name].word if name in terms else name)
    return missing


def _stands_for(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a name that the report does not have still stands for something in a text.

    An acronym may be spelled out ("CDC" for "Centers for Disease Control"), a people's name may share its
    beginning with its country ("Ethiopians").
    """
    if name.isupper() and len(name) > 1:
        return name.lower() in _initials(text)
    stemmed = stem(name)
    prefix = stemmed[: max(_MIN_PREFIX, len(stemmed) - 3)]
    return any(known.startswith(prefix) for known in vocabulary.names)


def _initials(text: str) -> str:
    """Return the first letters of the capitalized words of a text, in order."""
    return "".join(word[0].lower() for word in re.findall(r"[^\W\d_]+", text) if word[0].isupper())
