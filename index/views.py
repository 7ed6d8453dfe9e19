"""What of a passage is embedded and searched: plain text with the words that its place adds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from corpus.document import BlockKind, Document, Table
from corpus.text import plain
from index.passage import Passage


class SentenceView(StrEnum):
    """How much around a sentence is embedded with it."""

    ALONE = "alone"
    IN_CONTEXT = "in-context"


def passage_texts(document: Document, passages: Sequence[Passage]) -> list[str]:
    """Return the text to embed and to search for each passage.

    It is the innermost heading, the title of a box, and the text; for a table its title, its
    columns and its notes.
    """
    tables = {(table.ref, table.start): table for table in document.tables}
    return [
        _table_text(passage, tables)
        if passage.kind is BlockKind.TABLE
        else _joined([*_headings(passage), plain(passage.text)])
        for passage in passages
    ]


def sentence_texts(passages: Sequence[Passage], view: SentenceView) -> list[str]:
    """Return the text to embed for each sentence of each passage, in order.

    In context, a sentence follows its headings and the sentence before it, so that "it reached
    2 million" is found by what "it" is.
    """
    return [
        _in_context(passage, row) if view is SentenceView.IN_CONTEXT else plain(passage.sentence_text(row))
        for passage in passages
        for row in range(len(passage.sentences))
    ]


def _in_context(passage: Passage, row: int) -> str:
    is_list = passage.kind is BlockKind.ACRONYMS
    before = [plain(passage.sentence_text(row - 1))] if row and not is_list else []
    return _joined([*_headings(passage), *before, plain(passage.sentence_text(row))])


def _headings(passage: Passage) -> list[str]:
    own = [passage.title] if passage.title else []
    heading = list(passage.section[-1:])
    return [plain(text) for text in heading + own]


def _table_text(passage: Passage, tables: dict[tuple[str, int], Table]) -> str:
    table = tables.get((passage.ref, passage.start))
    if table is None:
        return _joined([*_headings(passage), plain(passage.text)])
    groups = dict.fromkeys(column.group for column in table.columns if column.group)
    labels = dict.fromkeys(column.label for column in table.columns)
    parts = [*_headings(passage), table.title, table.row_heading, ", ".join([*groups, *labels]), *table.notes]
    return _joined([plain(part) for part in parts])


def _joined(parts: Sequence[str]) -> str:
    """Join the parts as sentences, each once."""
    kept = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return (
        " ".join(part if part[-1] in ".!?:;" else f"{part}." for part in kept[:-1])
        + " " * (len(kept) > 1)
        + (kept[-1] if kept else "")
    )
