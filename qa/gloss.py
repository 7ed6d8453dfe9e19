"""Puts a French or Spanish question into English word by word, for what reads English only.

A gloss is no translation: words keep their places and verbs lose their tense ("How many migrant benefit of a return
voluntary?"). That is enough to compare words with the report's, and for the passage reader, which matches what is
asked with what stands there. The glossaries (``data/glossary``) were written by language models for the commonest
words of each language and the vocabulary of reports; inflected forms are looked up by their lemma (simplemma).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

LANGUAGES = ("fr", "es")

_TOKEN = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
# French pronouns that cling to a verb ("a-t-elle"), and words that lose their vowel before another ("l'aide").
_INVERTED = re.compile(r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|là|ci)\b", re.IGNORECASE)
_ELIDED = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)", re.IGNORECASE)
_FULL = {"l": "le", "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque"}
# Articles that have grown together with the word before them.
_CONTRACTED = {"fr": {"du": "de", "des": "de", "au": "à", "aux": "à"}, "es": {"del": "de", "al": "a"}}
_BEFORE_MARK = re.compile(r"\s+([?.,;:!%)\]])")
_OPENING_MARKS = re.compile(r"[¿¡]\s*")
_HOW_MANY_OF = re.compile(r"\b(how (?:many|much)) of(?! the)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many$", re.IGNORECASE)
_IRREGULAR = {"person": "people", "woman": "women", "man": "men", "child": "children"}
_NOT_COUNTED = re.compile(
    r"(?:s|ed|ing)$|^(?:of|be|have|people|women|men|children|staff|other|more|new|different|percent)$"
)


@dataclass(frozen=True)
class Gloss:
    """A question in English, word by word.

    Attributes:
        pieces: The English of each word or fixed expression, beside what was typed; empty where English needs none.
    """

    pieces: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The English words as a sentence."""
        text = _BEFORE_MARK.sub(r"\1", " ".join(english for english, _ in self.pieces if english))
        text = _HOW_MANY_OF.sub(r"\1", _OPENING_MARKS.sub("", text))
        return text[:1].upper() + text[1:]


def _plural(noun: str) -> str:
    """Return a noun, or an expression that ends with one, in the plural; other words as they are."""
    if _NOT_COUNTED.search(noun):
        return noun
    rest, space, last = noun.rpartition(" ")
    if last in _IRREGULAR:
        return f"{rest}{space}{_IRREGULAR[last]}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("x", "ch", "sh")) else f"{noun}s"


def gloss(question: str, language: str, knows: Callable[[str], bool]) -> Gloss:
    """Return a question in English; words that no glossary has stay as they are, and so does an English question.

    Args:
        question: The question.
        language: Its language, as an ISO 639-1 code.
        knows: Whether the report has an English word; of two meanings the one that it has is taken.
    """
    if language not in LANGUAGES:
        return Gloss(((question, question),))
    entries, most = _entries(language), _longest_of(language)
    tokens = _tokens(question, language)
    forms = [_forms(token, language) for token in tokens]
    pieces: list[tuple[str, str]] = []
    place = 0
    while place < len(tokens):
        length, english = _longest(forms, place, entries, most)
        typed = " ".join(tokens[place : place + length])
        if english is not None and _is_name_in_capitals(typed, english) and not question.isupper():
            english = None
        meant = typed if english is None else _cased(_meant(english, knows), typed if place else "")
        if english is not None and pieces and _HOW_MANY.search(pieces[-1][0]):
            # Lemmas are singular: "how many person" counts several.
            meant = _plural(meant)
        pieces.append((meant, typed))
        place += length
    return Gloss(tuple(pieces))


def _longest(
    forms: Sequence[tuple[str, ...]], place: int, entries: Mapping[tuple[str, ...], str], most: int
) -> tuple[int, str | None]:
    """Return how many words from a place on the longest entry has, as written or by their lemmas, and its English."""
    for length in range(min(most, len(forms) - place), 0, -1):
        part = forms[place : place + length]
        for key in zip(*part, strict=True):
            if key in entries:
                return length, entries[key]
    return 1, None


def _meant(english: str, knows: Callable[[str], bool]) -> str:
    meanings = english.split("|")
    return next((one for one in meanings if all(map(knows, one.split()))), meanings[0])


def _is_name_in_capitals(typed: str, english: str) -> bool:
    """Whether what is typed is a name, such as "CAFÉ", whatever the word means in lower case.

    Acronyms of another language have English ones ("OIM"), or take words to say ("ONG").
    """
    return len(typed) > 1 and typed.isupper() and not english.isupper() and " " not in english


def _cased(english: str, typed: str) -> str:
    """Return English words as names where what is typed inside a question is one, else in lower case."""
    if typed[:1].islower():
        return english.lower()
    return english[:1].upper() + english[1:] if typed[:1].isupper() and not typed.isupper() else english


def _tokens(text: str, language: str) -> list[str]:
    text = text.replace("’", "'")
    if language == "fr":
        text = _INVERTED.sub("", text)
        text = _ELIDED.sub(lambda match: _FULL.get(match[1].lower(), f"{match[1]}e") + " ", text)
    return [_CONTRACTED[language].get(token.lower(), token) for token in _TOKEN.findall(text)]


def _forms(token: str, language: str) -> tuple[str, ...]:
    """Return how a word may stand in a glossary: as typed, by its lemma, without the accents that many leave out."""
    lemma, bare = _lemma(token, language), _bare(token.lower())
    return token.lower(), lemma, bare, _bare(lemma), bare.removesuffix("s")


def _bare(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one))


@lru_cache(maxsize=16_384)
def _lemma(word: str, language: str) -> str:
    from simplemma import lemmatize

    return lemmatize(word.lower(), lang=language).lower()


@lru_cache(maxsize=len(LANGUAGES))
def _entries(language: str) -> dict[tuple[str, ...], str]:
    """Return a glossary: English, with bars between meanings, by the words of an entry, as written and by lemma."""
    text = resources.files("qa").joinpath(f"data/glossary/{language}.tsv").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in text.splitlines()]
    written = {tuple(_tokens(entry.lower(), language)): english for entry, english in (*_countries(language), *pairs)}
    several = {tuple(_lemma(word, language) for word in key): english for key, english in written.items() if key[1:]}
    entries = {**several, **written}
    return {tuple(map(_bare, key)): english for key, english in entries.items()} | entries


def _countries(language: str) -> list[tuple[str, str]]:
    from babel import Locale

    own, english = Locale(language).territories, Locale("en").territories
    return [(name, english[code]) for code, name in own.items() if code.isalpha() and code in english]


@lru_cache(maxsize=len(LANGUAGES))
def _longest_of(language: str) -> int:
    return max(map(len, _entries(language)))
