"""Questions with a passage and the sentence of it that answers, or none: what a reader is trained on.

Other people's sets come by path and in their own formats; the invented reports ship with the project. Each example
with an answer also gives ones without: the question asked of another passage of the same text, of its passage with the
answer taken out, or with one of its words exchanged.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.loading import load_report
from corpus.sentences import split_sentences
from corpus.text import plain
from corpus.words import content_stems
from corpus.years import YEAR
from eval.invented import everyday_questions_of, near_twins_of, passage_asked_of, translated_questions_of
from eval.samples import Sample
from eval.scoring import normalized
from index.embedder import Embedder, Vectors
from index.passages import split_document
from qa.followup import stand_alone
from qa.understand import in_english
from qa.vocabulary import build_vocabulary

Passages = tuple[tuple[str, ...], ...]
_AROUND = 5
_WORD = re.compile(r"[A-Za-z0-9][\w'’-]*")
_SHORT_WORD = 3
_TRIES = 12
_BY_WORDS = 0.5  # how often another passage is one that shares words, where nearness in meaning is known


@dataclass(frozen=True)
class ReadingExample:
    """A question and a passage.

    Attributes:
        question: The question.
        sentences: The passage's sentences.
        gold: Numbers of the sentences that answer; none if the passage does not.
        answers: The words that answer, in any of them; empty if only the sentence is known.
        heading: The passage's heading.
        text: Which text it is from.
        others: The other passages of the text.
        nearest_first: Whether these stand in the order of their nearness in meaning to the question.
        everyday: Whether it is one in everyday words, beside near twins.
    """

    question: str
    sentences: tuple[str, ...]
    gold: tuple[int, ...]
    answers: tuple[str, ...] = ()
    heading: str = ""
    text: str = ""
    others: Passages = ()
    nearest_first: bool = False
    everyday: bool = False


def invented_examples(reports: Iterable[Path]) -> list[list[ReadingExample]]:
    """Return the questions of invented reports, those of one passage together: pairs of twins stay in one batch."""
    found = []
    for report in reports:
        year = load_report(report).metadata.year
        asked = [(sample, sample.question, False) for sample in near_twins_of(report)]
        asked += [(one, stand_alone(one.question, one.history, year), True) for one in everyday_questions_of(report)]
        found += _of_one_report(report, asked)
    return found


def glossed_examples(reports: Iterable[Path]) -> list[list[ReadingExample]]:
    """Return the French and Spanish questions of invented reports as the reader gets them, word by word in English."""
    found = []
    for report in reports:
        translated = translated_questions_of(report)
        vocabulary = build_vocabulary(split_document(load_report(report)) if translated else (), ())
        asked = [(one, in_english(one.question, vocabulary, one.language), True) for one in translated]
        found += _of_one_report(report, asked)
    return found


def _of_one_report(report: Path, asked: Sequence[tuple[Sample, str, bool]]) -> list[list[ReadingExample]]:
    """Return a report's samples, each with its question in English and whether it is in everyday words, by passage."""
    passages = {passage.ref: passage for passage in split_document(load_report(report))} if asked else {}
    texts = {
        ref: tuple(" ".join(plain(passage.sentence_text(n)).split()) for n in range(len(passage.sentences)))
        for ref, passage in passages.items()
    }
    groups: dict[str, list[ReadingExample]] = {}
    for sample, question, everyday in asked:
        ref = passage_asked_of(sample)
        gold = tuple(n for n, text in enumerate(texts[ref]) if normalized(text) in normalized(sample.note))
        answers = tuple(answer for group in sample.must for answer in group)
        example = ReadingExample(question, texts[ref], gold if sample.answerable else (), answers)
        others = tuple(text for other, text in texts.items() if other != ref)
        example = replace(example, heading=passages[ref].section[-1], text=f"{report.name} {ref}", others=others)
        groups.setdefault(ref, []).append(replace(example, everyday=everyday))
    return list(groups.values())


def with_nearest_first(groups: Sequence[Sequence[ReadingExample]], embedder: Embedder) -> list[list[ReadingExample]]:
    """Return groups of examples whose other passages stand nearest first, as a search finds them.

    Args:
        groups: The examples, of each passage together.
        embedder: Gives the vectors of questions and passages.
    """
    texts = list(dict.fromkeys(" ".join(other) for group in groups for one in group for other in one.others))
    rows = {text: row for row, text in enumerate(texts)}
    questions = [example.question for group in groups for example in group]
    near = iter(embedder.embed_queries(questions) @ embedder.embed_passages(texts).T)
    return [[_sorted_by(example, next(near), rows) for example in group] for group in groups]


def _sorted_by(example: ReadingExample, near: Vectors, rows: Mapping[str, int]) -> ReadingExample:
    others = sorted(example.others, key=lambda other: -float(near[rows[" ".join(other)]]))
    return replace(example, others=tuple(others), nearest_first=True)


