"""A report's Markdown text read into a Document."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.annexes import AnnexReader, begins_annex
from corpus.body import BodyReader
from corpus.document import Acronym, Block, BlockKind, Document, Metadata, Section
from corpus.errors import ReportFormatError
from corpus.lines import Line, LineKind, read_lines
from corpus.outline import Contents, find_contents
from corpus.text import heal, without_emphasis

_ACRONYMS = ("acronyms", "abbreviations", "acronyms and abbreviations", "list of acronyms")
_CHUNK_KINDS = (LineKind.TEXT, LineKind.NUMBERED, LineKind.FOOTNOTE, LineKind.BOLD)


def parse_report(source: str, metadata: Metadata) -> Document:
    """Return the Document that a report's text holds.

    Args:
        source: The text file: numbered paragraphs under headings, boxes, footnotes, annexes with tables of
            tab-separated cells, optionally a table of contents, acronyms and a foreword.
        metadata: What is known about the report besides its text.

    Raises:
        ReportFormatError: If the text is malformed; the message names the line.
    """
    lines = read_lines(source)
    contents = find_contents(lines)
    body = BodyReader(source, contents)
    annexes = AnnexReader(source)
    acronym_lines: list[Line] = []
    for chunk in _chunks(lines, contents):
        _take(chunk, body, annexes, acronym_lines)
    if not body.paragraphs:
        raise ReportFormatError(
            "no numbered paragraph in the whole text",
            len(lines),
            'Paragraphs begin with their number: "1. ...".',
        )
    acronyms = tuple(_acronym(source, line) for line in acronym_lines)
    tables, table_blocks = annexes.tables()
    body_end = min((table.start for table in tables), default=len(source))
    blocks = [
        *body.end(body_end),
        *table_blocks,
        *_acronym_blocks(source, acronym_lines, body.tree.sections()),
    ]
    return Document(
        metadata=metadata,
        source=source,
        sections=body.tree.sections(),
        blocks=tuple(sorted(blocks, key=lambda block: block.start)),
        tables=tables,
        acronyms=acronyms,
    )


def _chunks(lines: Sequence[Line], contents: Contents | None) -> list[list[Line]]:
    """Return headings and table lines alone, other lines grouped where no blank line parts them."""
    chunks: list[list[Line]] = []
    open_chunk = False
    for line in lines:
        listed = contents is not None and contents.first_line <= line.number <= contents.last_line
        if listed or line.kind in (LineKind.BLANK, LineKind.RULE):
            open_chunk = False
        elif line.kind in (LineKind.TEXT, LineKind.BOLD) and open_chunk and not begins_annex(line):
            chunks[-1].append(line)
        else:
            chunks.append([line])
            open_chunk = line.kind in _CHUNK_KINDS
    return chunks


def _take(chunk: list[Line], body: BodyReader, annexes: AnnexReader, acronym_lines: list[Line]) -> None:
    """Give a chunk to the reader it belongs to."""
    first = chunk[0]
    if annexes.inside or begins_annex(first):
        for line in chunk:
            if line.kind in (LineKind.HEADING, LineKind.BOLD):
                annexes.title(line)
            elif line.kind is LineKind.TABLE:
                annexes.row(line)
            else:
                annexes.note(line)
    elif first.kind is LineKind.HEADING:
        body.heading(first)
    elif first.kind is LineKind.TABLE:
        if not body.tree.path or body.tree.path[-1].casefold() not in _ACRONYMS:
            raise ReportFormatError(
                "a table outside the annexes", first.number, "Put it under a heading such as **Annex I**."
            )
        acronym_lines.append(first)
    else:
        body.chunk(chunk)


def _acronym(source: str, line: Line) -> Acronym:
    short, _, long = line.text.partition("\t")
    if not short.strip() or not long.strip():
        raise ReportFormatError("an acronym without its long form", line.number, "Write both, parted by a tab.")
    return Acronym(without_emphasis(short), without_emphasis(long), line.start, line.end)


def _acronym_blocks(source: str, lines: Sequence[Line], sections: Sequence[Section]) -> list[Block]:
    if not lines:
        return []
    text, textmap = heal(source, [(line.start, line.end, "\n") for line in lines], keep_tabs=True)
    section = next((found.path for found in sections if found.start <= lines[0].start < found.end), ())
    return [
        Block(
            "acronyms",
            "Acronyms",
            BlockKind.ACRONYMS,
            section,
            None,
            text,
            lines[0].start,
            lines[-1].end,
            textmap,
        )
    ]
