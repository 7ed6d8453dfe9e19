"""A report's blocks cut into the passages that are indexed and cited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from corpus.document import Block, BlockKind, Document
from corpus.sentences import split_sentences
from index.passage import Passage, Sentence

MAX_CHARACTERS = 1500
_LINE = re.compile(r"\S[^\n]*")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def split_document(document: Document, max_characters: int = MAX_CHARACTERS) -> tuple[Passage, ...]:
    """Return the report's passages, in reading order.

    A passage lies inside one block, so it never crosses a numbered paragraph, a box or a section.
    Longer blocks are cut between sentences, at a paragraph's end where one is near. A table gives
    one passage, its heading, and the list of acronyms one, with an entry for a sentence.

    Args:
        document: The report.
        max_characters: Longest passage; only tables and the acronyms may be longer.

    Raises:
        ValueError: If ``max_characters`` is too small to hold a sentence.
    """
    if max_characters < 100:
        raise ValueError(f"max_characters must be at least 100, not {max_characters}")
    return tuple(
        _passage(document.doc_id, block, sentences)
        for block in document.blocks
        for sentences in _pieces(document, block, max_characters)
    )


def _pieces(document: Document, block: Block, max_characters: int) -> Iterable[list[Sentence]]:
    if block.kind is BlockKind.TABLE:
        heading = _table_heading(document, block)
        return [[heading]] if heading else []
    if block.kind is BlockKind.ACRONYMS:
        entries = [Sentence(match.start(), match.end()) for match in _LINE.finditer(block.text)]
        return [entries] if entries else []
    sentences = [
        part for start, end in split_sentences(block.text) for part in _bounded(block.text, start, end, max_characters)
    ]
    return _packed(block.text, sentences, max_characters)


def _table_heading(document: Document, block: Block) -> Sentence | None:
    """Return the span of a table's header lines: what stands before its first row."""
    lines = [match.span() for match in _LINE.finditer(block.text)]
    if not lines:
        return None
    tables = [table for table in document.tables_at(block.ref) if block.start <= table.start < block.end]
    row_start = tables[0].rows[0].start if tables and tables[0].rows else block.start
    above = sum(1 for line in document.source[block.start : row_start].split("\n") if line.strip())
    return Sentence(lines[0][0], lines[min(max(above, 1), len(lines)) - 1][1])


def _packed(text: str, sentences: list[Sentence], max_characters: int) -> Iterator[list[Sentence]]:
    """Yield runs of sentences of about equal length, none longer than the limit."""
    if not sentences:
        return
    length = sentences[-1].end - sentences[0].start
    target = length / -(-length // max_characters)
    run: list[Sentence] = []
    for sentence in sentences:
        if run and _is_full(text, run, sentence, target, max_characters):
            yield run
            run = []
        run.append(sentence)
    yield run


def _is_full(text: str, run: list[Sentence], following: Sentence, target: float, max_characters: int) -> bool:
    start = run[0].start
    if following.end - start > max_characters:
        return True
    if target > max_characters - 1 or following.end - start <= target:
        return False
    at_break = _PARAGRAPH_BREAK.search(text, run[-1].end, following.start) is not None
    return at_break or run[-1].end - start >= target


def _bounded(text: str, start: int, end: int, max_characters: int) -> Iterator[Sentence]:
    """Yield a sentence, cut at white space where it is longer than a passage may be."""
    while end - start > max_characters:
        cut = text.rfind(" ", start + max_characters // 2, start + max_characters)
        cut = cut if cut > start else start + max_characters
        yield Sentence(start, cut)
        start = cut + 1 if text[cut : cut + 1] == " " else cut
    if start < end:
        yield Sentence(start, end)


def _passage(doc_id: str, block: Block, sentences: list[Sentence]) -> Passage:
    first, last = sentences[0].start, sentences[-1].end
    text = block.text[first:last]
    textmap = block.textmap.slice(first, last)
    start, end = textmap.to_source(0, len(text))
    return Passage(
        passage_id=passage_id(doc_id, start, end, text),
        doc_id=doc_id,
        ref=block.ref,
        label=block.label,
        kind=block.kind,
        section=block.section,
        title=block.title,
        text=text,
        start=start,
        end=end,
        textmap=textmap,
        sentences=tuple(Sentence(item.start - first, item.end - first) for item in sentences),
    )


def passage_id(doc_id: str, start: int, end: int, text: str) -> str:
    """Return the stable id of a passage: 16 hexadecimal digits of a hash of place and text."""
    content = f"{doc_id}\0{start}:{end}\0{text}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
