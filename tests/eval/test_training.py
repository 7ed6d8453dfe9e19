"""What the reader is trained on, and how."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from corpus.loading import load_report
from eval.invented import invented_reports, translated_questions_of
from eval.reading_examples import (
    ReadingExample,
    elsewhere,
    exchanged,
    glossed_examples,
    invented_examples,
    sentence_pairs,
    squad_examples,
    with_nearest_first,
    without_answer,
)
from eval.training import (
    ReaderModel,
    base_folder,
    batch_of,
    by_passage,
    encoded,
    evaluate,
    export,
    invented_batches,
    lesson,
    loss_of,
    other_batches,
    train,
)
from index.embedder import HashEmbedder
from index.passages import split_document
from qa.passage_reader import PassageReader, read_text
from qa.understand import understand
from qa.vocabulary import build_vocabulary

SENTENCES = ("In 2031 the Council dug 40 wells.", "They gave water to 900 people.", "Pumps came from Lakeside.")
OTHERS = (("Trees were planted.", "Wells were painted."), ("The Mayor dug for gold.",))
ANSWERED = ReadingExample("How many wells were dug?", SENTENCES, (0,), ("40 wells",), "Wells", "t", OTHERS)
TRAP = ReadingExample("How many wells were closed?", SENTENCES, (), (), "Wells", "t", OTHERS)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    found.no_padding()
    return found


@pytest.fixture
def model() -> ReaderModel:
    torch.manual_seed(0)
    return ReaderModel(base_folder())


def test_elsewhere_asks_a_passage_that_does_not_answer() -> None:
    found = elsewhere(ANSWERED, random.Random(0))
    assert found is not None
    assert (found.sentences in OTHERS, found.gold, found.question) == (True, (), ANSWERED.question)
    assert elsewhere(ReadingExample("?", SENTENCES, (0,), ("gold",), others=OTHERS[1:]), random.Random(0)) is None


def test_with_nearest_first_puts_the_passages_like_the_question_first() -> None:
    ((found,),) = with_nearest_first([[replace(ANSWERED, question="Was gold dug for by the Mayor?")]], HashEmbedder())
    assert found.others == OTHERS[::-1]


def test_elsewhere_takes_half_by_words_and_half_by_meaning_where_passages_stand_nearest_first() -> None:
    by_words, by_meaning = OTHERS
    example = replace(ANSWERED, question="Were wells painted?", others=(by_meaning, by_words), nearest_first=True)
    rng = random.Random(0)
    asked = Counter(elsewhere(example, rng).sentences for _ in range(1000))  # type: ignore[union-attr]
    assert 450 < asked[by_words] < 550


def test_without_answer_leaves_the_other_sentences() -> None:
    found = without_answer(ANSWERED)
    assert found is not None
    assert (found.sentences, found.gold) == (SENTENCES[1:], ())
    assert without_answer(ReadingExample("?", SENTENCES[:1], (0,))) is None


def test_exchanged_puts_a_word_in_that_the_passage_lacks() -> None:
    near = [ReadingExample("Which bridges were painted?", SENTENCES, ())]
    found = exchanged(ANSWERED, near, random.Random(0))
    assert found is not None
    assert found.question in {"How many bridges were dug?", "How many painted were dug?"}
    assert exchanged(ANSWERED, [ANSWERED], random.Random(0)) is None


def test_exchanged_names_only_leaves_common_words_and_puts_in_another_name_or_year() -> None:
    sentences = ("Wells were dug in Hilltown in 2031.", "In 2030 pumps came.")
    asked = ReadingExample("How many wells were dug in Hilltown in 2031?", sentences, (0,))
    near = [ReadingExample("Were bridges painted in Lakeside in 2019?", SENTENCES, ())]
    seen = {exchanged(asked, near, random.Random(seed), names_only=True) for seed in range(40)} - {None}
    questions = {one.question for one in seen if one is not None}
    years = {f"How many wells were dug in Hilltown in {year}?" for year in (2028, 2029, 2032, 2033)}
    assert questions == {"How many wells were dug in Lakeside in 2031?", *years}
    assert all(one.gold == () for one in seen if one is not None)
    assert exchanged(ReadingExample("How many wells were dug?", sentences, (0,)), near, random.Random(0), True) is None


def test_squad_examples_long_text_is_cut_around_its_answer(tmp_path: Path) -> None:
    context = (
        " ".join(f"Sentence number {word} tells nothing new." for word in "abcdefghijkl") + " Gold lies in Hilltown."
    )
    asked = [
        {"question": "Where does gold lie?", "answers": [{"text": "Hilltown"}]},
        {"question": "Where does silver lie?", "answers": []},
    ]
    path = tmp_path / "long.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": context, "qas": asked}]}]}), encoding="utf-8")
    answered, other = squad_examples(path)
    assert [answered.sentences[number] for number in answered.gold] == ["Gold lies in Hilltown."]
    assert len(answered.sentences) <= 5
    assert all("Hilltown" not in " ".join(passage) for passage in answered.others)
    assert other.gold == ()
    assert by_passage([answered, other]) == [[answered]]


def test_sentence_pairs_stand_among_their_neighbours(tmp_path: Path) -> None:
    rows = [{"question": f"question {n}?", "sentence": f"sentence {n} ."} for n in range(40)]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for number, example in enumerate(sentence_pairs(path, random.Random(0))):
        assert example.sentences[example.gold[0]] == f"sentence {number} ."
        assert not any(f"sentence {number} ." in other for other in example.others)


def test_invented_examples_keep_twins_of_a_passage_together() -> None:
    groups = invented_examples(invented_reports("checking")[:1])
    assert len(groups) == 30
    for group in groups:
        assert len({example.sentences for example in group}) == 1
        assert [bool(example.gold) for example in group if not example.everyday].count(False) == 3
        assert [bool(example.gold) for example in group if example.everyday].count(False) == 2


def test_glossed_examples_are_translated_questions_word_by_word_in_english() -> None:
    report = next(path for path in invented_reports("fitting") if path.name == "displacement-data-2023")
    asked = [example for group in glossed_examples([report]) for example in group]
    translated = translated_questions_of(report)
    assert len(asked) == len(translated) > 0
    assert {bool(example.gold) for example in asked} == {True, False}
    assert any(example.question.startswith("How many members") for example in asked)
    vocabulary = build_vocabulary(split_document(load_report(report)), ())
    read = {understand(sample.question, vocabulary, sample.language).english for sample in translated}
    assert {example.question for example in asked} == read


def test_lesson_has_everyday_questions_and_some_twins() -> None:
    (group, *_) = invented_examples(invented_reports("checking")[:1])
    chosen = lesson(group, 2, random.Random(0))
    assert [one.everyday for one in chosen] == [False] * 2 + [True] * 4
    assert len(lesson([one for one in group if not one.everyday], 2, random.Random(0))) == 6


def test_encoded_marks_the_words_of_the_answer(tokenizer: Tokenizer) -> None:
    found = encoded(ANSWERED, tokenizer)
    marked = [token for token, is_answer in zip(found.ids, found.answer, strict=True) if is_answer]
    assert tokenizer.decode(marked) == "40 wells"
    assert {found.sentence_of[at] for at, is_answer in enumerate(found.answer) if is_answer} == {0}
    assert not any(encoded(TRAP, tokenizer).answer)


def test_batches_hold_every_question(tokenizer: Tokenizer) -> None:
    group = [ANSWERED, TRAP]
    numbers = [one for batch in invented_batches([group] * 4, [], tokenizer, random.Random(0)) for one in batch]
    assert len(numbers) == 4
    assert all(len(found) == len(group) + 2 for found in numbers)
    singles = [one for batch in other_batches(group * 20, tokenizer, random.Random(0)) for one in batch]
    assert len(singles) >= 40


# PyTorch warns of its older exporter, which needs no package beside onnx, and of what it traces.
@pytest.mark.filterwarnings("ignore")
def test_train_learns_to_tell_twins_apart_and_export_reads_alike(
    model: ReaderModel, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    groups = [[encoded(ANSWERED, tokenizer), encoded(TRAP, tokenizer)]]
    before = float(loss_of(model, batch_of(groups)).detach())
    train(model, [groups] * 40, 3e-4, tmp_path / "net.pt")
    assert float(loss_of(model, batch_of(groups)).detach()) < before
    sentence, auroc = evaluate(model, groups)
    assert (sentence, auroc) == (1.0, 1.0)
    assert export.callback is not None
    with export.make_context("export", ["--output", str(tmp_path / "out")], obj=(model, tokenizer, None, None)) as ctx:
        export.invoke(ctx)
    reader = PassageReader(tmp_path / "out")
    text = read_text(ANSWERED.heading, ANSWERED.sentences)
    answered, trap = (reader.log_odds(one.question, text) for one in (ANSWERED, TRAP))
    assert int(np.argmax(answered)) == 0
    assert answered.max() > trap.max()
