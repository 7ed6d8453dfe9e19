"""Measures over results. Each names its definition."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
    def value(self) -> float:
        """The share, 0 to 1; 0 when there is nothing to count."""
        return self.hits / self.n if self.n else 0.0


def proportion(hits: int, n: int) -> Proportion:
    """Return a share with the score interval of Wilson, "Probable inference" (JASA 1927)."""
    if not n:
        return Proportion(0, 0, 0.0, 1.0)
    share = hits / n
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    centre = share + _Z**2 / (2 * n)
    scale = 1 + _Z**2 / n
    return Proportion(hits, n, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def sign_test(better: int, worse: int) -> float:
    """Return the two-sided p-value of McNemar's exact test on discordant pairs (McNemar 1947)."""
    n = better + worse
    if not n:
        return 1.0
    tail = float(sum(math.comb(n, count) for count in range(min(better, worse) + 1))) / float(2**n)
    return min(1.0, 2 * tail)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the probability that a positive scores above a negative, ties half (Hanley and McNeil 1982).

    ``None`` when one of the two is empty.
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
    return float((total - n * (n + 1) / 2) / (n * len(negative)))


@dataclass(frozen=True)
class Refusals:
    """How well a system refuses: of the refused, how many should be; of those that should be, how many were."""

    precision: float
    recall: float
    f1: float
    refused: int
    unanswerable: int


def refusals(refused: Sequence[bool], answerable: Sequence[bool]) -> Refusals:
    """Return precision, recall and F1 of refusing; 0 where undefined."""
    right = sum(no and not can for no, can in zip(refused, answerable, strict=True))
    should = sum(not can for can in answerable)
    precision = right / sum(refused) if any(refused) else 0.0
    recall = right / should if should else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Refusals(precision, recall, f1, sum(refused), should)


def retrieval(qrels: Mapping[str, Sequence[str]], runs: Mapping[str, Sequence[str]], cut: int = 10) -> dict[str, float]:
    """Return ``R@1``, ``R@5`` (success: a right place among the first k) and ``RR@cut`` by ir-measures.

    Every judged question counts, also one without any hit. Scores are rewritten from ranks, so that no tie rule
    of the tool reorders a ranking.

    Args:
        qrels: Right places by question.
        runs: Places found by question, best first.
        cut: Depth of the reciprocal rank.
    """
    if not qrels:
        return {}
    import ir_measures
    from ir_measures import RR, Success

    judged = [ir_measures.Qrel(query, place, 1) for query, places in qrels.items() for place in places]
    scored = [
        ir_measures.ScoredDoc(query, place, 1.0 / rank)
        for query in qrels
        for rank, place in enumerate(dict.fromkeys(runs.get(query, ())), start=1)
    ]
    wanted = {"R@1": Success @ 1, "R@5": Success @ 5, f"MRR@{cut}": RR @ cut}
    if not scored:
        return dict.fromkeys(wanted, 0.0)
    found = ir_measures.calc_aggregate(list(wanted.values()), judged, scored)
    return {name: float(found[measure]) for name, measure in wanted.items()}


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile by linear interpolation; 0 for nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    position = (len(ordered) - 1) * share
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 5) -> list[tuple[float, float, int]]:
    """Return mean confidence, share right and count of each filled bin (Guo et al., ICML 2017)."""
    rows = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [
            (confidence, good)
            for confidence, good in zip(confidences, right, strict=True)
            if low <= confidence < high or (number == bins - 1 and confidence == 1.0)
        ]
        if inside:
            count = len(inside)
            rows.append((sum(c for c, _ in inside) / count, sum(good for _, good in inside) / count, count))
    return rows
