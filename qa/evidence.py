"""How well each candidate sentence answers a question, as a row of numbers.

Pure array code: scores come in, a feature matrix goes out. What the features are worth is
fitted (``qa/ranking.py``); nothing here knows a threshold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.text import plain
from corpus.years import years_told
from index.passage import Passage
from qa.understand import Query
from qa.vocabulary import Term, Vocabulary
from qa.wanted import Wanted, holds_value

FEATURES = (
    "dense_passage",
    "dense_sentence",
    "wanted_held",
    "wanted_missing",
    "words_in_sentence",
    "words_in_predecessor",
    "words_in_passage",
    "weakest_in_sentence",
    "weakest_in_passage",
    "names_in_sentence",
    "names_in_passage",
    "other_year",
    "opens_passage",
)

# An idf of this is that of a word in one passage of some four hundred.
_RARE = 6.0

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Signals:
    """The raw scores of one question against everything that is indexed.

    Attributes:
        dense_passage: Cosine of each passage, shape ``(passages,)``.
        lexical_passage: BM25 score of each passage, shape ``(passages,)``.
        dense_sentence: Cosine of each sentence, shape ``(sentences,)``.
        words_passage: How much of the question's words each passage expresses, shape ``(passages,)``.
    """

    dense_passage: Floats
    lexical_passage: Floats
    dense_sentence: Floats
    words_passage: Floats


def standardized(scores: Floats) -> Floats:
    """Return z-scores; zeros where all scores are equal."""
    spread = float(scores.std())
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def fused(signals: Signals, lexical_weight: float, owners: NDArray[np.int64]) -> Floats:
    """Return one score a passage: dense, best sentence, BM25 and expressed words, standardized and added.

    Standardized sums follow the "z-score" fusion of Renda and Straccia, "Web metasearch: rank vs. score based
    rank aggregation methods" (SAC 2003).

    Args:
        signals: The raw scores.
        lexical_weight: Weight of BM25, and of the expressed words.
        owners: The passage that each sentence belongs to, shape ``(sentences,)``.
    """
    best = np.full(len(signals.dense_passage), -np.inf, dtype=np.float32)
    np.maximum.at(best, owners, signals.dense_sentence)
    best[np.isinf(best)] = signals.dense_sentence.min(initial=0.0)
    dense = standardized(signals.dense_passage) + 0.5 * standardized(best)
    lexical = standardized(signals.lexical_passage) + standardized(signals.words_passage)
    return np.asarray(dense + lexical_weight * lexical, dtype=np.float32)


def sentence_features(
    query: Query,
    signals: Signals,
    vocabulary: Vocabulary,
    passages: tuple[Passage, ...],
    rows: NDArray[np.int64],
    owners: NDArray[np.int64],
    numbers: NDArray[np.int64],
) -> Floats:
    """Return the feature matrix of candidate sentences, shape ``(len(rows), len(FEATURES))``.

    Args:
        query: The question, understood.
        signals: The raw scores of the question.
        vocabulary: The report's vocabulary.
        passages: All passages of the index.
        rows: The candidate sentences, as row numbers of the sentence index.
        owners: The passage of every sentence.
        numbers: The number of every sentence inside its passage.
    """
    dense_passage = standardized(signals.dense_passage)
    dense_sentence = standardized(signals.dense_sentence)
    matrix = np.zeros((len(rows), len(FEATURES)), dtype=np.float32)
    for line, row in enumerate(rows):
        owner, number = int(owners[row]), int(numbers[row])
        text = plain(passages[owner].sentence_text(number))
        own = vocabulary.sentence_stems[row]
        before = vocabulary.sentence_stems[row - 1] if number else frozenset()
        around = vocabulary.passage_stems[owner]
        matrix[line] = (
            dense_passage[owner],
            dense_sentence[row],
            *_type_agreement(query, text, vocabulary.common_years),
            *_expressed(query.meanings, own, before, around),
            _share(query.names, own),
            _share(query.names, around),
            _other_year(query, text),
            float(number == 0),
        )
    return matrix


class _Expressed(NamedTuple):
    """How much of a question's words a sentence and its surroundings express.

    Attributes:
        sentence: By the sentence, from 0 to 1; rare words weigh more.
        predecessor: By the sentence before it, beyond what the sentence itself does.
        passage: By the whole passage.
        weakest_sentence: The weight of the rarest word that the sentence leaves out, by how much it does.
        weakest_passage: The same for the passage.
    """

    sentence: float
    predecessor: float
    passage: float
    weakest_sentence: float
    weakest_passage: float


def _expressed(
    terms: tuple[Term, ...], own: frozenset[str], before: frozenset[str], around: frozenset[str]
) -> _Expressed:
    total = sum(term.weight for term in terms)
    if not total:
        return _Expressed(0.0, 0.0, 0.0, 0.0, 0.0)
    found = [(term.weight, term.found_in(own), term.found_in(before), term.found_in(around)) for term in terms]
    return _Expressed(
        sum(weight * here for weight, here, _, _ in found) / total,
        sum(weight * max(0.0, there - here) for weight, here, there, _ in found) / total,
        sum(weight * near for weight, _, _, near in found) / total,
        max(weight * (1 - here) for weight, here, _, _ in found) / _RARE,
        max(weight * (1 - near) for weight, _, _, near in found) / _RARE,
    )


def _type_agreement(query: Query, text: str, common_years: frozenset[str]) -> tuple[float, float]:
    """Return the share of wanted kinds of value that the sentence holds, and whether it lacks all."""
    if not query.wanted:
        return 0.0, 0.0
    held = [holds_value(wanted, _telling(query, text, wanted, common_years)) for wanted in query.wanted]
    return sum(held) / len(held), float(not any(held))


def _telling(query: Query, text: str, wanted: Wanted, common_years: frozenset[str]) -> str:
    """Take out of a sentence what would answer nothing: the question's own figures, and years that stand everywhere.

    A count that the question names is not the count it asks for, and "in 2023" is no date in a report on 2023.
    """
    if wanted in (Wanted.COUNT, Wanted.SHARE, Wanted.MONEY, Wanted.QUANTITY):
        for figure in query.figures:
            text = text.replace(figure, " ")
    elif wanted is Wanted.DATE:
        for year in common_years:
            text = re.sub(rf"\b[Ii]n {year}\b", " ", text)
    return text


def _share(names: tuple[str, ...], present: frozenset[str]) -> float:
    """Return the share of names present; 1 when the question has none."""
    return sum(name in present for name in names) / len(names) if names else 1.0


def _other_year(query: Query, text: str) -> float:
    """Return 1 when the question names years and the sentence is about others only."""
    if not query.years:
        return 0.0
    years = years_told(text)
    return float(bool(years) and not years & set(query.years))
