"""Reads a stand-alone question into a Query: language, what it wants, what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.stopwords import STOPWORDS
from corpus.words import content_stems, stem, words
from corpus.years import YEAR
from qa.countries import is_country
from qa.courtesies import in_first_person
from qa.followup import LEANING
from qa.gloss import Gloss, gloss
from qa.initials import is_acronym
from qa.language import detect_language
from qa.question_words import INTERROGATIVES
from qa.thesaurus import same_meaning
from qa.vocabulary import Term, Vocabulary, is_common
from qa.wanted import Wanted, wanted_values

_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
# Words that say what kind of thing is asked for, and stand in for the value itself.
_ASKING_WORDS = frozenset(
    stem(word)
    for word in [
        "number",
        "numbers",
        "total",
        "amount",
        "percentage",
        "percent",
        "proportion",
        "share",
        "year",
        "date",
        "name",
        "names",
        "list",
        "figure",
        "figures",
        "sum",
        "count",
        "report",
        "reports",
        "say",
        "says",
        "tell",
        "know",
        "need",
        "mean",
        "means",
        "meaning",
        "stand",
        "stands",
        "acronym",
        "abbreviation",
    ]
)


# "The Agency", "our Office": the organization that reports, or a body that the question does not name.
_BODIES = (
    r"(?:Agency|Office|Fund|Secretariat|Commission|Federation|Alliance|Bank|Union|Institute|Programme|Program|Government|"
    r"Council|Board|Organi[sz]ation|Committee|Centre|Center|Ministry|Department|Assembly|Foundation|Network|Administration)"
)
_SELF = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|[Tt]his) ({_BODIES}(?:['’]s)?)\b(?! [A-Z]| (?:of|for|on) (?:the )?[A-Z])|"
    r"\b(Government)(?= of\b)"
)
# "Together with an NGO": a kind of thing, not this or that one.
_A_KIND = re.compile(
    r"\b[Aa]n? ([A-Z]{2,})(?=[\s,.;:?!]*$|[,.;:?!]| (?:and|or|but|in|that|which|who|to|for|from|with|of|is|was|has)\b)"
)
# "I'd" opens with a capital anywhere.
_I = re.compile(r"I['’]")
# "How many of them ...?" is about what the sentence before names.
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|their|these|those|this|there|he|she|his|her)\b", re.IGNORECASE)
# "Dr. Ali" is Ali's name, and no sentence ends there.
_TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|Sra?|Mme)\.?\s+(?=[A-ZÀ-Þ])")
_SENTENCE_END = re.compile(r"(?<=[.!])(?<!\b[A-Z]\.)(?<!\bSt\.)\s+(?=\W*[A-ZÀ-Þ])")
_ASKS = re.compile(rf"[?¿]|^\W*(?:\w+ )?(?:{INTERROGATIVES})\b", re.IGNORECASE)
# "Pourriez-vous" and "Cross-border" open a question with more than one word.
_OPENS_SENTENCE = re.compile(r"(?:^|(?<=[.?!:…] ))\W*([^\W_][^\s?!,;:]*)")


@dataclass(frozen=True)
class Query:
    """A stand-alone question, understood.

    Attributes:
        text: The question, as typed or completed from its history.
        english: The same with spelling corrected; word by word in English, if it is in another language.
        language: ISO 639-1 code.
        dense_text: What is embedded.
        lexical_text: What BM25 searches: spelling corrected, acronyms expanded.
        wanted: The kinds of value asked for.
        terms: Stems of the words that carry meaning, without those that only ask.
        names: Stems of the proper names among them.
        unknown: Names that the report does not have, in English where a glossary has them.
        years: Years named.
        figures: Figures named, as typed.
        meanings: The words of ``terms`` in any language, with what the report may call them.
        common_names: Stems of names that stand all over the report, such as that of the organization that reports.
    """

    text: str
    english: str
    language: str
    dense_text: str
    lexical_text: str
    wanted: tuple[Wanted, ...]
    terms: tuple[str, ...]
    names: tuple[str, ...]
    unknown: tuple[str, ...]
    years: tuple[str, ...]
    figures: tuple[str, ...]
    meanings: tuple[Term, ...] = ()
    common_names: frozenset[str] = frozenset()


def understand(question: str, vocabulary: Vocabulary, language: str | None = None) -> Query:
    """Return the question read against the report's vocabulary."""
    language = language or detect_language(question)
    corrected = _corrected(question, vocabulary, language)
    glossed = gloss(corrected, language, lambda word: vocabulary.knows(stem(word)))
    english = glossed.text
    names = _names_asked_about(corrected, english, vocabulary, language)
    return Query(
        text=question,
        english=english,
        language=language,
        dense_text=corrected,
        lexical_text=vocabulary.expanded(english),
        wanted=wanted_values(_asking(question)) or wanted_values(_asking(english)),
        terms=tuple(term for term in content_stems(english) if term not in _ASKING_WORDS),
        names=tuple(dict.fromkeys(stem(name) for name in names)),
        unknown=tuple(name for name in names if not vocabulary.knows(stem(name))),
        years=tuple(dict.fromkeys(YEAR.findall(question))),
        figures=tuple(dict.fromkeys(_FIGURE.findall(question))),
        meanings=_meanings(glossed, vocabulary),
        common_names=vocabulary.common_names,
    )


