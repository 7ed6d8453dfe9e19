"""Moves a question's vector from its language to the report's.

A multilingual model puts the language of a text into its vector: the same question in French and in English differ by
about the same vector, whatever is asked. Taking out the mean of each language leaves what is meant ("centering" of
Libovický, Rosa and Fraser, "On the Language Neutrality of Pre-trained Multilingual Representations", Findings of EMNLP
2020). The means are those of a few everyday questions, the same ones in each language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

import numpy as np

from index.embedder import Vectors, normalized

_FILE = "data/parallel_questions.tsv"


@lru_cache(maxsize=1)
def parallel_questions() -> Mapping[str, tuple[str, ...]]:
    """Return the same questions in every supported language, by ISO 639-1 code."""
    lines = resources.files("index").joinpath(_FILE).read_text(encoding="utf-8").splitlines()
    columns = zip(*(line.split("\t") for line in lines), strict=True)
    return {column[0]: column[1:] for column in columns}


@dataclass(frozen=True)
class LanguageMeans:
    """Where each language lies among a model's vectors.

    Attributes:
        languages: ISO 639-1 codes.
        means: The mean vector of the parallel questions in each, shape ``(languages, dimensions)``.
    """

    languages: tuple[str, ...]
    means: Vectors = field(repr=False)

    @classmethod
    def of(cls, languages: Sequence[str], vectors: Vectors) -> LanguageMeans:
        """Return the means of vectors of the same questions in several languages.

        Args:
            languages: The languages.
            vectors: All questions in the first language, then all in the second and so on, as rows.
        """
        by_language = vectors.reshape(len(languages), -1, vectors.shape[1])
        return cls(tuple(languages), np.asarray(by_language.mean(axis=1), dtype=np.float32))

    def moved(self, vector: Vectors, source: str, target: str) -> Vectors:
        """Return a unit vector moved from one language to another; as it is where one of them is not known."""
        if source == target or not {source, target} <= set(self.languages):
            return vector
        own, other = (self.means[self.languages.index(language)] for language in (source, target))
        moved: Vectors = normalized((vector - own + other)[None, :])[0]
        return moved
