from __future__ import annotations

import pytest

from corpus.conflicts import Conflict, ConflictKind, find_conflicts, format_conflicts
from corpus.document import Document
from corpus.loading import load_report
from corpus.paragraphs import document_from_paragraphs
from corpus.statements import FigureKind, figures_in


def report(*paragraphs: str) -> Document:
    words = "anchor basket candle drum engine feather garden hammer island jacket kettle ladder mirror needle".split()
    filler = [f"The {word} shop keeps {number} old {word}s." for number, word in enumerate(words, start=3)]
    return document_from_paragraphs("made", [("", text) for text in (*paragraphs, *filler)])


def found(*paragraphs: str) -> list[tuple[str, str]]:
    return [(c.first.figure, c.second.figure) for c in find_conflicts(report(*paragraphs))]


def test_figures_are_read_with_currency_scale_and_share() -> None:
    read = [(f.text, f.value, f.kind) for f in figures_in("It spent USD 3.5 million on 1,204 boats, 12 per cent more.")]
    assert read == [
        ("USD 3.5 million", 3_500_000.0, FigureKind.MONEY),
        ("1,204", 1204.0, FigureKind.COUNT),
        ("12 per cent", 12.0, FigureKind.SHARE),
    ]


@pytest.mark.parametrize(
    "sentence",
    ["In 2023, on 14 June, it met.", "See Box 5 and Annex 3.", "Grade G-5 and COVID-19.", "Founded in 1951."],
)
def test_figures_dates_years_and_names_are_none(sentence: str) -> None:
    assert list(figures_in(sentence)) == []


def test_conflict_nearly_equal_exact_figures_of_one_quantity_are_found() -> None:
    pair = found(
        "The office recorded 8,565 drownings of sailors along the coast in 2023.",
        "Drownings of sailors along the coast rose in 2023 to 8,543 cases.",
    )
    assert pair == [("8,565", "8,543")]


def test_conflict_same_things_counted_twice_are_found() -> None:
    first = "In 2023, 17 risk-based harbour inspections were made, with 52 vessel reviews."
    second = "They comprised 22 risk-based harbour inspections, with 68 vessel reviews."
    assert found(first, second) == [("17", "22"), ("52", "68")]


def test_conflict_one_amount_under_two_names_is_found() -> None:
    document = report("It had a budget of USD 3,527.5 million.", "Combined revenue reached USD 3,527.5 million.")
    (conflict,) = find_conflicts(document)
    assert conflict.kind is ConflictKind.NAMES
    assert "one figure, two names" in format_conflicts((conflict,))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Bounds contradict nothing.
        ("Over 8,565 sailors drowned along the coast.", "More than 8,543 sailors drowned along the coast."),
        # Different years.
        ("In 2022, 8,565 sailors drowned along the coast.", "In 2023, 8,543 sailors drowned along the coast."),
        # One sentence has both figures and tells them apart.
        ("8,565 sailors drowned, 8,543 of them along the coast.", "Along the coast 8,543 sailors drowned."),
        # Other things.
        ("The fleet has 8,565 lamps.", "The office answered 8,543 letters."),
    ],
)
def test_conflict_figures_that_only_look_alike_are_none(first: str, second: str) -> None:
    assert found(first, second) == []


def test_conflicts_of_the_report_are_those_judged_in_the_docs() -> None:
    def places(conflict: Conflict) -> tuple[str, str, str]:
        return conflict.first.ref, conflict.second.ref, conflict.first.figure

    assert {places(conflict) for conflict in find_conflicts(load_report())} == {
        ("foreword", "para:66", "8,565"),
        ("para:1", "para:100", "USD 3,527.5 million"),
        ("para:134", "para:147", "17"),
        ("para:134", "para:147", "52"),
        ("para:134", "para:147", "15"),
    }
