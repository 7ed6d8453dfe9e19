"""Which years a text is about."""

from __future__ import annotations

import pytest

from corpus.years import years_told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2023, 40 wells were dug.", {"2023"}),
        ("40 wells were dug, a 21 per cent increase from 2022.", set()),
        ("In 2023, more wells were dug than in 2022.", {"2023"}),
        ("40 wells compared with 2021, and 12 pumps in 2020.", {"2020"}),
        ("The Wells Strategy 2022–2024 was launched.", {"2022", "2023", "2024"}),
        ("Wells were dug from 2021 to 2023.", {"2021", "2023"}),
        ("About 12023 wells and 1,998 pumps.", set()),
        ("No year at all.", set()),
    ],
)
def test_years_told_leaves_out_comparisons_and_fills_spans(text: str, years: set[str]) -> None:
    assert years_told(text) == years
