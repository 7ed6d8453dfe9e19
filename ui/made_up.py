"""A small report that nobody wrote, to see and test the page with, and what cites and uses its places."""

from __future__ import annotations

from collections.abc import Mapping

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
from index.passage import Passage
from qa.answer import CellUse, Citation

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


def passage(report: Document, block: Block) -> Passage:
    """Return a block as it is indexed."""
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
