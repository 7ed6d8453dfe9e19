"""What the evidence lacks of what a question requires."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.paragraphs import document_from_paragraphs
from index.embedder import HashEmbedder
from index.passage import Passage
from index.store import build_index
from qa.requirements import unmet
from qa.understand import understand
from qa.vocabulary import build_vocabulary

NORWAY = "Norway held back its second payment until the costs were explained."
SWEDEN = "The Nordic Council met in Sweden in 2031."
YEAR = 2031


def lacking(question: str, text: str, read: float | None = None, others: tuple[str, ...] = (SWEDEN,)) -> list[str]:
    document = document_from_paragraphs("small", [("Payments", one) for one in (text, *others)])
    passages: tuple[Passage, ...] = build_index(document, HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    return list(unmet(understand(question, vocabulary, "en"), text, text, passages[0], vocabulary, YEAR, read))


def test_unmet_name_that_the_passage_lacks_counts_unless_the_reader_is_sure() -> None:
    question = "How many payments were held back by the Nordic donor?"
    text = "Norway held back 2 payments until the costs were explained."
    assert lacking(question, text) == ["Nordic"]
    assert lacking(question, text, read=0.5) == ["Nordic"]
    assert lacking(question, text, read=2.0) == []


def test_unmet_attribute_that_the_passage_lacks_counts_unless_the_reader_is_sure() -> None:
    question, text = "What was the punishment of the clerk?", "The clerk was sent home."
    assert lacking(question, text, read=0.5) == ["“punishment”"]
    assert lacking(question, text, read=2.0) == []


def test_unmet_name_that_the_whole_report_lacks_counts_even_if_the_reader_is_sure() -> None:
    assert "Zubrowka" in lacking("How many payments did Zubrowka hold back?", NORWAY, read=9.0)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("How many decisions were adopted in 2030?", "It adopted 14 decisions, against 19 the year before.", []),
        ("How many decisions were adopted in 2030?", "It adopted 14 decisions, 5 more than the year before.", ["2030"]),
        ("How many decisions were adopted in 2029?", "It adopted 14 decisions, against 19 the year before.", ["2029"]),
        ("How many fields were cleared since 2026?", "It had cleared 40 fields since 2026.", []),
        ("How many fields were cleared in 2026?", "It had cleared 40 fields since 2026.", ["2026"]),
        ("How many fields were cleared in 2026?", "Under the Strategy 2026–2030, 40 fields were cleared.", ["2026"]),
        ("How many fields were cleared in 2026?", "In 2026–2027, 40 fields were cleared.", []),
        ("For how many years does the strategy of 2026 last?", "The Strategy 2026–2030 lasts five years.", []),
    ],
)
def test_unmet_year_is_told_by_its_number_or_as_the_year_before(question: str, text: str, missing: list[str]) -> None:
    assert lacking(question, text) == [f"the year {year}" for year in missing]


def test_unmet_another_country_is_missing_however_near_its_name_is_in_meaning() -> None:
    passages = build_index(
        document_from_paragraphs("small", [("Aid", "Cambodia got 40 wells.")]), HashEmbedder()
    ).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand("¿Cuántos pozos recibió Colombia?", vocabulary, "es")
    near = tuple(replace(one, kin={"cambodia": 0.9, "well": 0.9}) for one in query.meanings)
    found = unmet(replace(query, meanings=near), passages[0].text, passages[0].text, passages[0], vocabulary, YEAR)
    assert "Colombia" in found


@pytest.mark.parametrize(
    ("until", "missing"), [("In Norway wells were dug. There were 40.", False), ("There were 40.", True)]
)
def test_unmet_name_of_a_figure_must_stand_in_or_before_what_is_quoted(until: str, missing: bool) -> None:
    text = f"{until} Norway also paid for pumps."
    passages = build_index(document_from_paragraphs("small", [("Wells", text)]), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand("How many wells were dug in Norway?", vocabulary, "en")
    found = unmet(query, "There were 40.", until, passages[0], vocabulary, YEAR)
    assert ("Norway" in found) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many wells were dug in Canada?", ["Canada"]),
        ("How many wells were dug in Chile?", []),
        ("I am from Canada. How many wells were dug with Oslo Bank?", []),
    ],
)
def test_unmet_figure_of_other_countries_than_the_one_asked_about(question: str, missing: list[str]) -> None:
    text = "In Canada and Chile Oslo Bank came. There, 40 wells were dug in Chile and Peru."
    passages = build_index(document_from_paragraphs("small", [("Work", text)]), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand(question, vocabulary, "en")
    assert list(unmet(query, text.partition(". ")[2], text, passages[0], vocabulary, YEAR)) == missing


def test_unmet_the_united_nations_are_no_country_of_a_figure() -> None:
    text = "In Oslo 80 staff came to workshops on the pact."
    passages = build_index(document_from_paragraphs("small", [("Pact", text)]), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand("How many staff came to workshops on the United Nations pact?", vocabulary, "en")
    assert "United Nations" not in unmet(query, text, text, passages[0], vocabulary, YEAR, read=5.0)


@pytest.mark.parametrize(("quoted", "missing"), [(0, ["United States"]), (1, [])])
def test_unmet_country_of_a_figure_stands_in_or_before_what_is_quoted_though_the_reader_is_sure(
    quoted: int, missing: list[str]
) -> None:
    text = "Donors gave USD 45 million. The biggest was the United States of America with USD 9 million."
    sentences = text.split(". ")
    passages = build_index(document_from_paragraphs("small", [("Money", text)]), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand("How much money did the United States give?", vocabulary, "en")
    until = ". ".join(sentences[: quoted + 1])
    assert list(unmet(query, sentences[quoted], until, passages[0], vocabulary, YEAR, read=5.0)) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("I am new in Quito. How many payments were held back by Norway?", []),
        ("We paid in Quito. How many of these were held back by Norway?", ["Quito"]),
        ("I am new in Quito. How many payments were held back?", ["Quito"]),
        ("Tell me about Quito. How many payments were held back by Norway?", ["Quito"]),
        ("Did Dr. Quito hold back how many payments of Norway?", ["Quito"]),
    ],
)
def test_unmet_names_are_those_of_the_sentence_that_asks(question: str, missing: list[str]) -> None:
    assert lacking(question, "Norway held back 2 payments.") == missing


def test_unmet_country_may_stand_before_what_names_another_but_no_place() -> None:
    text = "In Canada many wells were dug. With a grant of Japan and the United Nations, 40 were mended."
    passages = build_index(document_from_paragraphs("small", [("Work", text)]), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand("How many wells were mended in Canada?", vocabulary, "en")
    assert list(unmet(query, text.partition(". ")[2], text, passages[0], vocabulary, YEAR)) == []


def test_unmet_purpose_of_something_that_costs_asks_for_no_amount() -> None:
    assert lacking("What is the purpose of the cost planning tool?", "The tool shares costs out.") == []


@pytest.mark.parametrize(("question", "missing"), [("asdf hjkl", True), ("payment frame", False)])
def test_unmet_what_is_no_word_is_like_none_of_the_report(question: str, missing: bool) -> None:
    passages = build_index(document_from_paragraphs("small", [("Work", NORWAY)]), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand(question, vocabulary, "en")
    query = replace(query, meanings=tuple(replace(term, kin={"payment": 0.9}) for term in query.meanings))
    found = unmet(query, NORWAY, NORWAY, passages[0], vocabulary, YEAR)
    assert ("most words of the question" in found) == missing


@pytest.mark.parametrize(("strength", "missing"), [(0.5, []), (0.0, ["Zarko", "Vlima"])])
def test_unmet_name_in_another_language_goes_on_with_a_word_that_the_report_has_one_like(
    strength: float, missing: list[str]
) -> None:
    document = document_from_paragraphs("small", [("Work", "The framework was done.")])
    passages = build_index(document, HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, ())
    query = understand("¿Estaba hecho el Zarko de Vlima?", vocabulary, "es")
    kin = {"Zarko": {}, "Vlima": {"framework": strength}}
    query = replace(query, meanings=tuple(replace(term, kin=kin.get(term.word, {})) for term in query.meanings))
    found = unmet(query, "The framework was done.", "The framework was done.", passages[0], vocabulary, YEAR)
    assert list(found) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Which Swedish bank held back its second payment?", []),
        ("How many Swedish payments were held back?", ["Swedish"]),
        ("What is the payment held back called that one could think of?", []),
    ],
)
def test_unmet_people_of_a_country_only_count_where_a_figure_is_about_them(question: str, missing: list[str]) -> None:
    assert lacking(question, "Norway Trust held back 2 payments, and Oslo Bank held back one.") == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many wells were dug in South America?", []),
        ("Combien de puits en Amérique du Sud ?", []),
        ("How many wells were dug in West Africa?", ["West", "Africa"]),
        ("How many wells were dug in Southern America?", []),
        ("How many wells were paid by Lima's government?", []),
    ],
)
def test_unmet_region_is_told_by_its_countries_and_a_capital_by_its_own(question: str, missing: list[str]) -> None:
    text = "In Chile and Peru, 40 wells were dug, and the governments paid for them."
    assert [
        one for one in lacking(question, text) if one in ("South", "America", "Lima's", "West", "Africa")
    ] == missing