def focus_of(query: Query, vocabulary: Vocabulary) -> Query | None:
    """Return what a completed follow-up asks itself, or ``None`` for a question that leans on no other."""
    found = LEANING.match(query.text)
    return understand(found[1], vocabulary, query.language) if found else None


def in_english(question: str, vocabulary: Vocabulary, language: str) -> str:
    """Return a question with its spelling corrected, word by word in English if it is in another language."""
    corrected = _corrected(question, vocabulary, language)
    return gloss(corrected, language, lambda word: vocabulary.knows(stem(word))).text


def _corrected(question: str, vocabulary: Vocabulary, language: str) -> str:
    spelled_out = vocabulary.spelled_out(question, language)
    return vocabulary.corrected(spelled_out) if language == "en" else spelled_out


def _meanings(glossed: Gloss, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return the words that carry meaning, each stem once, in order of appearance."""
    found: dict[str, tuple[str, str]] = {}
    for english, typed in glossed.pieces:
        for word in words(english):
            stemmed = stem(word)
            if word.lower() not in STOPWORDS and stemmed and stemmed not in STOPWORDS and stemmed not in _ASKING_WORDS:
                found.setdefault(stemmed, (word, word if typed == english else typed))
    return tuple(replace(vocabulary.term(word), word=typed) for word, typed in found.values())


def _is_no_word(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word has capitals for another reason than that it opens a sentence: "IATI", but not "OK"."""
    return sum(map(str.isupper, word)) > 1 and (vocabulary.writes(word) or not is_common(word))


def _is_abbreviation(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is the short form of a common one, such as "ID" or "HQ", which the report writes in full."""
    return is_acronym(word) and not vocabulary.knows(stem(word)) and stem(word) in same_meaning()


def _names_asked_about(typed: str, question: str, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    """Return the names in a question, without those of sentences in which somebody only says who asks.

    "I am new in the Quito office. How many people were trained in Peru?" is not about Quito; if it asked how many of
    them were, it would be. A question without a name of its own is about what was said before.

    Args:
        typed: The question in its own language.
        question: The same in English.
        vocabulary: The report's vocabulary.
        language: Its language.
    """
    typed, question = _TITLE.sub("", typed), _TITLE.sub("", question)
    told = [sentence for sentence in _SENTENCE_END.split(typed) if not _ASKS.search(sentence)]
    asking = _asking(question)
    if not all(map(in_first_person, told)) or _POINTS_BACK.search(asking):
        return _names(question, vocabulary, language)
    names = _names(asking, vocabulary, language)
    own = [name for name in names if stem(name) not in vocabulary.common_names]
    return names if own else _names(question, vocabulary, language)


def _asking(text: str) -> str:
    """Return those sentences of a text that ask; the text itself if none does."""
    return " ".join(filter(_ASKS.search, _SENTENCE_END.split(text))) or text


def _names(question: str, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    """Return the words that name something: capitals inside the question, or names of the report in any case.

    An everyday word in lower case is none, though the report may have it in a name ("Big Six").
    """
    shouting = question.isupper()
    selves = {word for match in _SELF.finditer(question) for word in match.groups() if word}
    kinds = set(_A_KIND.findall(question))
    opening = {word for typed in _OPENS_SENTENCE.findall(question) for word in (typed, *words(typed))}
    found = []
    for word in words(question):
        if word.lower() in STOPWORDS or word[0].isdigit() or stem(word) in _ASKING_WORDS or word in selves:
            continue
        if word in kinds or _is_abbreviation(word, vocabulary) or _I.match(word):
            continue
        capital = word[0].isupper() and not shouting and (word not in opening or _is_no_word(word, vocabulary))
        known = vocabulary.writes(word) and stem(word) in vocabulary.names and language == "en"
        known = known and (word[0].isupper() or not is_common(word))
        country = is_country(word) and not is_common(word)
        if capital or known or country:
            found.append(word)
    return tuple(dict.fromkeys(found))
