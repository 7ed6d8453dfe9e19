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
        means: The mean of each of its features where it was fitted, which explanations compare with.
    """

    weights: tuple[float, ...]
    confidence_weights: tuple[float, ...]
    intercept: float
    means: tuple[float, ...] = ()

    def scores(self, matrix: Floats) -> Floats:
        """Return one score a candidate, higher is better."""
        return np.asarray(matrix @ np.asarray(self.weights, dtype=np.float32), dtype=np.float32)

    def confidence(self, features: tuple[float, ...]) -> float:
        """Return the probability that the first answer is right."""
        logit = self.intercept + float(np.dot(self.confidence_weights, features))
        return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))))


CONFIDENCE_FEATURES = (
    "cosine_above_average",
    "passage_cosine_above_average",
    "top_standing",
    "top_share",
    "margin",
    "passage_margin",
    "words_in_sentence_or_predecessor",
    "words_in_passage",
    "weakest_in_passage",
    "names_in_passage",
    "wanted_missing",
    "other_year",
    "unknown_name",
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
    return Ranker(
        tuple(data["weights"]),
        tuple(data["confidence_weights"]),
        float(data["intercept"]),
        tuple(data["confidence_means"]),
    )
