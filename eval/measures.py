"""Measures over judged answers. Each names its definition; what cannot be computed is ``None``, never 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_Z = 1.959964


@dataclass(frozen=True)
class Proportion:
    """A share with its 95 per cent interval.

    Attributes:
        hits: How many counted.
        n: Out of how many.
        low: Lower end of the interval.
        high: Upper end of the interval.
    """

    hits: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; ``None`` when there was nothing to count."""
        return self.hits / self.n if self.n else None


def proportion(hits: int, n: int) -> Proportion:
    """Return a share with the score interval of Wilson, "Probable inference" (JASA 1927)."""
    if not n:
        return Proportion(0, 0, 0.0, 1.0)
    share = hits / n
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    centre = share + _Z**2 / (2 * n)
    scale = 1 + _Z**2 / n
    return Proportion(hits, n, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the probability that a positive scores above a negative, ties half (Hanley and McNeil 1982).

    Computed from the mean ranks of ties, as the Mann-Whitney statistic. ``None`` when one side is empty.
    """
    if not positive or not negative:
        return None
    ranked = sorted([(value, True) for value in positive] + [(value, False) for value in negative])
    total = 0.0
    start = 0
    while start < len(ranked):
        stop = start
        while stop < len(ranked) and ranked[stop][0] == ranked[start][0]:
            stop += 1
        rank = (start + 1 + stop) / 2
        total += rank * sum(flag for _, flag in ranked[start:stop])
        start = stop
    n = len(positive)
    return (total - n * (n + 1) / 2) / (n * len(negative))


@dataclass(frozen=True)
class Refusals:
    """How well a system refuses.

    Attributes:
        precision: Of the refused questions, the share that is unanswerable; ``None`` if none was refused.
        recall: Of the unanswerable questions, the share refused; ``None`` if there is none.
        f1: Harmonic mean of the two; ``None`` without unanswerable questions.
        refused: How many were refused.
        unanswerable: How many are unanswerable.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    refused: int
    unanswerable: int


def refusals(refused: Sequence[bool], answerable: Sequence[bool]) -> Refusals:
    """Return precision, recall and F1 of refusing.

    F1 is 2 TP / (refused + unanswerable), which equals the harmonic mean and is 0 when nothing is refused.
    """
    right = sum(no and not can for no, can in zip(refused, answerable, strict=True))
    said, should = sum(refused), sum(not can for can in answerable)
    return Refusals(
        precision=right / said if said else None,
        recall=right / should if should else None,
        f1=2 * right / (said + should) if should else None,
        refused=said,
        unanswerable=should,
    )


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return a quantile by linear interpolation; ``None`` for nothing."""
    if not values:
        return None
    ordered = sorted(values)
    position = (len(ordered) - 1) * share
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


@dataclass(frozen=True)
class Bin:
    """Answers of similar confidence: mean confidence, share right, and how many there are."""

    confidence: float
    accuracy: float
    n: int


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 5) -> tuple[Bin, ...]:
    """Return the filled bins of equal width of a reliability diagram (Guo et al., ICML 2017).

    A bin holds its lower end; the last also holds 1.
    """
    rows = []
    pairs = list(zip(confidences, right, strict=True))
    for number in range(bins):
        inside = [pair for pair in pairs if min(int(pair[0] * bins), bins - 1) == number]
        if inside:
            count = len(inside)
            mean = sum(confidence for confidence, _ in inside) / count
            rows.append(Bin(mean, sum(good for _, good in inside) / count, count))
    return tuple(rows)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Return the expected calibration error of Guo et al. (ICML 2017); ``None`` for no bins."""
    total = sum(found.n for found in bins)
    if not total:
        return None
    return sum(found.n * abs(found.accuracy - found.confidence) for found in bins) / total
