"""What the probability that an answer is right is computed from."""

from __future__ import annotations

from qa.evidence import FEATURES
from qa.reader import Reading

_COLUMN = {name: number for number, name in enumerate(FEATURES)}


def confidence_features(reading: Reading) -> tuple[float, ...]:
    """Return the values of ``qa.ranking.CONFIDENCE_FEATURES`` for a reading with candidates."""
    best = reading.candidates[0]
    second = reading.candidates[1].score if len(reading.candidates) > 1 else best.score
    passage_margin = reading.hits[0].score - reading.hits[1].score if len(reading.hits) > 1 else 0.0
    return (
        best.cosine,
        best.passage_cosine,
        best.score - second,
        passage_margin,
        best.features[_COLUMN["counts_same"]],
        best.features[_COLUMN["terms_in_sentence"]],
        best.features[_COLUMN["terms_in_passage"]],
        best.features[_COLUMN["weakest_term"]],
        best.features[_COLUMN["names_in_passage"]],
        best.features[_COLUMN["wanted_missing"]],
        best.features[_COLUMN["other_year"]],
        float(min(len(reading.query.unknown), 2)),
    )
