"""Whether one run is better than another on the same questions, or only luckier."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def mcnemar_exact(better: int, worse: int) -> float:
    """Return the two-sided p-value of McNemar's test, exact by the binomial (Psychometrika 1947).

    Args:
        better: Questions that only the second run got right.
        worse: Questions that only the first run got right.
    """
    n = better + worse
    if not n:
        return 1.0
    tail = sum(math.comb(n, count) for count in range(min(better, worse) + 1))
    # Whole numbers are divided, since 2.0**n overflows for long sets.
    return min(1.0, 2 * tail / 2**n)


@dataclass(frozen=True)
class Interval:
    """A difference of means with its 95 per cent interval."""

    value: float
    low: float
    high: float


def bootstrap_difference(
    first: Sequence[float], second: Sequence[float], seed: int = 0, rounds: int = 2000
) -> Interval | None:
    """Return mean(second - first) with the percentile interval of the paired bootstrap (Efron 1979).

    Args:
        first: Values of the first run, one a question.
        second: Values of the second run, same questions, same order.
        seed: Seed of the resampling.
        rounds: How often the questions are drawn again.

    Returns:
        The difference, or ``None`` for no questions.
    """
    import numpy as np

    differences = np.array([new - old for old, new in zip(first, second, strict=True)], dtype=np.float64)
    if not len(differences):
        return None
    generator = np.random.default_rng(seed)
    # One round at a time: all of them at once would take rounds x questions numbers of memory.
    means = [differences[generator.integers(0, len(differences), len(differences))].mean() for _ in range(rounds)]
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(differences.mean()), float(low), float(high))
