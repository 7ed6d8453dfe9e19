from __future__ import annotations

import pytest

from eval.measures import auroc, proportion, quantile, refusals, reliability, retrieval, sign_test


def test_proportion_interval_is_wilsons() -> None:
    # 8 of 10: centre (0.8 + 3.8415/20) / (1 + 3.8415/10) = 0.7167, half width 0.2266.
    found = proportion(8, 10)
    assert found.value == 0.8
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)


def test_proportion_of_nothing_says_nothing() -> None:
    assert (proportion(0, 0).value, proportion(0, 0).low, proportion(0, 0).high) == (0.0, 0.0, 1.0)


def test_sign_test_is_the_exact_binomial() -> None:
    # 1 worse of 6: 2 * (1 + 6) / 64 = 0.21875.
    assert sign_test(5, 1) == pytest.approx(0.21875)
    assert sign_test(0, 0) == 1.0
    # All 6 better: 2 / 64.
    assert sign_test(6, 0) == pytest.approx(0.03125)


def test_auroc_counts_pairs_with_ties_half() -> None:
    # Pairs (3,1) (3,2) (2,1) won, (2,2) tied: 3.5 of 4.
    assert auroc([3, 2], [1, 2]) == pytest.approx(0.875)
    assert auroc([1], []) is None


def test_refusals_of_three_with_one_right() -> None:
    # Refused: one unanswerable, one answerable; one unanswerable was answered.
    found = refusals([True, True, False, False], [False, True, False, True])
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_refusals_when_nothing_is_refused_are_zero() -> None:
    assert refusals([False], [False]).f1 == 0.0


def test_retrieval_questions_without_hits_count_as_zero() -> None:
    # q1 right at rank 1, q2 at rank 3, q3 never: R@1 1/3, R@5 2/3, MRR (1 + 1/3) / 3 = 0.4444.
    qrels = {"q1": ("a",), "q2": ("b", "z"), "q3": ("c",)}
    runs = {"q1": ("a", "x"), "q2": ("x", "y", "b"), "q3": ()}
    found = retrieval(qrels, runs)
    assert found == pytest.approx({"R@1": 1 / 3, "R@5": 2 / 3, "MRR@10": 4 / 9})


def test_retrieval_the_same_place_twice_counts_once() -> None:
    assert retrieval({"q": ("b",)}, {"q": ("a", "a", "b")})["MRR@10"] == pytest.approx(0.5)


def test_retrieval_without_any_hit_is_zero_and_without_questions_empty() -> None:
    assert retrieval({"q": ("a",)}, {}) == {"R@1": 0.0, "R@5": 0.0, "MRR@10": 0.0}
    assert retrieval({}, {}) == {}


def test_quantile_interpolates() -> None:
    assert quantile([1.0, 2.0, 4.0], 0.5) == 2.0
    assert quantile([1.0, 2.0], 0.95) == pytest.approx(1.95)
    assert quantile([], 0.5) == 0.0


def test_reliability_bins_hold_every_answer_once() -> None:
    rows = reliability([0.1, 0.15, 0.9, 1.0], [False, True, True, True])
    assert [(round(mean, 3), share, count) for mean, share, count in rows] == [
        (0.125, 0.5, 2),
        (0.95, 1.0, 2),
    ]
