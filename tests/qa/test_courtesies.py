"""Questions without greetings and thanks."""

from __future__ import annotations

import pytest

from qa.courtesies import without_courtesies


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("Hello there, how many wells were dug?", "How many wells were dug?"),
        ("Sorry to bother you, who dug the wells? Thanks a lot!", "Who dug the wells?"),
        ("Bonjour, combien de puits ? Merci d'avance !", "Combien de puits ?"),
        ("Hola, ¿cuántos pozos se cavaron? Gracias", "¿cuántos pozos se cavaron?"),
        ("Buenas, ¿cuántos pozos se cavaron?", "¿cuántos pozos se cavaron?"),
        ("how many wells were dug, please?", "How many wells were dug?"),
        ("Who thanked the hello team?", "Who thanked the hello team?"),
        ("Hello!", "Hello!"),
    ],
)
def test_without_courtesies_leaves_what_is_asked(typed: str, bare: str) -> None:
    assert without_courtesies(typed) == bare
