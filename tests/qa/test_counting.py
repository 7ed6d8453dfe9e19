from __future__ import annotations

import pytest

from qa.counting import counted_stems, counts_same


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("How many people got water?", ("peopl",)),
        ("how many country offices were audited", ("countri", "offic")),
        ("What is the number of boats in the fleet?", ("boat",)),
        ("Who built the boats?", ()),
    ],
)
def test_counted_stems_are_what_the_number_is_asked_of(question: str, stems: tuple[str, ...]) -> None:
    assert counted_stems(question) == stems


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("It reached 415 people.", 1.0),
        ("It reached 415 refugees.", 1.0),  # people of some kind
        ("People bought 415 nets.", 0.5),  # before the figure
        ("It sold 415 nets.", 0.0),
        ("The top five people came.", 0.0),  # a rank, not a count
    ],
)
def test_counts_same_looks_at_what_the_figure_counts(sentence: str, share: float) -> None:
    assert counts_same(("peopl",), sentence) == share
