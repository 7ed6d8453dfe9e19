"""The words of the indexed report: stems, how rare they are, its proper names and its acronyms."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.stopwords import STOPWORDS
from corpus.text import plain
from corpus.words import WORD, content_stems, stem, words
from index.passage import Passage
from index.speakers import Signers, signers_of, speaker
from qa.countries import is_country
from qa.initials import Phrases, is_acronym
from qa.thesaurus import same_meaning

if TYPE_CHECKING:
    from corpus.document import Acronym
    from qa.kinship import Kinship

_NUMBER = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMON_SHARE, _MANY = 0.1, 5
# Occurrences in the dictionary's corpus (OpenSubtitles): "china" has 3,000, "island" 52,000.
_COMMON_WORD = 5000
# The dictionary's fewest are 50, among them "qwerty".
_RARE_WORD = 100
# The dictionary is American: "organisation", "labour", "centre", "programme", "travelled".
_BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"is(?=(?:ations?|ed?|es|ing|ers?)$)", "iz"),
        (r"our", "or"),
        (r"tre(?=s?$)", "ter"),
        (r"mme(?=s?$)", "m"),
        (r"ll(?=(?:ed|ing|ers?)$)", "l"),
        (r"ence(?=s?$)", "ense"),
    )
)
_MIN_CORRECTED = 5
_SHORTEST_LOWERED = 3
# A question with more words in capitals shouts; each would be looked for in the whole report.
_MOST_ACRONYMS = 8
_CORRECTION_CUTOFF = 84


@dataclass(frozen=True)
class Term:
    """A word of a question, and what it may be called in the report.

    Attributes:
        word: The word as typed.
        stem: Its stem.
        weight: How rare it is: the idf of its stem, or of the report's word that is nearest in meaning.
        kin: Stems of the report that mean about the same, with how much, above 0 to 1; the stem itself, where the
            report has it, with 1.
    """

    word: str
    stem: str
    weight: float
    kin: Mapping[str, float] = field(repr=False)

    def found_in(self, stems: frozenset[str]) -> float:
        """Return how well stems express the word, from 0 to 1."""
        if self.kin.get(self.stem) == 1.0 and self.stem in stems:
            return 1.0
        return max((strength for other, strength in self.kin.items() if other in stems), default=0.0)


@dataclass(frozen=True)
class Vocabulary:
    """What the report's words tell about a question's words.

    Attributes:
        sentence_stems: The stems of each sentence, in index order.
        passage_stems: The stems of each passage with its section and title.
        idf: Inverse passage frequency of each stem (natural logarithm).
        names: Stems of words that the report mostly writes with a capital inside a sentence.
        spellings: The words of the report in lower case, by frequency.
        acronyms: Long form by acronym.
        signers: Who speaks in the first person, by the heading of the main section.
        phrases: Finds the words in a row that an acronym stands for.
        kinship: Finds words of about the same meaning; ``None`` to know only the words themselves.
    """

    sentence_stems: tuple[frozenset[str], ...] = field(repr=False)
    passage_stems: tuple[frozenset[str], ...] = field(repr=False)
    idf: dict[str, float] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    spellings: tuple[str, ...] = field(repr=False)
    acronyms: dict[str, str] = field(repr=False)
    signers: Signers = field(default_factory=dict, repr=False)
    phrases: Phrases = field(default_factory=Phrases, repr=False)
    kinship: Kinship | None = field(default=None, repr=False)

    @cached_property
    def common_years(self) -> frozenset[str]:
        """The years that stand in many of the passages and so date nothing."""
        return frozenset(found for found in self._common if _YEAR.fullmatch(found))

    @cached_property
    def common_names(self) -> frozenset[str]:
        """The stems of names that stand in many of the passages, such as that of the organization that reports."""
        return frozenset(found for found in self._common & self.names if len(self._rows[found]) >= _MANY)

    @cached_property
    def _common(self) -> frozenset[str]:
        most = math.log(1 + 1 / _COMMON_SHARE)
        return frozenset(found for found, idf in self.idf.items() if idf < most)

    def weight(self, stemmed: str) -> float:
        """Return a stem's idf; a stem the report does not have weighs as much as the rarest."""
        return self.idf.get(stemmed, math.log(1 + len(self.passage_stems)))

    @cached_property
    def _rows(self) -> dict[str, NDArray[np.int64]]:
        """The passages that have each stem, as row numbers."""
        rows: dict[str, list[int]] = {}
        for row, stems in enumerate(self.passage_stems):
            for found in stems:
                rows.setdefault(found, []).append(row)
        return {found: np.array(numbers, dtype=np.int64) for found, numbers in rows.items()}

    def term(self, word: str) -> Term:
        """Return what a word of a question may be called in the report."""
        stemmed = stem(word)
        kin = dict(self.kinship.kin(word)) if self.kinship and not _NUMBER.search(word) else {}
        if self.knows(stemmed):
            kin[stemmed] = 1.0
        nearest = stemmed if stemmed in kin or not kin else max(kin, key=lambda other: (kin[other], other))
        return Term(word, stemmed, self.weight(nearest), kin)

    def passage_coverage(self, terms: Sequence[Term]) -> NDArray[np.float32]:
        """Return how much of a question's words each passage expresses: the sum of their weights, by how well."""
        scores = np.zeros(len(self.passage_stems), dtype=np.float32)
        for term in terms:
            best = np.zeros_like(scores)
            for other, strength in term.kin.items():
                rows = self._rows.get(other)
                if rows is not None:
                    best[rows] = np.maximum(best[rows], strength * self.weight(other))
            scores += best
        return scores

    def writes(self, word: str) -> bool:
        """Return whether the report has a word in this very form, in whatever case."""
        return word.lower().removesuffix("'s").removesuffix("’s") in self._forms

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(self.spellings)

    def knows(self, stemmed: str) -> bool:
        """Return whether the report has the stem."""
        return stemmed in self.idf

    def corrected(self, question: str) -> str:
        """Return the question with misspelt words replaced by the report's nearest spelling.

        Only longer words close to one of the report's are touched, none that English has.
        """
        from rapidfuzz import fuzz, process

        def correct(match: re.Match[str]) -> str:
            word = match.group()
            lowered = word.lower()
            if len(word) < _MIN_CORRECTED or _NUMBER.search(word) or lowered in STOPWORDS or self.knows(stem(word)):
                return word
            if _occurrences(lowered):
                return word
            best = process.extractOne(lowered, self.spellings, scorer=fuzz.ratio, score_cutoff=_CORRECTION_CUTOFF)
            return best[0] if best and best[0][0] == lowered[0] else word

        return WORD.sub(correct, question)

    def spelled_out(self, question: str, language: str = "en") -> str:
        """Return the question with words for those acronyms that the report only spells out.

        An acronym in another language has its own words; only a name in capitals may still be one of the report's.
        """

        def spell(match: re.Match[str]) -> str:
            word = match.group()
            known = not is_acronym(word) or self.knows(stem(word)) or stem(word) in same_meaning() or is_country(word)
            return word if known else self.phrases.of(word, names_only=language != "en") or word

        shouting = sum(map(is_acronym, WORD.findall(question))) > _MOST_ACRONYMS
        return question if shouting or question.isupper() else WORD.sub(spell, question)

    def expanded(self, question: str) -> str:
        """Return the question with the long form of each of its acronyms, and the acronym of each long form."""
        return " ".join((question, *other_forms(question, self.acronyms)))


