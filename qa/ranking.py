"""Ranks candidate sentences and says how likely the best of them answers.

Both models are linear in the features of ``qa/evidence.py``: a conditional logit over the candidates of
one question (McFadden 1974; the listwise softmax of Cao et al., ICML 2007) and a logistic regression for
the probability that the first answer is right. Weights are fitted by ``eval/fitting.py`` on other people's
questions and shipped in ``qa/data/ranker.json``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.evidence import FEATURES

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Ranker:
    """Fitted weights.

    Attributes:
        weights: One weight a feature of ``FEATURES``.
        confidence_weights: One weight a feature of ``CONFIDENCE_FEATURES``.
        intercept: Intercept of the confidence model.
        across: The weights for questions in another language than the report's, fitted without the features that
            compare words; ``None`` to use these for all.
    """

    weights: tuple[float, ...]
    confidence_weights: tuple[float, ...]
    intercept: float
    across: Ranker | None = None

    def for_language(self, language: str, text_language: str) -> Ranker:
        """Return the weights for a question's language over a text's."""
        return self.across if self.across is not None and language != text_language else self

    def scores(self, matrix: Floats) -> Floats:
        """Return one score a candidate, higher is better."""
        return np.asarray(matrix @ np.asarray(self.weights, dtype=np.float32), dtype=np.float32)

    def confidence(self, features: tuple[float, ...]) -> float:
        """Return the probability that the first answer is right."""
        logit = self.intercept + float(np.dot(self.confidence_weights, features))
        return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))))


CONFIDENCE_FEATURES = (
    "top_cosine",
    "top_passage_cosine",
    "margin",
    "passage_margin",
    "counts_same",
    "terms_in_sentence",
    "terms_in_passage",
    "weakest_term",
    "names_in_passage",
    "wanted_missing",
    "other_year",
    "unknown_name",
)


# What compares words of the question with words of the text, which says little across languages.
WORD_FEATURES = frozenset(
    """lexical_passage lexical_sentence counts_same terms_in_sentence terms_in_passage weakest_term new_words""".split()
)


@lru_cache(maxsize=1)
def shipped_ranker() -> Ranker:
    """Return the ranker that ships with the package.

    Raises:
        ValueError: If its weights were fitted for other features than this version computes.
    """
    data = json.loads(resources.files("qa").joinpath("data/ranker.json").read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURES or tuple(data["confidence_features"]) != CONFIDENCE_FEATURES:
        raise ValueError("qa/data/ranker.json was fitted for other features; run eval/fitting.py again")
    return _ranker(data, _ranker(data["across_languages"]))


def _ranker(data: dict[str, Any], across: Ranker | None = None) -> Ranker:
    return Ranker(tuple(data["weights"]), tuple(data["confidence_weights"]), float(data["intercept"]), across)
