"""Country names in any usual form."""

from __future__ import annotations

import pytest

from qa.countries import code_of, folded, mentioned, names_country_of


def test_code_of_every_usual_form_of_a_country() -> None:
    assert code_of("Syrian Arabic Republic") == code_of("Syrian Arab Republic") == "SY"
    assert code_of("Bolivia (Plurinational State of)") == "BO"
    assert code_of("Côte d'Ivoire") == "CI"
    assert code_of("Total") is None


def test_mentioned_longest_name_wins_and_peoples_count() -> None:
    assert [codes for _, codes in mentioned("South Sudan, Nigeriens and Nigerians, Ivory Coast")] == [
        frozenset({"SS"}), frozenset({"NE"}), frozenset({"NG"}), frozenset({"CI"}),
    ]  # fmt: skip


def test_folded_accents_case_and_hyphens_do_not_matter() -> None:
    assert folded("Côte d’Ivoire") == "cote d'ivoire"
    assert folded("G-5") == "g 5"


@pytest.mark.parametrize(
    ("word", "text", "named"),
    [
        ("Norwegian", "Norway gave USD 5 million.", True),
        ("Vietnamese", "Researchers in Viet Nam compared methods.", True),
        ("London's", "The United Kingdom cut its grant.", True),
        ("Kenyan", "The building in Nairobi was late.", True),
        ("Peruvian", "Chile gave USD 5 million.", False),
        ("Council", "Norway gave USD 5 million.", False),
    ],
)
def test_names_country_of_people_and_capitals_stand_for_their_country(word: str, text: str, named: bool) -> None:
    assert names_country_of(word, text) is named
