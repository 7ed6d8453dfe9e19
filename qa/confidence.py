"""What the probability that an answer is right is computed from."""

from __future__ import annotations

import numpy as np

from qa.evidence import FEATURES
from qa.ranking import ConfidenceModel, Ranker
from qa.reader import Reading

_COLUMN = {name: number for number, name in enumerate(FEATURES)}


UNREAD = (
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
READ = (*UNREAD, "read_sentence", "read_best")
# Log-odds of the reader beyond which it is no more often right.
_SURE = 6.0


def confidence_features(reading: Reading) -> dict[str, float]:
    """Return what the confidence of a reading with candidates depends on, by name: ``READ``, or ``UNREAD``.

    Cosines are counted from the question's average over the report: between languages all of them are lower.
    """
    best = reading.candidates[0]
    shares = shares_of(reading)
    own = {name: best.features[column] for name, column in _COLUMN.items()}
    signals = reading.signals
    found = {
        "cosine_above_average": best.cosine - float(signals.dense_sentence.mean()),
        "passage_cosine_above_average": best.passage_cosine - float(signals.dense_passage.mean()),
        "top_standing": own["dense_sentence"],
        "top_share": shares[0],
        "margin": best.score - reading.candidates[1].score if len(reading.candidates) > 1 else 0.0,
        "passage_margin": reading.hits[0].score - reading.hits[1].score if len(reading.hits) > 1 else 0.0,
        "words_in_sentence_or_predecessor": own["words_in_sentence"] + own["words_in_predecessor"],
        "words_in_passage": own["words_in_passage"],
        "weakest_in_passage": own["weakest_in_passage"],
        "names_in_passage": own["names_in_passage"],
        "wanted_missing": own["wanted_missing"],
        "other_year": own["other_year"],
        "unknown_name": float(min(len(reading.query.unknown), 2)),
    }
    if best.log_odds is not None:
        told = [odds for one in reading.candidates if (odds := one.log_odds) is not None]
        found["read_sentence"], found["read_best"] = np.clip([best.log_odds, max(told)], -_SURE, _SURE).tolist()
    return found


def model_for(reading: Reading, ranker: Ranker) -> ConfidenceModel:
    """Return the model for a reading: candidates that were read with the question tell more, with a gloss less."""
    if reading.candidates[0].log_odds is None:
        return ranker.unread
    return ranker.read if reading.query.language == "en" else ranker.glossed


def shares_of(reading: Reading) -> tuple[float, ...]:
    """Return the probability of each candidate to be the one that answers if one does: a softmax of the scores."""
    scores = np.array([candidate.score for candidate in reading.candidates], dtype=np.float64)
    chances = np.exp(scores - scores.max())
    return tuple(float(chance) for chance in chances / chances.sum())
