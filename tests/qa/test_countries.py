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
    ("word", "text", "capitals", "named"),
    [
        ("Norwegian", "Norway gave USD 5 million.", False, True),
        ("Vietnamese", "Researchers in Viet Nam compared methods.", False, True),
        ("London's", "The United Kingdom cut its grant.", True, True),
        ("London", "The United Kingdom has 40 offices.", False, False),
        ("Kenyan", "The building in Nairobi was late.", True, False),
        ("Peruvian", "Chile gave USD 5 million.", True, False),
        ("Council", "Norway gave USD 5 million.", True, False),
    ],
)
def test_names_country_of_people_stand_for_their_country_and_capitals_where_allowed(
    word: str, text: str, capitals: bool, named: bool
) -> None:
    assert names_country_of(word, text, capitals) is named
