"""Questions without greetings and thanks."""

from __future__ import annotations

import pytest

from qa.courtesies import without_courtesies, without_remark


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


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("How many came? I need it for a note.", "How many came?"),
        ("¿Cuántos vinieron? Lo necesito para un informe.", "¿Cuántos vinieron?"),
        ("Where is the new depot? I heard somewhere in the Gulf", "Where is the new depot?"),
        ("How many came? Meeting in 5 mins", "How many came?"),
        ("Who came? I'd like to call them for a comment.", "Who came?"),
        ("How many came? My paper is about 2031.", None),
        ("How many came? I mean to the wells.", None),
        ("How many came? Je parle des puits.", None),
        ("How many came? We work in Peru.", None),
        ("How many came? I also need the number of women.", None),
        ("How many came? And the women.", None),
        ("How many wells? The new one.", None),
        ("Why? (I asked how many came)", None),
    ],
)
def test_without_remark_leaves_what_asks_or_narrows(typed: str, bare: str | None) -> None:
    assert without_remark(typed) == (bare or typed)
