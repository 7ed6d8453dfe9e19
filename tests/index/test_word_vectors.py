from __future__ import annotations

import numpy as np
import pytest

from index.word_vectors import WordVectors, report_words


def test_report_words_are_distinct_lower_case_and_carry_meaning() -> None:
    assert report_words(["The Water of 2023", "water, G-5 and wells"]) == ["water", "wells"]


@pytest.fixture
def words() -> WordVectors:
    """Three words whose vectors share a large part, as those of every embedding model do."""
    common = np.array([0.0, 0.0, 0.9])
    own = np.array([[0.4, 0.0, 0.0], [0.4, 0.1, 0.0], [-0.4, 0.1, 0.0]])
    return WordVectors(("death", "died", "boat"), (own + common).astype(np.float32))


def test_near_takes_out_what_all_words_share(words: WordVectors) -> None:
    death = words.vector("death")
    assert death is not None
    assert set(words.near(death, 0.5)) == {"death", "died"}
    assert set(words.near(death, -1.0)) == {"death", "died", "boat"}


def test_near_word_is_most_like_itself(words: WordVectors) -> None:
    death = words.vector("death")
    assert death is not None
    assert words.near(death, 0.5)["death"] == pytest.approx(1.0, abs=1e-5)


def test_vector_of_an_unknown_word_is_none(words: WordVectors) -> None:
    assert words.vector("ferry") is None


def test_near_without_words_finds_nothing() -> None:
    assert WordVectors((), np.zeros((0, 3), dtype=np.float32)).near(np.ones(3, dtype=np.float32), 0.0) == {}
