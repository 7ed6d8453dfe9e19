"""What of a passage is embedded and searched: plain text with the words that its place adds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from corpus.document import BlockKind, Document
from corpus.text import plain
from index.passage import Passage
from index.speakers import Signers, signers_of, speaker

_FEW_ROWS = 12


class SentenceView(StrEnum):
    """How much around a sentence is embedded with it."""

    ALONE = "alone"
    IN_CONTEXT = "in-context"


def passage_texts(document: Document, passages: Sequence[Passage]) -> list[str]:
    """Return the text to embed and to search for each passage.

    It is the innermost heading, the title of a box, who signed a text mostly in the first person, and the text; for a
    table its title, its columns and its notes, and its rows where they are few.
    """
    signers = signers_of(passages)
    return [
        _table_text(document, passage)
        if passage.kind is BlockKind.TABLE
        else _joined([*_headings(passage), _teller(passage, signers), plain(passage.text)])
        for passage in passages
    ]


def sentence_texts(document: Document, passages: Sequence[Passage], view: SentenceView) -> list[str]:
    """Return the text to embed for each sentence of each passage, in order.

    A sentence in the first person follows who signed it, so that "I" has a name. In context, a sentence follows its
    headings and the sentence before it, so that "it reached 2 million" is found by what "it" is. A table's one
    sentence is its title, columns and notes.
    """
    signers = signers_of(passages)
    return [
        _sentence_text(document, passage, row, view, signers)
        for passage in passages
        for row in range(len(passage.sentences))
    ]


def _sentence_text(document: Document, passage: Passage, row: int, view: SentenceView, signers: Signers) -> str:
    if passage.kind is BlockKind.TABLE:
        return _table_text(document, passage)
    text = plain(passage.sentence_text(row))
    sentence = _joined([speaker(passage, text, signers), text])
    if view is SentenceView.ALONE:
        return sentence
    follows = row > 0 and passage.kind is not BlockKind.ACRONYMS
    before = [plain(passage.sentence_text(row - 1))] if follows else []
    return _joined([*_headings(passage), *before, sentence])


def _teller(passage: Passage, signers: Signers) -> str:
    """Return who says "I" in a passage, in at least half of its sentences; empty if nobody does."""
    told = [speaker(passage, passage.sentence_text(row), signers) for row in range(len(passage.sentences))]
    return max(told, default="") if 2 * sum(map(bool, told)) >= len(told) else ""


def _headings(passage: Passage) -> list[str]:
    own = [passage.title] if passage.title else []
    heading = list(passage.section[-1:])
    return [plain(text) for text in heading + own]


def _table_text(document: Document, passage: Passage) -> str:
    tables = document.tables_at(passage.ref)
    table = next((item for item in tables if item.start <= passage.start < item.end), None)
    if table is None:
        return _joined([*_headings(passage), plain(passage.text)])
    groups = dict.fromkeys(column.group for column in table.columns if column.group)
    labels = dict.fromkeys(column.label for column in table.columns if column.label)
    columns = ", ".join(dict.fromkeys([*groups, *labels]))
    rows = ", ".join(row.label for row in table.rows) if len(table.rows) <= _FEW_ROWS else ""
    parts = [table.label, *_headings(passage), table.title, table.row_heading, columns, rows, *table.notes]
    return _joined([plain(part) for part in parts])


def _joined(parts: Sequence[str]) -> str:
    """Join the parts as sentences, each once."""
    kept = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    closed = [part if part[-1] in ".!?:;" else f"{part}." for part in kept[:-1]]
    return " ".join([*closed, *kept[-1:]])