@lru_cache(maxsize=1)
def _english() -> Mapping[str, int]:
    """Return how often English texts have each of about 160,000 words, in lower case (read in 0.2 s)."""
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="en").word_frequency.items())


def _occurrences(word: str) -> int:
    """Return how often English texts have a word in lower case, in American or in British spelling; 0 if never."""
    found = _english().get(word, 0)
    for british, american in () if found else _BRITISH:
        found = max(found, _english().get(british.sub(american, word), 0))
    return found


def other_forms(text: str, acronyms: Mapping[str, str]) -> tuple[str, ...]:
    """Return the long form of each acronym of a text, and the acronym of each long form.

    Args:
        text: Any text; acronyms of more than three letters may be written in lower case.
        acronyms: Long form by acronym.
    """
    stems = _stems_in_order(text)
    tokens = {word.strip("-") for word in words(text)}
    tokens |= {token.lower() for token in tokens if len(token) > _SHORTEST_LOWERED}
    found = []
    for short, long in acronyms.items():
        if short in tokens or (len(short) > _SHORTEST_LOWERED and short.lower() in tokens):
            found.append(long)
        elif _stems_in_order(long) in stems:
            found.append(short)
    return tuple(found)


@lru_cache(maxsize=1024)
def _stems_in_order(text: str) -> str:
    """Return the stems of a text's words with a space around each: in any form, one text holds another's words."""
    return f" {' '.join(map(stem, words(text)))} "


