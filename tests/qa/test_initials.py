"""Acronyms that a report never writes."""

from __future__ import annotations

import pytest

from qa.initials import Phrases, initials_of, is_acronym

TEXTS = (
    "Its cash-based interventions grew. Most cash-based interventions are in Peru. The Hilltown Wells Trust Fund met.",
    "All humanitarian needs overviews impede regular contact, increasing market funds.",
    "Its country offices met. " * 6 + "Human rights matter. " * 6,
    "It gave mental health and psychosocial support. More mental health and psychosocial support is due. "
    "The delegation of authority is new. Its delegation of authority is old. "
    "The Secretary-General spoke. The Secretary-General left. A Steering Group met.",
    "The Global Compact for Safe, Orderly and Regular Migration. The Global Compact for Safe, Orderly and Regular "
    "Migration. A review of the Global Compact for Safe, Orderly and Regular Migration. "
    "Privileges and immunities. Privileges and immunities. People in Peru. People in Peru.",
    "It bought paint, rope, nets.",
)
PHRASES = Phrases(TEXTS)


@pytest.mark.parametrize(
    ("acronym", "phrase"),
    [
        ("CBI", "cash-based interventions"),
        ("WTF", "Wells Trust Fund"),
        ("HNOs", "humanitarian needs overviews"),
        ("COs", "country offices"),
        ("MHPSS", "mental health and psychosocial support"),
        ("DoA", "delegation of authority"),
        ("SG’s", "Secretary-General"),
        ("GCM", "Global Compact for Safe, Orderly and Regular Migration"),
        ("P&I", "Privileges and immunities"),
    ],
)
def test_phrases_acronym_stands_for_a_name_or_a_set_phrase(acronym: str, phrase: str) -> None:
    assert PHRASES.of(acronym) == phrase


@pytest.mark.parametrize("acronym", ["IRC", "IMF", "PRN", "HR", "HWT", "UNICEF", "X", "G20", "ABCDEFGHIJ"])
def test_phrases_words_that_only_happen_to_stand_in_a_row_are_no_phrase(acronym: str) -> None:
    assert PHRASES.of(acronym) is None


def test_phrases_names_only_leaves_out_set_phrases() -> None:
    assert (PHRASES.of("CBI", names_only=True), PHRASES.of("WTF", names_only=True)) == (None, "Wells Trust Fund")


@pytest.mark.parametrize(
    ("word", "acronym"),
    [("NGOs", True), ("DoA", True), ("UN's", True), ("G20", True), ("McDonald", False), ("A", False)],
)
def test_is_acronym_has_capitals_first_and_last(word: str, acronym: bool) -> None:
    assert is_acronym(word) == acronym


def test_initials_of_plural_or_owner_are_its_own() -> None:
    assert [initials_of(word) for word in ("NGOs", "UN’s", "CDC")] == ["ngo", "un", "cdc"]
