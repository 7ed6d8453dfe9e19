"""The words of the indexed report: stems, how rare they are, its proper names and its acronyms."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.stopwords import STOPWORDS
from corpus.text import plain
from corpus.words import WORD, content_stems, stem, words
from index.passage import Passage

if TYPE_CHECKING:
    from corpus.document import Acronym

_NUMBER = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMON_SHARE = 0.1
_MIN_CORRECTED = 5
_CORRECTION_CUTOFF = 84


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
    """

    sentence_stems: tuple[frozenset[str], ...] = field(repr=False)
    passage_stems: tuple[frozenset[str], ...] = field(repr=False)
    idf: dict[str, float] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    spellings: tuple[str, ...] = field(repr=False)
    acronyms: dict[str, str] = field(repr=False)

    @cached_property
    def common_years(self) -> frozenset[str]:
        """The years that stand in many of the passages and so date nothing."""
        most = math.log(1 + 1 / _COMMON_SHARE)
        return frozenset(found for found, idf in self.idf.items() if idf < most and _YEAR.fullmatch(found))

    def weight(self, stemmed: str) -> float:
        """Return a stem's idf; a stem the report does not have weighs as much as the rarest."""
        return self.idf.get(stemmed, math.log(1 + len(self.passage_stems)))

    def knows(self, stemmed: str) -> bool:
        """Return whether the report has the stem."""
        return stemmed in self.idf

    def corrected(self, question: str) -> str:
        """Return the question with words that the report lacks replaced by its nearest spelling.

        Only longer lower-case words and words close to one of the report's are touched.
        """
        from rapidfuzz import fuzz, process

        def correct(match: re.Match[str]) -> str:
            word = match.group()
            lowered = word.lower()
            if len(word) < _MIN_CORRECTED or _NUMBER.search(word) or lowered in STOPWORDS or self.knows(stem(word)):
                return word
            best = process.extractOne(lowered, self.spellings, scorer=fuzz.ratio, score_cutoff=_CORRECTION_CUTOFF)
            return best[0] if best and best[0][0] == lowered[0] else word

        return WORD.sub(correct, question)

    def expanded(self, question: str) -> str:
        """Return the question with the long form of each of its acronyms, and the acronym of each long form."""
        additions = []
        lowered = question.lower()
        tokens = {word.strip("-") for word in words(question)}
        for short, long in self.acronyms.items():
            if short in tokens or (len(short) > 3 and short.lower() in {token.lower() for token in tokens}):
                additions.append(long)
            elif long.lower() in lowered:
                additions.append(short)
        return " ".join([question, *additions])


def build_vocabulary(passages: Sequence[Passage], acronyms: Iterable[Acronym]) -> Vocabulary:
    """Return the vocabulary of indexed passages."""
    sentence_stems: list[frozenset[str]] = []
    passage_stems: list[frozenset[str]] = []
    frequency: Counter[str] = Counter()
    spellings: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for passage in passages:
        heading = " ".join((*passage.section, passage.title or ""))
        stems = set(content_stems(heading))
        for number in range(len(passage.sentences)):
            text = plain(passage.sentence_text(number))
            own = frozenset(content_stems(text))
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
        acronyms={acronym.short: acronym.long for acronym in acronyms},
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