def _without_common(acronyms: Mapping[str, str], passages: Sequence[Passage]) -> dict[str, str]:
    """Return the acronyms but for those that stand in many passages, such as that of the organization that reports."""
    counted = Counter(word for passage in passages for word in set(words(plain(passage.text))) & set(acronyms))
    return {short: long for short, long in acronyms.items() if counted[short] < _COMMON_SHARE * len(passages)}


def is_common(word: str) -> bool:
    """Whether a word is an everyday one of English, in whatever case it is written."""
    return _occurrences(word.lower()) >= _COMMON_WORD


def is_english(word: str) -> bool:
    """Whether a word is one of English at all but for the rarest, in whatever case it is written."""
    return _occurrences(word.lower()) >= _RARE_WORD


def build_vocabulary(
    passages: Sequence[Passage], acronyms: Iterable[Acronym], kinship: Kinship | None = None
) -> Vocabulary:
    """Return the vocabulary of indexed passages."""
    sentence_stems: list[frozenset[str]] = []
    passage_stems: list[frozenset[str]] = []
    frequency: Counter[str] = Counter()
    spellings: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    long_forms = {acronym.short: acronym.long for acronym in acronyms}
    told_apart = _without_common(long_forms, passages)
    signers = signers_of(passages)
    for passage in passages:
        heading = " ".join((*passage.section, passage.title or ""))
        stems = set(content_stems(heading))
        for number in range(len(passage.sentences)):
            text = plain(passage.sentence_text(number))
            signer = speaker(passage, text, signers)
            own = frozenset(content_stems(" ".join((text, signer, *other_forms(text, told_apart)))))
            sentence_stems.append(own)
            stems |= own
            _count_capitals(text, capital, total, spellings)
        passage_stems.append(frozenset(stems))
        frequency.update(stems)
    count = len(passage_stems)
    idf = {found: math.log(1 + count / (1 + seen)) for found, seen in frequency.items()}
    names = frozenset(found for found, seen in capital.items() if seen / total[found] >= 0.8)
    return Vocabulary(
        sentence_stems=tuple(sentence_stems),
        passage_stems=tuple(passage_stems),
        idf=idf,
        names=names,
        spellings=tuple(word for word, _ in sorted(spellings.items(), key=lambda item: (-item[1], item[0]))),
        acronyms=long_forms,
        signers=signers,
        phrases=Phrases(plain(passage.text) for passage in passages),
        kinship=kinship,
    )


def _count_capitals(text: str, capital: Counter[str], total: Counter[str], spellings: Counter[str]) -> None:
    """Count how often each stem is written with a capital where a lower-case letter would do."""
    for position, word in enumerate(words(text)):
        if _NUMBER.match(word):
            continue
        spellings[word.lower()] += 1
        if position:
            stemmed = stem(word)
            total[stemmed] += 1
            capital[stemmed] += word[0].isupper()
