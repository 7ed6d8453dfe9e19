"""TAT-QA: the table engine and the reader on other people's annual reports.

Reads the benchmark's own format (Zhu et al., "TAT-QA: A Question Answering Benchmark on a Hybrid of Tabular and
Textual Content in Finance", ACL 2021): a table, its paragraphs and questions about both. The context of a question is
its own table and paragraphs; nothing is trained on it. Measures as in ``eval/numeracy.py``.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.document import CellKind
from corpus.errors import EvaluationError
from corpus.grids import Grid, read_grid, scale_of
from corpus.paragraphs import document_from_paragraphs
from corpus.text import plain
from eval.numeracy import score
from index.embedder import Embedder, RememberingEmbedder
from index.store import build_index
from qa.kinship import Kinship
from qa.ranking import shipped_ranker
from qa.reader import Reader
from qa.settings import Settings
from qa.tables.labelled import LabelledParser
from qa.tables.labelled import Reading as TableReading
from qa.tables.query import Operation, Slot, TableQuery
from qa.tables.results import value
from qa.understand import Query, understand
from qa.values import short_value
from qa.vocabulary import build_vocabulary
from qa.wanted import Wanted

# A table answers when its labels account for at least this much of a question; else the paragraphs are read.
_EXPLAINED = 0.5
_STATED_SCALE = re.compile(
    r"\b(thousands|millions|billions)\b|['’‘]000|\bin (?:RMB |US)?\$? ?(thousand|million|billion)\b", re.IGNORECASE
)
_UNSCALED = re.compile(r"\bper (?:\w+ )?share\b|\bratio\b|\brate\b|cents|\bheadcount|employees", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:years?|periods?)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOR_TEXT = re.compile(
    r"^\W*(?:why|who|whom|where|"
    r"how (?:is|are|was|were|does|do|did|has|have)\b(?! .*\b(?:increase|decrease|change)\w* by\b)|"
    r"what (?:does|do|did|led|caused|drove)|what (?:is|was|are|were) the (?:reason|purpose|definition|meaning))",
    re.IGNORECASE,
)
_COMPUTING = frozenset(Operation) - {
    Operation.CELL, Operation.VALUES, Operation.LIST, Operation.MAXIMUM, Operation.MINIMUM
}  # fmt: skip


@dataclass(frozen=True)
class Context:
    """A table with its paragraphs."""

    grid: Grid
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class TatQuestion:
    """A question about a context, with its gold answer.

    Attributes:
        text: The question.
        answers: The gold answers.
        scale: The gold scale, empty if none.
        answer_type: ``span``, ``multi-span``, ``arithmetic`` or ``count``.
        source: ``table``, ``text`` or ``table-text``.
    """

    text: str
    answers: tuple[object, ...]
    scale: str
    answer_type: str
    source: str


@dataclass(frozen=True)
class Prediction:
    """What is answered: the values, empty for a refusal, their scale, and the query if a table gave them."""

    answers: tuple[object, ...]
    scale: str
    query: TableQuery | None = None


@dataclass(frozen=True)
class TatScore:
    """Exact match and F1, over all and by answer type and source, and why table questions went wrong.

    Attributes:
        exact: Exact match over all questions.
        f1: Numeracy-focused F1 over all questions.
        groups: Number of questions, exact match and F1 by "type, source".
        errors: How many questions that a table takes part in were right, or wrong by what.
        questions: How many questions there are.
    """

    exact: float
    f1: float
    groups: dict[str, tuple[int, float, float]]
    errors: dict[str, int]
    questions: int


def load_tatqa(path: Path) -> list[tuple[Context, tuple[TatQuestion, ...]]]:
    """Return the contexts of a TAT-QA file with their questions.

    Raises:
        EvaluationError: If the file is not in TAT-QA's format.
    """
    try:
        found = []
        for entry in json.loads(path.read_text(encoding="utf-8")):
            paragraphs = sorted(entry["paragraphs"], key=lambda paragraph: int(paragraph["order"]))
            context = Context(read_grid(entry["table"]["table"]), tuple(item["text"] for item in paragraphs))
            found.append((context, tuple(_question(item) for item in entry["questions"])))
        return found
    except (OSError, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise EvaluationError(f"{path} is not a TAT-QA file ({error!r}).", "Give its official JSON.") from error


def _question(item: dict[str, Any]) -> TatQuestion:
    answer = item["answer"]
    if item["answer_type"] == "count":
        answer = str(int(answer))
    answers = tuple(answer) if isinstance(answer, list) else (answer,)
    return TatQuestion(item["question"], answers, item["scale"], item["answer_type"], item["answer_from"])


class Answerer:
    """Answers questions about one context.

    Args:
        context: The table and its paragraphs.
        embedder: Embeds the paragraphs.
    """

    def __init__(self, context: Context, embedder: Embedder) -> None:
        self._context = context
        self._parser = LabelledParser((context.grid.table,), Slot, strict=False)
        document = document_from_paragraphs("tatqa", [("", text) for text in context.paragraphs if text.strip()])
        index = build_index(document, embedder)
        self._vocabulary = build_vocabulary(index.passages, (), Kinship(index))
        self._reader = Reader(index, self._vocabulary, shipped_ranker(), Settings())

    def answer(self, question: str) -> Prediction:
        """Return the table's answer where its labels account for the question, else the text's."""
        query = understand(question, self._vocabulary, "en")
        reading = None if _FOR_TEXT.match(question) else self._parser.parse(question)
        if reading is not None and (reading.explained >= _EXPLAINED or reading.query.operation is not Operation.CELL):
            return self._from_table(reading, question)
        return self._from_text(query) or (
            Prediction((), "") if reading is None else self._from_table(reading, question)
        )

    def _from_table(self, reading: TableReading, question: str) -> Prediction:
        query = reading.query
        if query.operation in (Operation.SHARE, Operation.PERCENT_CHANGE):
            return Prediction((round(value(query), 2),), "percent", query)
        if query.operation is Operation.COUNT:
            return Prediction((int(value(query)),), "", query)
        if query.operation is Operation.RATIO:
            return Prediction((round(value(query), 2),), "", query)
        if query.operation is Operation.LIST:
            return Prediction(tuple(_year(query.operands[place].label) for place in query.kept()), "", query)
        if query.operation in (Operation.MAXIMUM, Operation.MINIMUM) and _YEARS.search(question):
            best = value(query)
            return Prediction(tuple(_year(o.label) for o in query.operands if o.value == best), "", query)
        scale = self._scale(query)
        if query.operation in (Operation.CELL, Operation.VALUES):
            return Prediction(tuple(slot.cell.text for slot in query.slots), scale, query)
        return Prediction((round(value(query), 2),), scale, query)

    def _scale(self, query: TableQuery) -> str:
        """Return what the figures used are counted in: per cent, the table's scale, or what its paragraphs state."""
        grid = self._context.grid
        label = " ".join(slot.row.label for slot in query.slots)
        percent = any(s.cell.kind is CellKind.PERCENT or s.column in grid.percent_columns for s in query.slots)
        if percent or "%" in label:
            return "percent"
        if _UNSCALED.search(label):
            return ""
        stated = _STATED_SCALE.search(" ".join(self._context.paragraphs))
        return grid.scale or (scale_of(stated.group()) if stated else "")

    def _from_text(self, query: Query) -> Prediction | None:
        reading = self._reader.read(query)
        if not reading.candidates:
            return None
        best = reading.candidates[0]
        sentence = " ".join(plain(best.passage.sentence_text(best.number)).split())
        span = short_value(query, sentence)
        explains = any(wanted in (Wanted.REASON, Wanted.MANNER) for wanted in query.wanted)
        return Prediction((sentence if span is None or explains else sentence[slice(*span)],), "")


