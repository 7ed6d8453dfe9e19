"""A small report and an assistant with a script, to see and test the page without models.

``python -m ui.testing`` serves the page on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from index.passage import Passage
from qa.answer import (
    Answer,
    AnswerKind,
    Calculation,
    CellUse,
    Citation,
    ClosestPassage,
)
from qa.retrieve import Hit

CHAPTER = "SERVICES AND ACTIVITIES"
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
    """Return a made-up report with three paragraphs, a box, a table and two acronyms."""
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
    table = _table(len(source))
    acronyms = (
        Acronym("BSS", "Bay Safety Service", 9000, 9018),
        Acronym("OI", "Outer islands", 9020, 9033),
    )
    sections = (Section(CHAPTER, 1, (CHAPTER,), 0, len(source)),)
    return Document(_METADATA, source, sections, tuple(blocks), (table,), acronyms)


def _table(start: int) -> Table:
    counts = {"Men": (14, 15), "Women": (11, 13)}
    rows = []
    for position, (label, values) in enumerate(counts.items()):
        cells = tuple(Cell(str(value), float(value), CellKind.NUMBER, start, start) for value in values)
        offset = start + 100 * position
        rows.append(
            Row(
                label,
                cells,
                False,
                f"{label} {values[0]} {values[1]}",
                offset,
                offset + 50,
            )
        )
    return Table(
        "annex:I:1",
        "Annex I, Table 1",
        "Number of men and women in the crews (2022–2023)",
        ("Annex I",),
        "Sex",
        (Column("2022"), Column("2023")),
        tuple(rows),
        (),
        start,
        start + 200,
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


def script(report: Document) -> Mapping[str, Answer]:
    """Return one answer of each kind, by a word that its question holds."""
    carried = cite(
        report,
        "para:1",
        "Throughout the year, The Office carried 48,200 passengers in 12 boats, and is increasingly "
        "working on long-term solutions for the outer islands.",
    )
    sales = cite(
        report,
        "para:3",
        "In total The Office carried 51,000 passengers in 2023",
        2,
    )
    storm = cite(report, "box:1", "Both piers reopened after nine days.", 1)
    table = report.tables[0]
    row = table.rows[1]
    women = Citation(
        1,
        table.ref,
        table.label,
        report.doc_id,
        table.section,
        row.text,
        row.start,
        row.end,
    )
    cells = tuple(
        CellUse(
            table.ref,
            table.label,
            row.label,
            column.label,
            cell.value,
            cell.text,
        )
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    growth = Calculation("difference", cells, "13 − 11 = 2", 2.0, ("Crews of ferries only.",))
    return {
        "passengers": _answer(f"{carried.quote} [1]", AnswerKind.PASSAGE, 0.93, (carried,)),
        "storm": _answer(f"{storm.quote} [1]", AnswerKind.PASSAGE, 0.6, (storm,)),
        "figures": _answer(
            "The report gives two figures: 48,200 [1] and 51,000 [2].",
            AnswerKind.CONFLICT,
            0.9,
            (carried, sales),
        ),
        "men": _answer(
            "The number of women in the crews rose by 2. [1]",
            AnswerKind.TABLE,
            0.95,
            (women,),
            growth,
        ),
    }


def _answer(
    text: str,
    kind: AnswerKind,
    confidence: float,
    citations: tuple[Citation, ...],
    calculation: Calculation | None = None,
) -> Answer:
    return Answer("", "", True, kind, text, confidence, citations, calculation)


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

    def search(self, text: str, k: int | None = None) -> tuple[Hit, ...]:
        """Return the paragraphs and boxes that hold a word of the text, in reading order."""
        words = text.lower().split()
        found = [block for block in self._document.blocks if any(word in block.text.lower() for word in words)]
        passages = [_passage(self._document, block) for block in found[: k or 5]]
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
        )


def _passage(report: Document, block: Block) -> Passage:
    return Passage(
        block.ref,
        report.doc_id,
        block.ref,
        block.label,
        block.kind,
        block.section,
        block.title,
        block.text,
        block.start,
        block.end,
        block.textmap,
        (),
    )


def main() -> None:
    """Serve the page on the scripted assistant, on a free port that is printed."""
    import click

    from ui.examples import examples
    from ui.server import address, application, bind, run

    assistant = ScriptedAssistant()
    with bind("127.0.0.1", 0) as listener:
        app = application(assistant, examples(assistant.document, assistant.ask))
        click.echo(f"The report answers at {address(listener)}", err=True)
        run(app, listener)


if __name__ == "__main__":
    main()
