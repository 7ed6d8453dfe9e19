"""What the probability that an answer is right is computed from."""

from __future__ import annotations

import numpy as np

from qa.evidence import FEATURES
from qa.reader import Reading

_COLUMN = {name: number for number, name in enumerate(FEATURES)}


def confidence_features(reading: Reading) -> tuple[float, ...]:
    """Return the values of ``qa.ranking.CONFIDENCE_FEATURES`` for a reading with candidates.

    Cosines are counted from the question's average over the report: between languages all of them are lower.
    """
    best = reading.candidates[0]
    shares = shares_of(reading)
    own = {name: best.features[column] for name, column in _COLUMN.items()}
    signals = reading.signals
    return (
        best.cosine - float(signals.dense_sentence.mean()),
        best.passage_cosine - float(signals.dense_passage.mean()),
        own["dense_sentence"],
        shares[0],
        best.score - reading.candidates[1].score if len(reading.candidates) > 1 else 0.0,
        reading.hits[0].score - reading.hits[1].score if len(reading.hits) > 1 else 0.0,
        own["words_in_sentence"] + own["words_in_predecessor"],
        own["words_in_passage"],
        own["weakest_in_passage"],
        own["names_in_passage"],
        own["wanted_missing"],
        own["other_year"],
        float(min(len(reading.query.unknown), 2)),
    )


def shares_of(reading: Reading) -> tuple[float, ...]:
    """Return the probability of each candidate to be the one that answers if one does: a softmax of the scores."""
    scores = np.array([candidate.score for candidate in reading.candidates], dtype=np.float64)
    chances = np.exp(scores - scores.max())
    return tuple(float(chance) for chance in chances / chances.sum())
