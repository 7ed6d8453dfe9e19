"""Vectors of a report's words, to find those that mean about the same as a word of a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from corpus.stopwords import STOPWORDS
from corpus.words import words
from index.embedder import Vectors, normalized

_SHORTEST = 3


def report_words(texts: Iterable[str]) -> list[str]:
    """Return the distinct words of texts that carry meaning, in lower case, sorted; those with digits are left out."""
    found = {word.lower() for text in texts for word in words(text)}
    return sorted(
        word
        for word in found
        if len(word) >= _SHORTEST and word not in STOPWORDS and not any(character.isdigit() for character in word)
    )


@dataclass(frozen=True)
class WordVectors:
    """The words of a report and their vectors.

    The mean of all words is taken out before vectors are compared: what every word shares ("all-but-the-top" of Mu
    and Viswanath, ICLR 2018, its first step) makes any two look alike.

    Attributes:
        words: The words, in lower case.
        vectors: Their unit vectors as embedded, shape ``(words, dimensions)``.
    """

    words: tuple[str, ...] = field(repr=False)
    vectors: Vectors = field(repr=False)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def _mean(self) -> Vectors:
        return np.asarray(self.vectors.mean(axis=0), dtype=np.float32)

    @cached_property
    def _centred(self) -> Vectors:
        return normalized(self.vectors - self._mean)

    def vector(self, word: str) -> Vectors | None:
        """Return the vector of a word that the report has, as embedded, else ``None``."""
        row = self._rows.get(word)
        return None if row is None else self.vectors[row]

    def near(self, vector: Vectors, least: float) -> Mapping[str, float]:
        """Return the words whose similarity to a word's vector is at least ``least`` (cosine, -1 to 1), by word."""
        if not self.words:
            return {}
        similarity = self._centred @ normalized((vector - self._mean)[None, :])[0]
        return {self.words[row]: float(similarity[row]) for row in np.flatnonzero(similarity >= least)}
