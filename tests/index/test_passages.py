from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.document import (
    BlockKind,
    Cell,
    CellKind,
    Column,
    Document,
    Row,
    Table,
)
from index.passages import passage_id, split_document
from index.views import SentenceView, passage_texts, sentence_texts


def test_split_document_short_blocks_one_passage_each(document: Document) -> None:
    passages = split_document(document)
    assert [passage.ref for passage in passages] == ["para:1", "para:2", "para:3"]
    assert [len(passage.sentences) for passage in passages] == [2, 1, 2]
    assert passages[0].sentence_text(1) == "They worked in 43 countries."


def test_split_document_every_passage_slices_back_to_the_source(document_of: Callable[..., Document]) -> None:
    document = document_of(["A first sentence here. " * 20 + "\n\n" + "Another one there. " * 30, "Short."])
    passages = split_document(document, max_characters=200)
    assert len(passages) > 5
    for passage in passages:
        assert document.source[passage.start : passage.end] == passage.text
        assert len(passage.text) <= 200
        for row, sentence in enumerate(passage.sentences):
            start, end = passage.textmap.to_source(sentence.start, sentence.end)
            assert document.source[start:end] == passage.sentence_text(row)


def test_split_document_long_block_keeps_every_word(document_of: Callable[..., Document]) -> None:
    document = document_of([" ".join(f"Sentence number {number} stands here." for number in range(60))])
    passages = split_document(document, max_characters=300)
    words = [word for passage in passages for word in passage.text.split()]
    assert words == document.source.split()
    assert {passage.ref for passage in passages} == {"para:1"}


def test_split_document_one_endless_sentence_is_cut_at_white_space(
    document_of: Callable[..., Document],
) -> None:
    document = document_of(["word " * 99 + "end."])
    passages = split_document(document, max_characters=100)
    assert max(len(passage.text) for passage in passages) <= 100
    assert " ".join(passage.text for passage in passages).split() == document.source.split()


def test_split_document_text_without_spaces_is_cut_at_the_limit(document_of: Callable[..., Document]) -> None:
    passages = split_document(document_of(["x" * 250]), max_characters=100)
    assert [len(passage.text) for passage in passages] == [100, 100, 50]


def test_split_document_cuts_where_a_paragraph_ends(document_of: Callable[..., Document]) -> None:
    # 96 + 2 + 96 characters, limit 150: two parts of about 97, and the paragraph's end is there.
    half = " ".join(["Twenty-four letters are."] * 4)[:96]
    document = document_of([f"{half}\n\n{half}"], kind=BlockKind.BOX, title="Box title")
    assert [passage.text for passage in split_document(document, max_characters=150)] == [half, half]


def test_split_document_acronyms_one_passage_with_an_entry_a_sentence(
    document_of: Callable[..., Document],
) -> None:
    text = "WASH\tWater, Sanitation and Hygiene\nWHO\tWorld Health Organization"
    (passage,) = split_document(document_of([text], kind=BlockKind.ACRONYMS), max_characters=100)
    assert [passage.sentence_text(row) for row in range(2)] == text.split("\n")


def test_split_document_limit_too_small_says_so(document: Document) -> None:
    with pytest.raises(ValueError, match="at least 100, not 50"):
        split_document(document, max_characters=50)


def test_passage_id_depends_on_document_span_and_text_only() -> None:
    # sha256("r\0" + "0:4\0" + "text") is the same on every machine.
    assert passage_id("r", 0, 4, "text") == passage_id("r", 0, 4, "text")
    others = {passage_id("s", 0, 4, "text"), passage_id("r", 1, 5, "text"), passage_id("r", 0, 4, "tex")}
    assert len(others | {passage_id("r", 0, 4, "text")}) == 4
    assert len(passage_id("r", 0, 4, "text")) == 16


def test_passage_texts_add_heading_and_title_as_plain_text(document_of: Callable[..., Document]) -> None:
    document = document_of(["See [the map](#) of 3 m<sup>3</sup>."], kind=BlockKind.BOX, title="Water")
    assert passage_texts(document, split_document(document)) == ["Operations. Water. See the map of 3 m³."]


def test_sentence_texts_in_context_follow_heading_and_sentence_before(document: Document) -> None:
    passages = split_document(document)
    texts = sentence_texts(document, passages, SentenceView.IN_CONTEXT)
    assert texts[1] == ("Operations. The water programmes reached 2.5 million people. They worked in 43 countries.")
    assert sentence_texts(document, passages, SentenceView.ALONE)[1] == "They worked in 43 countries."


def test_texts_in_the_first_person_name_who_signed_them(document_of: Callable[..., Document]) -> None:
    document = document_of(["I took office in May. Wells were dug.", "Wells help.", "Ana Silva  \nMayor"])
    passages = split_document(document)
    assert passage_texts(document, passages) == [
        "Operations. Ana Silva, Mayor. I took office in May. Wells were dug.",
        "Operations. Wells help.",
        "Operations. Ana Silva  \nMayor",
    ]
    assert sentence_texts(document, passages, SentenceView.ALONE)[:2] == [
        "Ana Silva, Mayor. I took office in May.",
        "Wells were dug.",
    ]


def test_texts_in_the_first_person_that_nobody_signed_stay_as_they_are(document_of: Callable[..., Document]) -> None:
    document = document_of(["I took office in May.", "Wells were dug."])
    assert passage_texts(document, split_document(document))[0] == "Operations. I took office in May."


def table_document(document_of: Callable[..., Document]) -> Document:
    text = "Country\tWomen\tMen\nKenya\t12\t13"
    document = document_of([text], kind=BlockKind.TABLE, title="Staff by country")
    cells = (Cell("12", 12.0, CellKind.NUMBER, 24, 26), Cell("13", 13.0, CellKind.NUMBER, 27, 29))
    row = Row("Kenya", cells, False, "Kenya 12 13", 18, 29)
    columns = (Column("Women", "Sex"), Column("Men", "Sex"))
    table = Table(
        "para:1",
        "para. 1",
        "Staff by country",
        ("Annex I",),
        "Country",
        columns,
        (row,),
        ("W: women.",),
        0,
        29,
    )
    return replace(document, tables=(table,))


def test_split_document_table_gives_one_passage_of_its_header(document_of: Callable[..., Document]) -> None:
    (passage,) = split_document(table_document(document_of))
    assert passage.text == "Country\tWomen\tMen"
    assert passage.kind is BlockKind.TABLE
    assert passage.title == "Staff by country"


def test_passage_texts_table_is_title_columns_and_notes(document_of: Callable[..., Document]) -> None:
    document = table_document(document_of)
    expected = "para. 1. Operations. Staff by country. Country. Sex, Women, Men. Kenya. W: women."
    passages = split_document(document)
    assert passage_texts(document, passages) == [expected]
    assert sentence_texts(document, passages, SentenceView.ALONE) == [expected]
