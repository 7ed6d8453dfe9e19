"""How well each candidate sentence answers a question, as a row of numbers.

Pure array code: scores come in, a feature matrix goes out. What the features are worth is
fitted (``qa/ranking.py``); nothing here knows a threshold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.text import plain
from corpus.words import content_stems
from index.passage import Passage
from qa.counting import counts_same
from qa.understand import Query
from qa.vocabulary import Vocabulary
from qa.wanted import Wanted, holds_value

FEATURES = (
    "dense_passage",
    "lexical_passage",
    "dense_sentence",
    "lexical_sentence",
    "wanted_held",
    "wanted_missing",
    "counts_same",
    "terms_in_sentence",
    "terms_in_passage",
    "weakest_term",
    "names_in_sentence",
    "names_in_passage",
    "other_year",
    "new_words",
    "opens_passage",
)

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Signals:
    """The raw scores of one question against everything that is indexed.

    Attributes:
        dense_passage: Cosine of each passage, shape ``(passages,)``.
        lexical_passage: BM25 score of each passage, shape ``(passages,)``.
        dense_sentence: Cosine of each sentence, shape ``(sentences,)``.
        lexical_sentence: BM25 score of each sentence, shape ``(sentences,)``.
    """

    dense_passage: Floats
    lexical_passage: Floats
    dense_sentence: Floats
    lexical_sentence: Floats


def standardized(scores: Floats) -> Floats:
    """Return z-scores; zeros where all scores are equal."""
    spread = float(scores.std())
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def fused(signals: Signals, lexical_weight: float, owners: NDArray[np.int64]) -> Floats:
    """Return one score a passage: dense, best sentence and BM25, standardized and added.

    Standardized sums follow the "z-score" fusion of Renda and Straccia, "Web metasearch: rank vs. score based
    rank aggregation methods" (SAC 2003).

    Args:
        signals: The raw scores.
        lexical_weight: Weight of BM25.
        owners: The passage that each sentence belongs to, shape ``(sentences,)``.
    """
    best = np.full(len(signals.dense_passage), -np.inf, dtype=np.float32)
    np.maximum.at(best, owners, signals.dense_sentence)
    best[np.isinf(best)] = signals.dense_sentence.min(initial=0.0)
    dense = standardized(signals.dense_passage) + 0.5 * standardized(best)
    return np.asarray(dense + lexical_weight * standardized(signals.lexical_passage), dtype=np.float32)


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
    lexical_passage = standardized(signals.lexical_passage)
    dense_sentence = standardized(signals.dense_sentence)
    lexical_sentence = standardized(signals.lexical_sentence)
    matrix = np.zeros((len(rows), len(FEATURES)), dtype=np.float32)
    for line, row in enumerate(rows):
        owner, number = int(owners[row]), int(numbers[row])
        text = plain(passages[owner].sentence_text(number))
        own = vocabulary.sentence_stems[row]
        around = vocabulary.passage_stems[owner]
        matrix[line] = (
            dense_passage[owner],
            lexical_passage[owner],
            dense_sentence[row],
            lexical_sentence[row],
            *_type_agreement(query, text, vocabulary.common_years),
            counts_same(query.counted, text),
            _coverage(query.terms, own, vocabulary),
            _coverage(query.terms, around, vocabulary),
            _weakest(query.terms, around, vocabulary),
            _share(query.names, own),
            _share(query.names, around),
            _other_year(query, text),
            _new_words(query, own),
            float(number == 0),
        )
    return matrix


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


def _coverage(terms: tuple[str, ...], present: frozenset[str], vocabulary: Vocabulary) -> float:
    """Return the idf-weighted share of terms that are present; 0 without terms."""
    total = sum(vocabulary.weight(term) for term in terms)
    if not total:
        return 0.0
    return sum(vocabulary.weight(term) for term in terms if term in present) / total


def _weakest(terms: tuple[str, ...], present: frozenset[str], vocabulary: Vocabulary) -> float:
    """Return how rare the rarest absent term is, as a share of the rarest possible; 0 if none is absent."""
    absent = [vocabulary.weight(term) for term in terms if term not in present]
    return max(absent) / vocabulary.weight("") if absent else 0.0


def _share(names: tuple[str, ...], present: frozenset[str]) -> float:
    """Return the share of names present; 1 when the question has none."""
    return sum(name in present for name in names) / len(names) if names else 1.0


def _other_year(query: Query, text: str) -> float:
    """Return 1 when the question names years and the sentence names only others."""
    years = set(_YEAR.findall(text))
    return float(bool(query.years) and bool(years) and not years & set(query.years))


def _new_words(query: Query, own: frozenset[str]) -> float:
    """Return how many words the sentence adds to the question's, from 0 (none) to 1 (eight or more)."""
    return min(len(own - set(query.terms)), 8) / 8


def question_terms(text: str) -> tuple[str, ...]:
    """Return the stems that a question requires."""
    return content_stems(text)