def _year(label: str) -> str:
    found = _YEAR.search(label)
    return found.group() if found else label


def score_tatqa(
    contexts: Sequence[tuple[Context, Sequence[TatQuestion]]], embedder: Embedder, show_progress: bool = False
) -> TatScore:
    """Return what is reached on contexts with their questions."""
    embedder = RememberingEmbedder(embedder)
    rounds: Iterable[tuple[Context, Sequence[TatQuestion]]] = contexts
    if show_progress:
        from tqdm import tqdm

        rounds = tqdm(contexts, unit="table")
    results: dict[str, list[tuple[float, float]]] = defaultdict(list)
    errors: Counter[str] = Counter()
    for context, questions in rounds:
        answerer = Answerer(context, embedder)
        for question in questions:
            found = answerer.answer(question.text)
            exact, f1 = _score(question, found.answers, found.scale)
            results[f"{question.answer_type}, {question.source}"].append((exact, f1))
            if question.source != "text":
                errors[_verdict(question, found, exact)] += 1
    every = [pair for pairs in results.values() for pair in pairs]
    groups = {name: (len(pairs), *_means(pairs)) for name, pairs in sorted(results.items())}
    return TatScore(*_means(every), groups, dict(errors), len(every))


def _score(question: TatQuestion, answers: Sequence[object], scale: str) -> tuple[float, float]:
    return score(question.answers, question.scale, question.answer_type, answers, scale)


def _means(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    count = max(len(pairs), 1)
    return sum(exact for exact, _ in pairs) / count, sum(f1 for _, f1 in pairs) / count


def _verdict(question: TatQuestion, found: Prediction, exact: float) -> str:
    """Return why a question was not answered right: by refusal, scale, operation or operand."""
    if exact:
        return "right"
    if not found.answers:
        return "refused"
    if _score(question, found.answers, question.scale)[0]:
        return "wrong scale"
    if found.query is None:
        return "read from the text"
    wanted = {
        "arithmetic": _COMPUTING,
        "count": {Operation.COUNT},
        "span": {Operation.CELL, Operation.MAXIMUM, Operation.MINIMUM, Operation.LIST},
        "multi-span": {Operation.VALUES, Operation.LIST},
    }[question.answer_type]
    return "wrong operand" if found.query.operation in wanted else "wrong operation"


def format_tatqa(found: TatScore) -> str:
    """Return the score as lines of text."""
    lines = [f"{found.questions} questions: exact match {found.exact:.3f}, F1 {found.f1:.3f}"]
    lines += [f"  {name} ({n}): {exact:.3f}, {f1:.3f}" for name, (n, exact, f1) in found.groups.items()]
    lines.append("Questions that a table takes part in:")
    lines += [f"  {name}: {count}" for name, count in sorted(found.errors.items(), key=lambda item: -item[1])]
    return "\n".join(lines)


def tatqa_dict(found: TatScore) -> dict[str, Any]:
    """Return the score as JSON-ready data."""
    return asdict(found)
