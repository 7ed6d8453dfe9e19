"""Questions put into English word by word."""

from __future__ import annotations

from importlib import resources

import pytest

from corpus.words import words
from qa.gloss import LANGUAGES, gloss


def knows_all(word: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("question", "language", "english"),
    [
        ("Combien de puits ont été creusés ?", "fr", "How many well"),
        ("À quoi sert l'aide d'urgence ?", "fr", "What is the purpose of"),
        ("Combien de moustiquaires a-t-elle données en République tchèque ?", "fr", "How many mosquito nets"),
        ("¿Cuántas personas murieron en Países Bajos?", "es", "How many people die in Netherlands?"),
        ("Combien de societes aux Etats-Unis ?", "fr", "How many companies to United States"),
        ("¿Cuándo tuvo lugar la conferencia?", "es", "When took place the conference?"),
    ],
)
def test_gloss_words_and_expressions_come_out_in_english(question: str, language: str, english: str) -> None:
    assert gloss(question, language, knows_all).text.startswith(english)


def test_gloss_names_and_figures_stay_as_they_are() -> None:
    text = gloss("Combien de migrants Zorlandia a-t-elle accueillis en 2031 ?", "fr", knows_all).text
    assert {"Zorlandia", "2031"} <= set(words(text))


def test_gloss_word_in_capitals_is_a_name_or_the_acronym_of_another_language() -> None:
    assert "CAFÉ" in gloss("Le système CAFÉ de l'OIM existe-t-il ?", "fr", knows_all).text
    assert "IOM" in gloss("Le système CAFÉ de l'OIM existe-t-il ?", "fr", knows_all).text
    assert "coffee" in gloss("COMBIEN DE CAFÉ ?", "fr", knows_all).text.lower()


def test_gloss_of_two_meanings_the_one_that_the_report_has_is_taken() -> None:
    entry = _entry_with_two_meanings("fr")
    for meaning in entry[1]:
        known = set(meaning.split())
        assert gloss(entry[0], "fr", known.__contains__).text.lower() == meaning.lower()


def test_gloss_english_question_stays_as_typed() -> None:
    assert gloss("How many wells?", "en", knows_all).text == "How many wells?"


def test_gloss_pieces_hold_every_word_that_was_typed() -> None:
    pieces = gloss("¿Cuántos pozos se cavaron y cuánto costaron?", "es", knows_all).pieces
    assert " ".join(typed for _, typed in pieces) == "¿ Cuántos pozos se cavaron y cuánto costaron ?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_lines_are_sorted_entries_with_one_or_two_meanings(language: str) -> None:
    lines = resources.files("qa").joinpath(f"data/glossary/{language}.tsv").read_text(encoding="utf-8").splitlines()
    entries = [line.split("\t") for line in lines]
    assert all(len(entry) == 2 and len(entry[1].split("|")) <= 2 for entry in entries)
    assert [entry for entry, _ in entries] == sorted({entry for entry, _ in entries})


def _entry_with_two_meanings(language: str) -> tuple[str, list[str]]:
    lines = resources.files("qa").joinpath(f"data/glossary/{language}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return next((entry, english.split("|")) for entry, english in pairs if "|" in english and " " not in entry)
