"""Paragraphs, boxes, the foreword and footnotes: the running text of a report as blocks.

A converted report breaks its text at every page: a paragraph or a box goes on after blank lines, sometimes
after a footnote or a box that the layout put in its middle. The pieces are put together here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Block, BlockKind
from corpus.errors import ReportFormatError
from corpus.lines import Line, LineKind
from corpus.outline import BOX, Contents, SectionTree
from corpus.text import ends_sentence, heal

Span = tuple[int, int]


@dataclass
class _Open:
    """A block whose pieces are still being collected."""

    ref: str
    label: str
    kind: BlockKind
    section: tuple[str, ...]
    title: str | None
    pieces: list[Span] = field(default_factory=list)


class BodyReader:
    """Reads running text, chunk by chunk, into blocks.

    Args:
        source: The report's text file.
        contents: The table of contents, if any.
    """

    def __init__(self, source: str, contents: Contents | None) -> None:
        self._source = source
        self._tree = SectionTree(contents)
        self._blocks: list[_Open] = []
        self._current: _Open | None = None
        self._interrupted: _Open | None = None
        self._paragraphs = 0
        self._list_item: Line | None = None

    @property
    def tree(self) -> SectionTree:
        """The sections met so far."""
        return self._tree

    @property
    def paragraphs(self) -> int:
        """How many numbered paragraphs were read."""
        return self._paragraphs

    def heading(self, line: Line) -> None:
        """Take a heading: a box's, the foreword's, or a section's."""
        box = BOX.match(line.text)
        if box:
            self._interrupt()
            section = (*self._tree.path,)
            self._open(f"box:{int(box[1])}", f"Box {int(box[1])}", BlockKind.BOX, section, box[2].strip() or None)
            return
        self._current = self._interrupted = None
        self._tree.enter(line)
        if self._in_foreword():
            self._open("foreword", "Foreword", BlockKind.FOREWORD, self._tree.path, None)

    def chunk(self, lines: Sequence[Line]) -> None:
        """Take consecutive lines without a blank line between them.

        Raises:
            ReportFormatError: If paragraph numbers leave a gap.
        """
        first = lines[0]
        span = (first.start, lines[-1].end)
        if first.kind is LineKind.FOOTNOTE:
            self._footnote(first, span)
        elif first.kind is LineKind.NUMBERED and self._starts_paragraph(first):
            self._paragraph(first, span)
        else:
            self._continue(span)

    def end(self, offset: int) -> tuple[Block, ...]:
        """Close all that is open and return the blocks in reading order."""
        self._tree.leave(offset)
        blocks = (self._finished(block) for block in self._blocks if block.pieces)
        return tuple(sorted(blocks, key=lambda block: block.start))

    def _in_foreword(self) -> bool:
        return bool(self._tree.path) and self._tree.path[0].casefold() in ("foreword", "preface")

    def _open(self, ref: str, label: str, kind: BlockKind, section: tuple[str, ...], title: str | None) -> None:
        self._current = _Open(ref, label, kind, section, title)
        self._blocks.append(self._current)

    def _interrupt(self) -> None:
        """Remember a paragraph that a box cuts in two."""
        current = self._current
        unfinished = current is not None and current.pieces and not self._is_finished(current)
        self._interrupted = current if unfinished else None

    def _starts_paragraph(self, line: Line) -> bool:
        """Whether a numbered line is the next paragraph, not a numbered list inside a text.

        Raises:
            ReportFormatError: If the number skips or repeats one where a paragraph must start.
        """
        expected = self._paragraphs + 1
        if self._continues_list(line):
            return False
        if line.ordinal == expected:
            return True
        if line.ordinal == 1 and self._current is not None and expected > 2:
            self._list_item = line
            return False
        raise ReportFormatError(
            f"paragraph {line.ordinal} stands where paragraph {expected} was expected",
            line.number,
            "Number the paragraphs from 1 without gaps.",
        )

    def _continues_list(self, line: Line) -> bool:
        """Whether a numbered line is the next item of a list that the line before it belongs to."""
        item = self._list_item
        if item is None or line.number != item.number + 1 or line.ordinal != item.ordinal + 1:
            return False
        self._list_item = line
        return True

    def _paragraph(self, line: Line, span: Span) -> None:
        self._interrupted = None
        self._paragraphs = line.ordinal
        section = self._tree.path
        self._open(f"para:{line.ordinal}", f"para. {line.ordinal}", BlockKind.PARAGRAPH, section, None)
        start = span[0] + self._source[span[0] : span[1]].index(".") + 1
        while self._source[start].isspace():
            start += 1
        self._add((start, span[1]))

    def _footnote(self, line: Line, span: Span) -> None:
        start = span[0] + self._source[span[0] : span[1]].index("</sup>") + len("</sup>")
        note = _Open(f"footnote:{line.ordinal}", f"Footnote {line.ordinal}", BlockKind.FOOTNOTE, self._tree.path, None)
        note.pieces.append((start, span[1]))
        self._blocks.append(note)

    def _continue(self, span: Span) -> None:
        current = self._current
        if current is None:
            return
        text = self._source[span[0] : span[1]].lstrip()
        if self._interrupted is not None and text[:1].islower() and self._is_finished(current):
            self._current, self._interrupted = self._interrupted, None
        self._add(span)

    def _add(self, span: Span) -> None:
        assert self._current is not None
        self._current.pieces.append(span)

    def _is_finished(self, block: _Open) -> bool:
        return ends_sentence(self._source[slice(*block.pieces[-1])]) if block.pieces else True

    def _finished(self, block: _Open) -> Block:
        pieces = []
        before: Span | None = None
        for span in block.pieces:
            pieces.append((*span, self._separator(before, span)))
            before = span
        text, textmap = heal(self._source, pieces)
        start, end = textmap.to_source(0, len(text))
        return Block(block.ref, block.label, block.kind, block.section, block.title, text, start, end, textmap)

    def _separator(self, before: Span | None, span: Span) -> str:
        """Return what joins two pieces: a space inside a sentence, a blank line between paragraphs."""
        if before is None:
            return ""
        starts_small = self._source[slice(*span)].lstrip()[:1].islower()
        return "\n\n" if ends_sentence(self._source[slice(*before)]) and not starts_small else " "
