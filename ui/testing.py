"""A small report and an assistant with a script, to see and test the page without models.

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

from corpus.document import (
    Acronym,
    Block,
    BlockKind,
    Cell,
    CellKind,
    Column,
    Document,
    Metadata,
    Row,
    Section,
    Table,
    TextMap,
)
from corpus.errors import QuestionError
from qa.answer import (
    Answer,
    AnswerKind,
    Calculation,
    CellUse,
    Citation,
    ClosestPassage,
    Span,
)

CHAPTER = "SERVICES AND ACTIVITIES"
SLOWLY, SLOW_SECONDS = "slowly", 4.0
"""A word that makes the scripted assistant slow, and by how much, to see the page wait."""
_METADATA = Metadata(
    report_id="harbour-report",
    title="Annual Report of the Harbour Office",
    citation="Harbour Office, Annual Report for 2023 (7th Session)",
    body="7th Session of the Assembly",
    year=2023,
    organization="The Office",
    language="en",
    provenance="Made up for tests.",
)
_PARAGRAPHS = (
    (
        "para:1",
        "para. 1",
        (CHAPTER, "Ferries and crossings"),
        "The Office runs the ferries of the bay all year round; the boats carry no cars. Crossings were "
        "suspended for nine days in the February storms, which closed both piers and damaged the signal "
        "station. Throughout the year, The Office carried 48,200 passengers in 12 boats, and is increasingly "
        "working on long-term solutions for the outer islands. A further 310 crossings were made at night "
        "for the hospital, at no charge to the patients or to the islands' councils. Two boats were "
        "replaced, and <b>the oldest</b> was given to the [maritime museum](#) after forty years of "
        "service; its engine can be seen there on weekdays.",
    ),
    (
        "para:2",
        "para. 2",
        (CHAPTER, "Water"),
        "Fresh water was delivered to 6 islands. The Office delivered 900 m<sup>3</sup> of water to the "
        "outer islands in 2023, and trained 40 wardens in water safety.",
    ),
    (
        "para:3",
        "para. 3",
        (CHAPTER, "Finance"),
        "In total The Office carried 51,000 passengers in 2023, according to the ticket sales.",
    ),
)
_BOX = (
    "box:1",
    "Box 1",
    (CHAPTER,),
    "The storm of February was the strongest in thirty years.\n\nBoth piers reopened after nine days.",
)


def document() -> Document:
    """Return a made-up report with three paragraphs, a box, two tables and two acronyms."""
    source, blocks = "", []
    for ref, label, section, text in (*_PARAGRAPHS, _BOX):
        kind = BlockKind.BOX if ref.startswith("box") else BlockKind.PARAGRAPH
        title = "The storm of February" if kind is BlockKind.BOX else None
        end = len(source) + len(text)
        blocks.append(
            Block(
                ref,
                label,
                kind,
                section,
                title,
                text,
                len(source),
                end,
                TextMap(((0, len(source), len(text)),)),
            )
        )
        source += text + "\n\n"
    acronyms = (
        Acronym("BSS", "Bay Safety Service", 9000, 9018),
        Acronym("OI", "Outer islands", 9020, 9033),
    )
    sections = (Section(CHAPTER, 1, (CHAPTER,), 0, len(source)),)
    return Document(_METADATA, source, sections, tuple(blocks), _tables(len(source)), acronyms)


def _tables(start: int) -> tuple[Table, ...]:
    """Return a table of years and a table of places; their rows stand 100 characters apart in the made-up file."""
    crews = _table(
        start,
        "annex:I:1",
        "Annex I, Table 1",
        "Number of men and women in the crews (2021–2023)",
        "Sex",
        ("2021", "2022", "2023"),
        {"Men": (16, 14, 15), "Women": (8, 11, 13)},
    )
    piers = _table(
        start + 1000,
        "annex:II",
        "Annex II",
        "Passengers of each pier",
        "Pier",
        ("Summer", "Winter", "Total"),
        {"North Pier": (9800, 4100, 13900), "Old Harbour": (14200, 6000, 20200), "South Pier": (9100, 5000, 14100)},
    )
    return crews, piers


def _table(
    start: int,
    ref: str,
    label: str,
    title: str,
    heading: str,
    columns: tuple[str, ...],
    counts: Mapping[str, tuple[int, ...]],
) -> Table:
    rows = []
    for position, (name, values) in enumerate(counts.items()):
        offset = start + 100 * position
        cells = tuple(Cell(f"{value:,}", float(value), CellKind.NUMBER, offset, offset) for value in values)
        text = " ".join((name, *(cell.text for cell in cells)))
        rows.append(Row(name, cells, False, text, offset, offset + 50))
    end = start + 100 * len(rows)
    return Table(
        ref, label, title, (label.split(",")[0],), heading, tuple(map(Column, columns)), tuple(rows), (), start, end
    )


def cite(report: Document, ref: str, quote: str, marker: int = 1) -> Citation:
    """Return a citation of words that stand in a place of the report."""
    block = next(block for block in report.place(ref) if quote in block.text)
    start = block.start + block.text.index(quote)
    return Citation(
        marker,
        ref,
        block.label,
        report.doc_id,
        block.section,
        quote,
        start,
        start + len(quote),
    )


def cite_row(report: Document, table: Table, row: Row, marker: int = 1) -> Citation:
    """Return a citation of a table's row."""
    return Citation(marker, table.ref, table.label, report.doc_id, table.section, row.text, row.start, row.end)


def use(table: Table, row: Row, column: str) -> CellUse:
    """Return a cell as a calculation uses it."""
    number = [found.label for found in table.columns].index(column)
    return CellUse(table.ref, table.label, row.label, column, row.cells[number].value, row.cells[number].text)


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
        app = application(ScriptedAssistant(), FeedbackStore(feedback))
        click.echo(f"The report answers at {address(listener)}", err=True)
        run(app, listener)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else folder) / "feedback.sqlite3")
