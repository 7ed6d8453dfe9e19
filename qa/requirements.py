"""What a question requires of its evidence, and what the evidence lacks.

A retrieval score cannot tell a question that the report answers from one that only sounds like it. These
requirements can, one trap each: a figure of the kind asked for, the year asked about, the names asked about.
"""

from __future__ import annotations

import re

from corpus.text import plain
from corpus.words import content_stems, stem, words
from corpus.years import SPAN, YEAR, tells_year_before, without_compared
from index.passage import Passage
from index.speakers import speaker
from qa.countries import (
    folded,
    is_country,
    mentioned,
    names_a_people,
    names_capital_of,
    names_country_of,
    regions_told_by_country,
)
from qa.demands import in_language
from qa.held import WHO_IS, long_form_missing, name_missing, value_missing
from qa.initials import initials_of, is_acronym
from qa.particulars import EXPRESSED, particulars_missing
from qa.premises import contradicted
from qa.understand import Query
from qa.vocabulary import Vocabulary, is_english
from qa.wanted import FIGURES, VALUES, Wanted

# "What is the point of ...": what for, which a text mostly tells in other words.
_PURPOSE = re.compile(r"\b(?:point|purpose|aim|goal|idea|use|le but|intérêt|propósito|objeto|sentido)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|depuis|desde) (?:\w+ )?((?:19|20)\d\d)\b", re.IGNORECASE)
# "The Strategy 2022–2026": a name; "in 2022–2023" is a time.
_NAMED_SPAN = re.compile(rf"\b(?!(?:In|For|From|During|Between|Over|Of)\b)[A-Z][\w-]* {SPAN.pattern}")
_HOW_LONG = re.compile(r"\bhow (?:many years|long)\b|\bcombien d[’']an|\bcuántos años\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|across|throughout) (?:the )?")
_THE_YEAR = {"en": "the year {}", "fr": "l’année {}", "es": "el año {}"}
# CLDR has the United Nations among its territories.
_NO_COUNTRY = frozenset({"UN"})
_OWNERS = re.compile(r"['’]s?$")
_MIN_PREFIX = 4
_PHRASE = re.compile(r"[A-ZÀ-Þ][\w-]+(?: (?:(?:de|del|du|des|la|las|los|et|y|e) )*(?:[dl][’'])?[A-ZÀ-Þ][\w-]+)+")
# "What is the Director's salary?", "what was the cost of ...", "quel est le salaire de ...": the attribute asked for.
_ATTRIBUTE = {
    "en": re.compile(
        r"^what(?:['’]?s| is| are| was| were) (?:"
        r"(?:the|our|its|their) (?:[\w-]+ ){0,3}?([\w-]+)(?= of\b)|"
        r"(?:the |our |its |their )?(?:[\w-]+ ){0,3}?[\w-]+['’]s "
        r"(?:[\w-]+ ){0,3}?([\w-]+)(?= (?:in|for|at|on)\b|[?,;:.]|$))",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"^quell?e?s? (?:est|sont|était|étaient|fut) (?:le |la |les |l[’'])([\w-]+)", re.IGNORECASE),
    "es": re.compile(r"^¿?\s?cuál(?:es)? (?:es|son|fue|fueron|era|eran) (?:el|la|los|las) ([\w-]+)", re.IGNORECASE),
}
# From the first kinship on two names are one in two languages or spellings; below the second a name, and below the
# third a word, is like none of the report.
_SAME_NAME, _LIKE_NAME, _LIKE = 0.8, 0.5, 0.3
# A question of mostly foreign words is about nothing in the report, or is no question.
_KNOWN_SHARE = 0.34
# From these log-odds on the reader's word counts more than a word that is missing: "Nordic" where Norway stands.
_CONVINCED = 1.0


