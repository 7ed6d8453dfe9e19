"""Whether a text holds the value that is asked for."""

from __future__ import annotations

import pytest

from corpus.paragraphs import document_from_paragraphs
from index.embedder import HashEmbedder
from index.store import build_index
from qa.held import long_form_missing, name_missing, value_missing
from qa.understand import understand
from qa.vocabulary import build_vocabulary

VOCABULARY = build_vocabulary(
    build_index(document_from_paragraphs("small", [("Wells", "The Council dug wells.")] * 6), HashEmbedder()).passages,
    (),
)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("When exactly was the road opened?", "The road was opened in 2031.", "an exact date"),
        ("When exactly was the road opened?", "The road was opened on 3 May 2031.", ""),
        ("On which day was the road opened?", "The road was opened on May 3, 2031.", ""),
        ("When was the road opened?", "The road was opened in 2031.", ""),
        ("How many wells were dug?", "Wells were dug in 2031.", "a number"),
        ("How much did the well cost?", "The well took 40 days.", "an amount of money"),
        ("How much did the well cost?", "The well took 400 silver marks.", ""),
        ("How much did the well cost?", "The well took SEK 40,000.", ""),
        ("By how much did depth rise?", "It rose by 4 metres.", ""),
        ("What part of the USD 40 was spent on rope?", "Two fifths went on rope.", ""),
        ("What share went on rope?", "A small part went on rope.", "a percentage"),
        ("How many of those asked were content?", "Of them, 94 per cent were content.", ""),
        ("How many were content?", "Of them, 94 per cent were content.", "a number"),
    ],
)
def test_value_missing_tells_kinds_of_values_apart(question: str, text: str, missing: str) -> None:
    assert value_missing(understand(question, VOCABULARY, "en"), text) == missing


@pytest.mark.parametrize(
    ("question", "text", "language", "missing"),
    [
        ("What does LWF stand for?", "The LWF dug wells.", "en", "what it stands for"),
        ("What does LWF stand for?", "LWF\tLakeside Wells Fund", "en", ""),
        ("Que signifie LWF ?", "The LWF dug wells.", "fr", "ce que veut dire le sigle"),
        ("¿Qué significan las siglas LWF?", "The Lakeside Wells Fund dug wells.", "es", ""),
        ("What does the LWF do?", "The LWF dug wells.", "en", ""),
    ],
)
def test_long_form_missing_where_an_acronym_is_asked_about(
    question: str, text: str, language: str, missing: str
) -> None:
    assert long_form_missing(understand(question, VOCABULARY, language), text) == missing


@pytest.mark.parametrize(
    ("question", "text", "language", "missing"),
    [
        ("Which company built the bridge?", "The bridge was built by a company in 2031.", "en", "a name"),
        ("Which company built the bridge?", "The bridge was built by Lakeside Steel.", "en", ""),
        ("Which company built the bridge?", "The bridge was built for the Council.", "en", "a name"),
        ("Quelle entreprise a construit le pont ?", "The bridge was built by a company.", "fr", "un nom"),
        ("¿Qué empresa construyó el puente?", "The bridge was built by a company.", "es", "un nombre"),
        ("Who is head of the Roads Office?", "In 2031, the Office of Bridges joined the Roads Office.", "en", "a name"),
        ("Who is head of the Roads Office?", "In 2031, Ana Silva became head of it.", "en", ""),
        (
            "Who was mayor before Ana Silva?",
            "Ana B. Silva became Mayor in 2031, with the Director General.",
            "en",
            "a name",
        ),
        ("Who won the bridge prize?", "The prizes were won in three fields.", "en", "a name"),
        ("In which city is the new bridge?", "It was built in the Kingdom of Norway.", "en", "a name"),
        ("In which city is the new bridge?", "It was built in Norway, in Oslo.", "en", ""),
        ("In which town is the new bridge?", "It was built in Asia by the Organization.", "en", "a name"),
        ("In which city did they meet?", "They held the Tenth Bridge Days in May.", "en", "a name"),
        ("In which city did they meet?", "They held the Bridge Days in May, in Oslo.", "en", ""),
        ("What are the names of the five young people?", "The Bridge Declaration named five.", "en", "a name"),
        ("What are the names of the five young people?", "The five were led by Ana Silva.", "en", ""),
        (
            "It is out in four languages, which ones are they?",
            "The Code is out in four languages.",
            "en",
            "the languages",
        ),
        ("Dans quelles langues ?", "The Code is out in four languages.", "fr", "les langues"),
        ("In which languages is it?", "The Code is out in Wolof.", "en", ""),
        ("In which languages is it?", "The Code is out in all official languages.", "en", ""),
        ("To which city did they fly?", "They were flown to Lima and the United States.", "en", ""),
        ("Which two states of Peru have one?", "Bridges were built in Lima and Cusco.", "en", ""),
        ("Which two countries have one?", "The bridge, it says, is in Peru.", "en", "names"),
        ("In which city did they meet?", "The Oslo-based office met.", "en", ""),
        ("Which three teams came?", "Three teams came, and they built bridges.", "en", ""),
        ("Which five teams came?", "Five teams came, and they built bridges.", "en", "names"),
        ("¿Cuáles son los 4 equipos?", "Four teams came.", "es", "nombres"),
        ("Quels sont les sept pays ?", "The bridge of Peru was the first of seven.", "fr", "des noms"),
        ("In which cities are the new bridges?", "The work of the Organization was done in Asia.", "en", "a name"),
        ("Which two countries have a bridge?", "The bridge of Peru was the first of two.", "en", "names"),
        ("Quels deux pays ont un pont ?", "Peru and Chile have one.", "fr", ""),
        ("In which country is the new bridge?", "It was built in Western Europe.", "en", "a name"),
        ("Who became mayor in May?", "In 2031, I became Mayor.", "en", "a name"),
        ("What is the name of the bridge?", "The bridge was opened in 2031.", "en", "a name"),
        ("How long is the bridge?", "The bridge is 40 metres long.", "en", ""),
    ],
)
def test_name_missing_where_a_name_is_asked_for_and_none_told(
    question: str, text: str, language: str, missing: str
) -> None:
    assert name_missing(understand(question, VOCABULARY, language), text) == missing