def squad_examples(path: Path, articles: slice = slice(None)) -> list[ReadingExample]:
    """Return the questions of a SQuAD 1.1 or 2.0 file: SQuAD, PolicyQA, COVID-QA.

    Args:
        path: The file.
        articles: Which articles; ``slice(None, n)`` for the first n.
    """
    found = []
    for number, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"][articles]):
        passages = tuple(_sentences(paragraph["context"]) for paragraph in article["paragraphs"])
        if len(passages) == 1:
            passages = tuple(passages[0][at : at + _AROUND] for at in range(0, len(passages[0]), _AROUND))
        for paragraph in article["paragraphs"]:
            found += _asked(paragraph, passages, f"{path.stem} {number}")
    return found


def _asked(paragraph: dict[str, Any], passages: Passages, text: str) -> list[ReadingExample]:
    sentences = _sentences(paragraph["context"])
    found = []
    for asked in paragraph["qas"]:
        answers = tuple(dict.fromkeys(answer["text"].strip() for answer in asked["answers"]))
        gold = tuple(n for n, one in enumerate(sentences) if any(a.lower() in one.lower() for a in answers))
        if answers and not gold:
            continue
        here, gold = _window(sentences, gold)
        others = tuple(other for other in passages if not set(other) & set(here))
        found.append(ReadingExample(asked["question"], here, gold, answers, text=text, others=others))
    return found


def _window(sentences: tuple[str, ...], gold: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Cut a long text to the sentences around the first that answers."""
    if len(sentences) <= 2 * _AROUND or not gold:
        return sentences[: 2 * _AROUND], gold
    first = max(0, gold[0] - gold[0] % _AROUND)
    here = sentences[first : first + _AROUND]
    return here, tuple(n - first for n in gold if first <= n < first + len(here))


def sentence_pairs(path: Path, rng: random.Random) -> list[ReadingExample]:
    """Return the pairs of question and sentence of a JSON-lines file, each among the sentences around it."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = list(dict.fromkeys(row["sentence"] for row in rows))
    place = {sentence: number for number, sentence in enumerate(sentences)}
    found = []
    for row in rows:
        at, size = place[row["sentence"]], rng.randint(3, 6)
        first = max(0, at - rng.randint(0, size - 1))
        starts = [start for start in range(max(0, at - 25), at + 25, 4) if abs(start - at) > 2 * _AROUND]
        others = tuple(tuple(sentences[start : start + _AROUND]) for start in starts)
        here = tuple(sentences[first : first + size])
        found.append(ReadingExample(row["question"], here, (at - first,), text=path.stem, others=others))
    return found


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:stop] for start, stop in split_sentences(text))


def elsewhere(example: ReadingExample, rng: random.Random) -> ReadingExample | None:
    """Return the question asked of another passage of its text, mostly one that shares many words with it.

    Where passages stand nearest first, every other time one that is near in meaning.
    """
    asked = set(content_stems(example.question))
    fit = [
        other
        for other in example.others
        if not any(answer.lower() in " ".join(other).lower() for answer in example.answers)
    ]
    if not fit:
        return None
    if not example.nearest_first or rng.random() < _BY_WORDS:
        fit.sort(key=lambda other: -len(asked & set(content_stems(" ".join(other)))))
    return replace(example, sentences=fit[min(int(rng.expovariate(1.0)), len(fit) - 1)], gold=(), answers=())


def without_answer(example: ReadingExample) -> ReadingExample | None:
    """Return the question asked of its passage with the sentences that answer taken out."""
    rest = tuple(one for number, one in enumerate(example.sentences) if number not in example.gold)
    return replace(example, sentences=rest, gold=(), answers=()) if rest else None


def exchanged(
    example: ReadingExample, near: Sequence[ReadingExample], rng: random.Random, names_only: bool = False
) -> ReadingExample | None:
    """Return the question with one of its words that the passage has exchanged for one that it has not.

    Args:
        example: A question that is answered.
        near: Questions whose words may be taken.
        rng: Chooses the words.
        names_only: Exchange only names and years.
    """
    here = set(content_stems(" ".join(example.sentences)))
    own = [m for m in _WORD.finditer(example.question) if set(content_stems(m[0])) & here and len(m[0]) > _SHORT_WORD]
    if names_only:
        own = [m for m in own if YEAR.fullmatch(m[0]) or (m[0][0].isupper() and m.start() > 0)]
    if not own:
        return None
    old = rng.choice(own)
    for _ in range(_TRIES):
        if YEAR.fullmatch(old[0]):
            words = [str(int(old[0]) + rng.choice((-3, -2, -1, 1, 2)))]
        else:
            words = _WORD.findall(rng.choice(near).question)
        fit = [word for word in words if _replaces(word, old[0]) and not set(content_stems(word)) & here]
        if fit:
            asked = example.question[: old.start()] + rng.choice(fit) + example.question[old.end() :]
            return replace(example, question=asked, gold=(), answers=())
    return None


def _replaces(word: str, old: str) -> bool:
    alike = word[0].isupper() == old[0].isupper() and word.isdigit() == old.isdigit()
    return alike and len(word) > _SHORT_WORD and bool(content_stems(word))
