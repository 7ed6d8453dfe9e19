"""Ranks candidate sentences and says how likely the best of them answers.

Both models are linear in the evidence of ``qa/evidence.py`` and ``qa/confidence.py``: a conditional logit over the
candidates of one question (McFadden 1974; the listwise softmax of Cao et al., ICML 2007) and a logistic regression for
the probability that the first answer is right: one where the candidates were read with the question
(``qa/passage_reader.py``), one where with its gloss (``qa/gloss.py``), one where they were not. Weights are fitted by
``eval/fitting.py`` on other people's questions and invented reports, and shipped in ``qa/data/ranker.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from qa.evidence import FEATURES

Floats = NDArray[np.float32]
_MODEL = ("weights", "means", "intercept")


@dataclass(frozen=True)
class ConfidenceModel:
    """A logistic regression.

    Attributes:
        weights: The weight of each feature, by name.
        means: The mean of each feature where it was fitted, which explanations compare with.
        intercept: The intercept.
    """

    weights: Mapping[str, float]
    means: Mapping[str, float]
    intercept: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that the first answer is right."""
        logit = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))))


@dataclass(frozen=True)
class Ranker:
    """Fitted weights.

    Attributes:
        weights: One weight a feature of ``FEATURES``.
        read_weight: What a unit of the reader's log-odds adds to a candidate's score.
        unread: Confidence where no candidate was read with the question.
        read: Confidence where the best were.
        glossed: Confidence where the best were read with the question put into English word by word.
    """

    weights: tuple[float, ...]
    read_weight: float
    unread: ConfidenceModel
    read: ConfidenceModel
    glossed: ConfidenceModel

    def scores(self, matrix: Floats) -> Floats:
        """Return one score a candidate, higher is better."""
        return np.asarray(matrix @ np.asarray(self.weights, dtype=np.float32), dtype=np.float32)


@lru_cache(maxsize=1)
def shipped_ranker() -> Ranker:
    """Return the ranker that ships with the package.

    Raises:
        ValueError: If its weights were fitted for other features than this version computes.
    """
    data = json.loads(resources.files("qa").joinpath("data/ranker.json").read_text(encoding="utf-8"))
    if tuple(data["weights"]) != FEATURES:
        raise ValueError("qa/data/ranker.json was fitted for other features; run eval/fitting.py again")
    models = [ConfidenceModel(**{key: data[name][key] for key in _MODEL}) for name in ("unread", "read", "glossed")]
    return Ranker(tuple(data["weights"].values()), float(data["read_weight"]), *models)