def unmet(
    query: Query,
    quoted: str,
    until: str,
    passage: Passage,
    vocabulary: Vocabulary,
    report_year: int,
    read: float | None = None,
) -> tuple[str, ...]:
    """Return what the evidence for an answer lacks, in words; empty when it has all that is required.

    Args:
        query: The question.
        quoted: The sentences that would be quoted, without markup.
        until: Their passage up to their end, without markup: what they may be about.
        passage: The passage they stand in.
        vocabulary: The report's vocabulary.
        report_year: The year that the report is about, which its sentences need not name.
        read: The reader's log-odds of the sentence that most surely answers, in whatever words; ``None`` if it did
            not read.
    """
    headings = " ".join((*passage.section, passage.title or "", speaker(passage, quoted, vocabulary.signers)))
    around = f"{headings} {plain(passage.text)}"
    found, convinced = (read is not None and read > least for least in (0.0, _CONVINCED))
    lacking = [
        "most words of the question" if _is_foreign(query, vocabulary) and not found else "",
        value_missing(query, quoted),
        name_missing(query, quoted),
        long_form_missing(query, quoted),
        *_years_missing(query, quoted, around, report_year),
        *_unknown_names(query, around, vocabulary),
        *(() if convinced else _names_missing(query, f"{headings} {until}", vocabulary)),
        *_countries_missing(query, quoted, f"{headings} {until}"),
        *(() if convinced else _attribute_missing(query, around)),
        *particulars_missing(query, quoted, passage),
        *contradicted(query, quoted, until),
    ]
    return tuple(dict.fromkeys(filter(None, lacking)))


def _is_foreign(query: Query, vocabulary: Vocabulary) -> bool:
    """Whether the report has nothing like most words of a question in its language.

    What is no word may still come near one of the report's by chance: "asdf".
    """
    meaning = [term for term in query.meanings if len(term.stem) > 1 and not term.stem.isdigit()]
    words_of_it = [term for term in meaning if vocabulary.knows(term.stem) or is_english(term.word)]
    known = sum(max(term.kin.values(), default=0.0) >= _LIKE for term in words_of_it)
    return query.language == "en" and bool(query.meanings) and known < _KNOWN_SHARE * max(len(meaning), 1)


def _years_missing(query: Query, quoted: str, around: str, report_year: int) -> list[str]:
    """Return the years asked about that the text does not tell of, in words."""
    # A figure of another year stands beside that year, and not where the year is only compared with.
    told = set(YEAR.findall(without_compared(quoted) if set(query.wanted) & VALUES else around))
    # Nor is it one of a year that a plan is named by.
    if set(query.wanted) & FIGURES and not _HOW_LONG.search(query.text):
        told &= set(YEAR.findall(_NAMED_SPAN.sub(" ", quoted)))
    told.add(str(report_year))
    if tells_year_before(quoted):
        told.add(str(report_year - 1))
    # "The Strategic Plan 2024–2028", "since 2016" ask for no figure of 2024 or 2016.
    bounds = {year for span in SPAN.findall(query.text) for year in span} | set(_SINCE.findall(query.text))
    told |= bounds & set(YEAR.findall(around))
    the_year = in_language(_THE_YEAR, query.language)
    return [the_year.format(year) for year in query.years if year not in told]


def _attribute_missing(query: Query, around: str) -> list[str]:
    """Return the attribute that a question asks for, in quotation marks, if the passage has no word for it."""
    pattern = _ATTRIBUTE.get(query.language)
    match = pattern.match(query.dense_text) if pattern else None
    # Of a figure its kind is required ("the cost of ..."), which need not be named.
    if match is None or _PURPOSE.search(query.text) or set(query.wanted) & FIGURES:
        return []
    present = frozenset(content_stems(around))
    return [
        f"“{term.word}”"
        for term in query.meanings
        if term.word in match.groups() and term.found_in(present) < EXPRESSED
    ]


