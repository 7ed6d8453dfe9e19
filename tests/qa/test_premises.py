"""What a question takes for granted and the text denies."""

from __future__ import annotations

import pytest

from corpus.paragraphs import document_from_paragraphs
from index.embedder import HashEmbedder
from index.store import build_index
from qa.premises import contradicted
from qa.understand import understand
from qa.vocabulary import build_vocabulary

VOCABULARY = build_vocabulary(
    build_index(document_from_paragraphs("small", [("Wells", "Wells were dug.")]), HashEmbedder()).passages, ()
)
ROSE = "Revenue increased by 18 per cent and reached USD 40 million."
OPENED = "In 2031, the Council opened an office in Hilltown."
HELPED = "The Council helped 900 people in Hilltown."


def contradictions(question: str, text: str, language: str = "en") -> list[str]:
    return contradicted(understand(question, VOCABULARY, language), text, text)


@pytest.mark.parametrize(
    ("question", "text", "language", "said"),
    [
        ("Why did revenue fall?", ROSE, "en", "a decrease"),
        ("Pourquoi les recettes ont-elles baissé ?", ROSE, "fr", "une baisse"),
        ("¿Por qué disminuyeron los ingresos?", ROSE, "es", "una disminución"),
        ("Why did revenue rise?", "Revenue fell by 18 per cent.", "en", "an increase"),
        ("Why was the office in Hilltown closed?", OPENED, "en", "a closure"),
        ("¿Por qué se cerró la oficina?", OPENED, "es", "un cierre"),
        ("Why did Lakeside withdraw from the Council?", HELPED, "en", "a rejection or withdrawal"),
        ("Pourquoi le projet a-t-il été suspendu ?", HELPED, "fr", "sa fin"),
        ("How many people died in Hilltown?", HELPED, "en", "deaths"),
        ("¿Cuántos empleados fueron despedidos?", HELPED, "es", "un despido"),
        ("How many people could not be helped?", HELPED, "en", "how many were not"),
        ("Combien de personnes n’ont pas été aidées ?", HELPED, "fr", "ceux qui ne l’ont pas été"),
        ("Do you think the Mayor is any good?", HELPED, "en", "an opinion"),
    ],
)
def test_contradicted_names_what_the_text_denies_or_would_tell(
    question: str, text: str, language: str, said: str
) -> None:
    assert contradictions(question, text, language) == [said]


def test_contradicted_what_is_carried_over_tells_how_many_are_not_done() -> None:
    text = "Of the cases, 54 were closed and 12 carried over to the next year."
    assert contradictions("How many cases were not finished?", text, "en") == []


def test_contradicted_deaths_may_be_told_before_what_is_quoted_unless_a_figure_is_one_of_them() -> None:
    until = f"Many died. {HELPED}"
    asked = ("Which Council wrote of the dead?", "How many people died?")
    found = [contradicted(understand(question, VOCABULARY, "en"), HELPED, until) for question in asked]
    assert found == [[], ["deaths"]]


def test_contradicted_reads_a_word_in_the_language_of_the_question() -> None:
    assert contradictions("¿Con qué fines se ayudó a 900 personas?", HELPED, "es") == []
    assert contradictions("How many fines were paid?", HELPED) == ["an offence or a sentence"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did revenue rise?", ROSE),
        ("I could not find it: how many people were helped?", HELPED),
        ("How many people, not families, were helped by the close of 2031?", HELPED),
        ("Which Council took a close look at Hilltown?", HELPED),
        ("Why did the plan for 900 people in Hilltown fall through?", HELPED),
        ("When did Hilltown lose interest?", HELPED),
        ("How many staff dedicated to stopping fires helped 900 people?", HELPED),
        ("By how much did revenue grow?", ROSE),
        ("How did the Council reduce its emissions?", "An increase in solar power made it climate neutral."),
        ("Why was the office closed?", "The office was closed for lack of funds."),
        ("How many people died?", "There were 40 deaths."),
        ("How many people could not be helped?", "Another 70 people were not reached."),
        ("How many people were helped?", HELPED),
        ("When does the contract expire?", "The contract expires in June."),
        ("Why was money lost?", "Exchange losses came to USD 3 million."),
        ("How many suppliers were shut out?", "Eighteen suppliers were barred."),
        ("How many records were there when the year closed?", "There were 300 records."),
        ("How many lost their lives?", "Two were killed."),
        ("How many people, I mean not just families, were helped?", HELPED),
        ("How many were helped not only with water?", HELPED),
        ("Did landslides cut short the study?", "The study rose to fame and was stopped early."),
        ("What did the Council do in Hilltown?", OPENED),
        ("How many of the wells ended up in Hilltown?", HELPED),
        ("What stopped the Council from helping more?", HELPED),
    ],
)
def test_contradicted_finds_nothing_where_the_text_says_so_or_the_question_presupposes_nothing(
    question: str, text: str
) -> None:
    assert contradictions(question, text) == []
