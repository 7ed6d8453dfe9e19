"""The reader that ships: question and passage read together."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import RankerError
from corpus.paragraphs import document_from_paragraphs
from qa import Assistant, Settings
from qa.passage_reader import PassageReader, ReadText, read_text, read_together, shipped_reader
from qa.understand import focus_of, understand
from qa.vocabulary import build_vocabulary

WELLS = read_text(
    "Wells",
    [
        "In 2031 the Council dug 40 wells in Hilltown.",
        "They gave water to 900 people, of whom 300 were women.",
        "The pumps came from a company in Lakeside.",
    ],
)
WEIGHTS = Path(str(resources.files("qa"))) / "data" / "reader"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many wells were dug?", 0),
        ("How many folks got something to drink?", 1),
        ("Where did the pumps come from?", 2),
    ],
)
def test_log_odds_sentence_that_answers_is_the_likeliest(question: str, sentence: int) -> None:
    odds = shipped_reader().log_odds(question, WELLS)
    assert int(np.argmax(odds)) == sentence


@pytest.mark.parametrize(
    ("answered", "trap"),
    [
        ("How many people got water?", "How many people got money?"),
        ("How many of the people were women?", "How many of the people were children?"),
        ("How many wells were dug?", "How much did the wells cost?"),
    ],
)
def test_log_odds_question_that_is_answered_is_likelier_than_its_twin(answered: str, trap: str) -> None:
    reader = shipped_reader()
    assert reader.log_odds(answered, WELLS).max() > reader.log_odds(trap, WELLS).max()


def test_log_odds_longer_passage_than_is_read_has_no_odds_for_the_rest() -> None:
    long = read_text("", ["Water is wet."] * 400)
    odds = shipped_reader().log_odds("What is water?", long)
    assert len(odds) == 400
    assert odds[-1] == -12.0
    assert odds[0] > -12.0


@pytest.mark.parametrize("text", [WELLS, read_text("", ["Water is wet."] * 400)])
def test_log_odds_longer_question_than_is_read_is_cut(text: ReadText) -> None:
    odds = shipped_reader().log_odds("How many wells did they dig and " * 300, text)
    assert len(odds) == len(text.starts)
    assert np.isfinite(odds).all()


def test_load_missing_or_damaged_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RankerError, match="cannot be loaded"):
        PassageReader(tmp_path).load()
    shutil.copy(WEIGHTS / "tokenizer.json", tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(RankerError) as caught:
        PassageReader(tmp_path).log_odds("How many wells were dug?", WELLS)
    assert "--read-passages 0" in caught.value.remedy


def test_weights_are_no_larger_than_a_repository_bears() -> None:
    assert (WEIGHTS / "model.onnx").stat().st_size <= 25_000_000


def test_ask_question_of_many_words_is_answered_or_refused() -> None:
    document = document_from_paragraphs("small", [("Wells", "In 2031, 40 wells were dug. Pumps were mended.")])
    assistant = Assistant.from_document(document, Settings(embedder="hash", min_confidence=0.0))
    assert assistant.ask("How many wells were dug? " + "Please tell me. " * 120).problem == ""


def test_ask_reads_questions_in_any_language_and_not_when_it_is_off() -> None:
    document = document_from_paragraphs("small", [("Wells", "In 2031, 40 wells were dug. Pumps were mended.")])

    def read(question: str, passages: int) -> bool:
        settings = Settings(embedder="hash", min_confidence=0.0, read_passages=passages)
        explained = Assistant.from_document(document, settings).explain(question)
        return "read with the question" in str(explained.to_dict())

    assert read("How many wells were dug?", 4)
    assert not read("How many wells were dug?", 0)
    assert read("Combien de puits ont été creusés ?", 4)


class Reads(PassageReader):
    """Gives every sentence the same log-odds, and keeps what it read."""

    def __init__(self, odds: float) -> None:
        super().__init__()
        self.odds = odds
        self.texts: list[str] = []

    def log_odds(self, question: str, text: ReadText) -> NDArray[np.float64]:
        self.texts.append(text.text)
        return np.full(len(text.starts), self.odds)


@pytest.mark.parametrize(("odds", "passages", "read"), [(9.0, 3, 1), (-1.0, 3, 3), (-1.0, 2, 2), (-1.0, 9, 4)])
def test_read_together_reads_until_a_passage_surely_answers(odds: float, passages: int, read: int) -> None:
    texts = [
        (town, f"In 2031, 40 wells were dug in {town}.") for town in ("Hilltown", "Lakeside", "Fairview", "Easton")
    ]
    assistant = Assistant.from_document(document_from_paragraphs("small", texts), Settings(embedder="hash"))
    reading = assistant.read("How many wells were dug?")
    reader = Reads(odds)
    found = read_together(reading, reader, 0.1, passages)
    assert len(reader.texts) == read
    assert sum(candidate.log_odds == odds for candidate in found.candidates) == read


def test_read_together_tells_the_reader_who_says_i() -> None:
    texts = [("Foreword", "I took office in May."), ("Foreword", "Ana Silva Mayor"), ("Work", "Ana Silva took leave.")]
    assistant = Assistant.from_document(document_from_paragraphs("small", texts), Settings(embedder="hash"))
    reader = Reads(-1.0)
    read_together(assistant.read("When did Ana Silva take office?"), reader, 0.1, 2)
    assert set(reader.texts) == {"Foreword by Ana Silva Mayor. I took office in May.", "Work. Ana Silva took leave."}


def test_reading_follow_up_is_read_with_what_it_leans_on_and_a_part_alone() -> None:
    texts = [("Hilltown", "In 2031, 40 wells were dug.")]
    assistant = Assistant.from_document(document_from_paragraphs("small", texts), Settings(embedder="hash"))
    vocabulary = build_vocabulary((), ())
    asked = []
    for text, part in (("Why? (How many wells were dug?)", "Why?"), ("How many wells, and why?", "How many wells")):
        focus = understand(part, vocabulary, "en")
        asked.append(replace(assistant.read(text), focus=focus).asked)
    assert asked == ["Why? (How many wells were dug?)", "How many wells"]


def test_focus_of_is_what_a_completed_follow_up_asks() -> None:
    vocabulary = build_vocabulary((), ())
    focus = focus_of(understand("Pourquoi ? (Combien de puits ?)", vocabulary, "fr"), vocabulary)
    assert focus is not None
    assert (focus.text, focus.language) == ("Pourquoi ?", "fr")
    assert focus_of(understand("How many wells?", vocabulary), vocabulary) is None
