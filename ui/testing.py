"""An assistant with a script over a made-up report, to see and test the page without models.

``python -m ui.testing`` serves the page on them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.document import Document, Table
from corpus.errors import QuestionError
from qa.answer import Answer, AnswerKind, Calculation, Citation, ClosestPassage, Span
from qa.retrieve import Hit
from ui.made_up import cite, cite_row, document, passage, use

SLOWLY, SLOW_SECONDS = "slowly", 4.0
"""A word that makes the scripted assistant slow, and by how much, to see the page wait."""


def script(report: Document) -> Mapping[str, Answer]:
    """Return one answer of each kind, by a word that its question holds; the first word that occurs decides."""
    carried = cite(
        report,
        "para:1",
        "Throughout the year, The Office carried 48,200 passengers in 12 boats, and is increasingly "
        "working on long-term solutions for the outer islands.",
    )
    sales = cite(report, "para:3", "In total The Office carried 51,000 passengers in 2023", 2)
    storm = cite(report, "box:1", "Both piers reopened after nine days.")
    closed = cite(
        report,
        "para:1",
        "Crossings were suspended for nine days in the February storms, which closed both piers and damaged the "
        "signal station.",
    )
    return {
        "passengers": _answer(
            f"{carried.quote} [1]",
            AnswerKind.PASSAGE,
            0.93,
            (carried,),
            value=_span(carried.quote, "48,200 passengers"),
        ),
        "reopened": _answer(
            f"{closed.quote} [1] {storm.quote} [2]",
            AnswerKind.PASSAGE,
            0.6,
            (closed, replace(storm, marker=2)),
            lead=_span(f"{closed.quote} [1] {storm.quote}", storm.quote),
        ),
        "storm": _answer(f"{storm.quote} [1]", AnswerKind.PASSAGE, 0.6, (storm,)),
        "figures": _answer(
            "The report gives two figures: 48,200 [1] and 51,000 [2].",
            AnswerKind.CONFLICT,
            0.9,
            (carried, sales),
        ),
        "busiest": _busiest(report, report.tables[1]),
        "men": _growth(report, report.tables[0]),
    }


def _growth(report: Document, table: Table) -> Answer:
    """Return a difference over years, from a row of years."""
    row = table.rows[1]
    growth = Calculation("difference", (use(table, row, "2022"), use(table, row, "2023")), "13 − 11 = 2", 2.0)
    text = "The number of women in the crews rose by 2. [1]"
    return _answer(text, AnswerKind.TABLE, 0.95, (cite_row(report, table, row),), growth)


def _busiest(report: Document, table: Table) -> Answer:
    """Return a ranking of rows."""
    rows = sorted(table.rows, key=lambda row: -(row.cells[2].value or 0))
    cells = tuple(use(table, row, "Total") for row in rows)
    expression = "; ".join(f"{cell.row}: {cell.text} (Annex II, {cell.row}, Total)" for cell in cells)
    ranked = Calculation("top", cells, expression, tuple(cell.row for cell in cells))
    places = tuple(cite_row(report, table, row, marker) for marker, row in enumerate(rows, start=1))
    listed = ", ".join(f"{cell.row} ({cell.text})" for cell in cells)
    return _answer(f"Most passengers: {listed}. [1] [2] [3]", AnswerKind.TABLE, 0.95, places, ranked)


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _answer(
    text: str,
    kind: AnswerKind,
    confidence: float,
    citations: tuple[Citation, ...],
    calculation: Calculation | None = None,
    value: Span | None = None,
    lead: Span | None = None,
) -> Answer:
    return Answer("", "", True, kind, text, confidence, citations, calculation, value=value, lead=lead)


class ScriptedAssistant:
    """Answers by a script: the first of its words that a question holds decides; all else is refused."""

    def __init__(self) -> None:
        self._document = document()
        self._script = script(self._document)
        self.histories: list[tuple[str, ...]] = []

    @property
    def document(self) -> Document:
        """The made-up report."""
        return self._document

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the scripted answer; a question with "and" first is joined to the one before.

        Raises:
            QuestionError: If the question is longer than 2,000 characters.
        """
        self.histories.append(tuple(history))
        if SLOWLY in question.lower():
            time.sleep(SLOW_SECONDS)
        if len(question) > 2000:
            raise QuestionError(
                f"The question has {len(question):,} characters; at most 2,000 are read.",
                "Shorten it.",
            )
        joined = f"{history[-1]} {question}" if history and question.lower().startswith("and ") else question
        for word, answer in self._script.items():
            if word in joined.lower():
                return replace(answer, question=question, searched=joined)
        return replace(self._refusal(), question=question, searched=joined)

    def describe(self) -> dict[str, Any]:
        """Return what the answers depend on."""
        return {"report": self._document.doc_id, "settings": {"script": len(self._script)}}

    def search(self, text: str, k: int | None = None) -> tuple[Hit, ...]:
        """Return the paragraphs and boxes that hold a word of the text, in reading order."""
        words = text.lower().split()
        found = [block for block in self._document.blocks if any(word in block.text.lower() for word in words)]
        passages = [passage(self._document, block) for block in found[: k or 5]]
        return tuple(Hit(passage, 1 / rank, rank) for rank, passage in enumerate(passages, start=1))

    def _refusal(self) -> Answer:
        closest = tuple(ClosestPassage(block.ref, block.label, block.text) for block in self._document.blocks[:2])
        return Answer(
            "",
            "",
            False,
            AnswerKind.NONE,
            "The report does not say.",
            0.1,
            closest=closest,
            lacking=("most words of the question",),
        )


def main(feedback: Path) -> None:
    """Serve the page on the scripted assistant, on a free port that is printed.

    Args:
        feedback: The file that feedback is kept in.
    """
    import click

    from qa.feedback import FeedbackStore
    from ui.server import address, application, bind, run

    with bind("127.0.0.1", 0) as listener:
        app = application(ScriptedAssistant(), feedback=FeedbackStore(feedback))
        click.echo(f"The report answers at {address(listener)}", err=True)
        run(app, listener)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else folder) / "feedback.sqlite3")
