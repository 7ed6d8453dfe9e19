import math
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("3,527.5 tonnes", ["3527.5", "tonn"]),
        ("USD 2.5 billion", ["usd", "2.5", "billion"]),
        ("1\u00a0062 staff", ["1062", "staff"]),
        ("in 2023, 168 countries", ["2023", "168", "countri"]),
        ("the G-5 grade", ["g-5", "g5", "grade"]),
        ("T-R-A-N-S", ["t-r-a-n-s", "tran"]),
        ("decision-making", ["decision-making", "decis", "make"]),
        ("Türkiye's people", ["turkiy", "peopl"]),
        ("WHO, not who", ["who", "not"]),
        ("COVID-19", ["covid-19", "covid", "19"]),
        ("people’s 48%", ["peopl", "48"]),
        ("?!", []),
    ],
)
def test_tokenize_keeps_what_reports_are_searched_for(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


def test_scores_equal_bm25_by_hand() -> None:
    # "cat" stands in 1 of 2 texts: idf = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)) = ln 2.
    # tf = 1, length 2, mean length 2: tf part = 1 / (1 + 1.2) in Lucene's form (without k1 + 1).
    index = LexicalIndex.build(["cat dog", "bird fish"])
    assert index.scores("cats") == pytest.approx([math.log(2) / 2.2, 0.0])


def test_scores_of_unknown_words_are_zero() -> None:
    assert LexicalIndex.build(["cat", "dog"]).scores("zebra of the").tolist() == [0.0, 0.0]


@pytest.mark.parametrize("texts", [[], ["the", "of"]])
def test_scores_of_texts_without_tokens_are_zero(texts: list[str], tmp_path: Path) -> None:
    index = LexicalIndex.build(texts)
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(texts))
    assert index.scores("cat").tolist() == loaded.scores("cat").tolist() == [0.0] * len(texts)


def test_load_gives_back_the_same_scores(tmp_path: Path) -> None:
    index = LexicalIndex.build(["cat dog", "cat cat", "bird"])
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, 3)
    assert len(loaded) == 3
    np.testing.assert_array_equal(loaded.scores("the cat and bird"), index.scores("the cat and bird"))