def _unknown_names(query: Query, around: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names that the report does not have, as typed.

    A name in another language that no glossary has may be one that the report writes otherwise; only a word, not an
    acronym, without any like it in the report is surely unknown, and not if the name goes on with one that has
    ("Marco de Gobernanza").
    """
    regions = regions_told_by_country(query.text, around)
    unknown = [
        name for name in query.unknown if folded(name) not in regions and not _stands_for(name, around, vocabulary)
    ]
    if query.language == "en":
        return unknown
    kin = {term.word: max(term.kin.values(), default=0.0) for term in query.meanings}
    as_typed = set(words(query.text))
    otherwise = {name for name in as_typed if is_acronym(name) or kin.get(name, 1.0) >= _LIKE_NAME}
    for phrase in _PHRASE.findall(query.text):
        if any(kin.get(word, 0.0) >= _LIKE_NAME and not is_acronym(word) for word in words(phrase)):
            otherwise |= set(words(phrase))
    typed = {term.stem: term.word for term in query.meanings}
    return [typed.get(stem(name), name) for name in unknown if name not in otherwise or is_country(name)]


def _names_missing(query: Query, told: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names of a question about a quantity or a person that a text does not speak of.

    A figure about something else is the worst answer, so what a figure is about must be named beside it. A name that
    the report lacks may be one that it writes in its own language, so only known ones count in another language.
    """
    figure = set(query.wanted) & FIGURES
    if not figure and Wanted.PERSON not in query.wanted and not WHO_IS.search(query.text):
        return []
    present = set(content_stems(vocabulary.expanded(told)))
    missing = []
    terms = {term.stem: term for term in query.meanings}
    regions = regions_told_by_country(query.text, told)
    for name in query.names:
        typed = terms[name].word if name in terms else name
        if folded(typed) in regions:
            continue
        # What another country's name is near in meaning to is still another country.
        country = is_country(typed) or is_country(name)
        # "Which French company ...?" describes what is to be named; "how many French ..." says whom a figure counts.
        if not figure and names_a_people(folded(typed.partition("-")[0])):
            continue
        if typed.islower() and is_english(typed) and not country:
            continue
        if name in query.common_names or (query.language != "en" and not country and not vocabulary.knows(name)):
            continue
        kin = terms[name].kin if name in terms and not country else {}
        same = {other for other, strength in kin.items() if strength >= _SAME_NAME}
        if same & (query.common_names | present):
            continue
        prefix = name[: max(_MIN_PREFIX, len(name) - 3)]
        short = is_acronym(typed) or typed.islower()
        if (short and _spelled_out(name, told)) or any(found.startswith(prefix) for found in present):
            continue
        if not _country_told(typed, told):
            missing.append(typed)
    return missing


def _countries_missing(query: Query, quoted: str, until: str) -> list[str]:
    """Return the countries asked about, as typed, where a figure is one of other countries or of none of them.

    "268 refugees began a new life in Argentina" tells nothing of Canada, though its passage may name it; a sum that
    donors gave tells nothing of one that is only named further on.

    Args:
        query: The question.
        quoted: The sentences that would be quoted.
        until: Their headings and their passage up to their end.
    """
    names = {folded(name) for name in query.names}
    asked = [
        (found, codes)
        for found, codes in mentioned(query.english)
        if {stem(word) for word in found.split()} <= names and not names_a_people(found) and codes != _NO_COUNTRY
    ]
    if not asked or not set(query.wanted) & FIGURES:
        return []
    text = quoted if _is_placed(quoted) else until
    told = frozenset[str]().union(*(codes for _, codes in mentioned(text)))
    regions = regions_told_by_country(query.text, text)
    if any(codes & told or found in regions or _country_told(found, text) for found, codes in asked):
        return []
    typed = {folded(word): term.word for term in query.meanings for word in (term.stem, term.word)}
    return [" ".join(typed.get(stem(word), word) for word in found.split()) for found, _ in asked]


def _is_placed(text: str) -> bool:
    """Whether a text says in which country something was: "in Chile", not "staff of the United Nations"."""
    for match in _PLACE.finditer(text):
        rest = text[match.end() :]
        first = next((found for found, _ in mentioned(rest)), "")
        if first and rest[:1].isupper() and folded(rest).startswith(first) and not names_a_people(first):
            return True
    return False


def _stands_for(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a name that the report does not have still stands for something in a text.

    An acronym may be spelled out ("CDC" for "Centers for Disease Control"), a people's name may share its
    beginning with its country ("Ethiopians"), a country be called by its people.
    """
    if _country_told(name, text):
        return True
    if is_acronym(name):
        return _spelled_out(name, text)
    stemmed = stem(name)
    prefix = stemmed[: max(_MIN_PREFIX, len(stemmed) - 3)]
    return any(known.startswith(prefix) for known in vocabulary.names)


def _country_told(name: str, text: str) -> bool:
    """Whether a text names the country of a name: "Kyiv's war" is Ukraine's, and "Uganda's capital" Kampala."""
    owner = bool(_OWNERS.search(name))
    return names_country_of(name, text, capitals=owner) or (owner and names_capital_of(name, text))


def _spelled_out(acronym: str, text: str) -> bool:
    """Whether words in a row of a text begin with an acronym's letters.

    Names have capitals; what is no name may be shortened too ("NGO"), but two letters stand in any row of words.
    """
    letters = initials_of(acronym)
    found = re.findall(r"[^\W\d_]+", text)
    rows = [[word for word in found if word[0].isupper()], found if letters[2:] else []]
    return any(letters in "".join(word[0].lower() for word in row) for row in rows)
