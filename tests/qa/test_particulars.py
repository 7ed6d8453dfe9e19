"""What a question asks about a figure beyond its kind."""

from __future__ import annotations

import pytest

from corpus.paragraphs import document_from_paragraphs
from index.embedder import HashEmbedder
from index.store import build_index
from qa.particulars import particulars_missing
from qa.understand import understand
from qa.vocabulary import build_vocabulary

INDEX = build_index(
    document_from_paragraphs(
        "small",
        [
            (
                "Wells",
                "Silver Aid and the Council dug 40 wells. The wells gave water to 900 people, 300 of them women.",
            ),
            ("Pumps", "Pumps were mended. The work cost USD 5 million, and each worker was paid USD 12 a day."),
            ("Lake Trust", "It planted 70 trees."),
        ],
    ),
    HashEmbedder(),
)
VOCABULARY = build_vocabulary(INDEX.passages, ())


def missing(question: str, passage: int, quoted: str | None = None, language: str = "en") -> list[str]:
    query = understand(question, VOCABULARY, language)
    found = INDEX.passages[passage]
    return particulars_missing(query, found.text if quoted is None else quoted, found)


@pytest.mark.parametrize(
    ("question", "language", "lacking"),
    [
        ("How many of the people were children?", "en", "“children”"),
        ("How many of the people were women?", "en", None),
        ("How many of the people were women in hats?", "en", None),
        ("¿Cuántas de las personas eran children?", "es", "“children”"),
        ("What was the average number of people at a well?", "en", "an average"),
        ("En moyenne, combien de wells y a-t-il ?", "fr", "une moyenne"),
        ("How much did the wells cost?", "en", "a cost"),
        ("Combien ont coûté les wells ?", "fr", "un coût"),
        ("¿Cuánto cuestan los wells?", "es", "un costo"),
        ("How much does a worker earn?", "en", "someone’s pay"),
        ("How many people got water?", "en", None),
        ("Who dug the cost of wells?", "en", None),
        ("How many tonnes of wells were dug?", "en", "a weight"),
        ("hectares of wells dug", "en", "an area"),
        ("À combien de kilomètres sont les wells ?", "fr", "une distance"),
        ("¿Cuántos litros dieron los wells?", "es", "un volumen"),
        ("For how many years was the Council elected?", "en", "a duration"),
        ("Name of the previous director of the Council?", "en", "who was there before"),
        ("Who was head of the Council just before Ana Silva?", "en", "who was there before"),
        ("who ran the council before she came", "en", "who was there before"),
        ("Who had wells before the Council came?", "en", None),
        ("Who had wells before leaving?", "en", None),
        ("Where did people who had wells before Ana dig?", "en", None),
        ("Qui a-t-elle remplacé ?", "fr", "qui était là avant"),
        ("Qui dirigeait le Council avant elle ?", "fr", "qui était là avant"),
        ("¿Quién era alcalde antes que Ana Silva?", "es", "quién estaba antes"),
        ("¿A quién sustituyó?", "es", "quién estaba antes"),
    ],
)
def test_particulars_that_the_text_does_not_tell_are_missing(question: str, language: str, lacking: str | None) -> None:
    assert missing(question, 0, language=language) == ([lacking] if lacking else [])


def test_particulars_growth_in_terms_of_weight_is_no_weight() -> None:
    assert missing("How many tonnes of wood were sent?", 0, "It rose by 64 per cent in terms of weight.") == [
        "a weight"
    ]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many tonnes of wood were sent?", "The wood weighed 900 pounds."),
        ("How many tonnes of wood were sent?", "They sent 900t."),
        ("How is last-mile delivery organized?", "By 40 boats."),
        ("What did the 40 tonnes of wood cost?", "The wood cost USD 900."),
    ],
)
def test_particulars_unit_may_be_told_in_another_of_its_kind_and_only_where_it_is_counted(
    question: str, text: str
) -> None:
    assert missing(question, 0, text) == []


@pytest.mark.parametrize(
    "question", ["How much did the pumps cost?", "How much does a worker earn?", "What is the average pay for a day?"]
)
def test_particulars_that_the_text_tells_are_not_missing(question: str) -> None:
    assert missing(question, 1) == []


@pytest.mark.parametrize(
    ("question", "passage", "lacking"),
    [
        ("How many trees did Silver Aid plant?", 1, ["Silver Aid"]),
        ("How many trees did Lake Trust plant?", 2, []),
        ("How many cases has the Silver Aid’s office had?", 1, []),
    ],
)
def test_agent_must_be_named_beside_the_figure_or_in_its_heading(
    question: str, passage: int, lacking: list[str]
) -> None:
    assert missing(question, passage, quoted="70 were counted.") == lacking


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("How much did a dose cost?", "Doses were bought at EUR 1.35 each."),
        ("What was the cost of the film?", "It was shot for USD 85,000."),
        ("What share of the water was due to pumps?", "Of the water 40 per cent was due to pumps."),
        ("How many of the people were still there?", "Of the people 40 were there."),
        ("How many wells did Peru dig?", "Peruvian workers dug 40 wells."),
    ],
)
def test_particulars_told_in_other_words_are_not_missing(question: str, quoted: str) -> None:
    assert missing(question, 1, quoted=quoted) == []


@pytest.mark.parametrize("quoted", ["Silver Aid dug 40 wells.", "In all, it dug 40 wells."])
def test_agent_named_or_pointed_back_to_is_not_missing(quoted: str) -> None:
    assert missing("How many wells did Silver Aid dig?", 1, quoted=quoted) == []


def test_part_of_one_word_must_stand_beside_the_figure() -> None:
    beside, apart = "The wells gave water to 900 people, 300 of them women.", "Silver Aid and the Council dug 40 wells."
    question = "How many of the people were women?"
    assert (missing(question, 0, beside), missing(question, 0, apart)) == ([], ["“women”"])


def test_agent_of_several_words_is_taken_up_by_what_it_is() -> None:
    question = "How many wells did the Council and Silver Aid Fund dig?"
    assert missing(question, 0, "The fund dug 40 wells.") == []


ROW = "It brought 900 people to safety in Chad, the Sudan and Yemen."
INCLUDING = "It taught 900 people, including workers, women and pumps."


@pytest.mark.parametrize(
    ("question", "language", "text", "lacking"),
    [
        ("How many people were brought out of the Sudan?", "en", ROW, ["a figure for “Sudan” alone"]),
        ("Combien de personnes ont quitté le Yemen ?", "fr", ROW, ["un chiffre pour « Yemen » seul"]),
        ("How many people were brought out of Chad and Yemen?", "en", ROW, []),
        (
            "How many people were brought out of the Sudan?",
            "en",
            "It helped 9 in Chad, 8 in the Sudan and 5 in Yemen.",
            [],
        ),
        ("How many people were brought out of the Sudan?", "en", f"{ROW} Of these, 300 left the Sudan.", []),
        ("How many of them were women?", "en", INCLUDING, ["a figure for “women” alone"]),
        ("How many of those taught were women?", "en", INCLUDING, ["a figure for “women” alone"]),
        ("How many of them had been women or workers?", "en", INCLUDING, []),
        ("How many people were taught?", "en", INCLUDING, []),
        ("Where was it in the Sudan?", "en", ROW, []),
        ("How many came to Lakeside?", "en", f"{'Lakeside' * 5} taught 900.", []),
    ],
)
def test_particulars_figure_of_several_is_none_of_one_of_them(
    question: str, language: str, text: str, lacking: list[str]
) -> None:
    assert missing(question, 2, text, language) == lacking
