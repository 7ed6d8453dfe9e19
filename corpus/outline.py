"""The true level of each heading.

A converted report gives headings the wrong Markdown level. Its table of contents knows better: chapters
stand there in capitals with their sections after them. Without a table of contents the written levels hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Section
from corpus.lines import Line, LineKind
from corpus.text import without_emphasis

_LEADERS = re.compile(r"\s*\.{3,}.*$")
_CONTENTS = re.compile(r"^(table of )?contents$", re.IGNORECASE)
BOX = re.compile(r"^Box (\d+)\b[.:]?\s*(.*)$", re.IGNORECASE)
ANNEX = re.compile(r"^Annex ([IVXLC]+|\d+|[A-Z])\b[.:]?\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Contents:
    """The table of contents: where it stands (line numbers) and the sections that it lists."""

    first_line: int
    last_line: int
    titles: frozenset[str]


def key(title: str) -> str:
    """Return a title in the form in which titles are compared."""
    return " ".join(title.replace("’", "'").replace("‘", "'").casefold().split())


def is_chapter(title: str) -> bool:
    """Return whether a heading is written in capitals, as chapters are."""
    return title.isupper() and sum(character.isalpha() for character in title) > 2


def find_contents(lines: Sequence[Line]) -> Contents | None:
    """Return the table of contents, or ``None`` where the report has none."""
    start = next((line for line in lines if line.kind is LineKind.HEADING and _CONTENTS.match(line.text)), None)
    if start is None:
        return None
    titles = set()
    last = start.number
    for line in lines[start.number :]:
        if line.kind is LineKind.HEADING:
            break
        last = line.number
        title = without_emphasis(_LEADERS.sub("", line.text))
        if title and not BOX.match(title) and not ANNEX.match(title):
            titles.add(key(title))
    return Contents(start.number, last, frozenset(titles))


def heading_level(line: Line, path: Sequence[str], contents: Contents | None) -> int:
    """Return the true depth of a heading: 1 for a chapter, more for what stands under one.

    Args:
        line: The heading.
        path: The headings open above it.
        contents: The table of contents, if any.
    """
    if is_chapter(line.text) or not path:
        return 1
    if contents is not None and key(line.text) in contents.titles:
        return 2
    return max(2, min(line.level - 1, len(path) + 1)) if is_chapter(path[0]) else min(line.level, len(path) + 1)


class SectionTree:
    """Collects the sections as headings are met."""

    def __init__(self, contents: Contents | None) -> None:
        self._contents = contents
        self._open: list[tuple[Line, int]] = []
        self._closed: list[Section] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The headings open now, outermost first."""
        return tuple(line.text for line, _ in self._open)

    def enter(self, line: Line) -> None:
        """Open the section of a heading; sections as deep or deeper end before it."""
        level = heading_level(line, self.path, self._contents)
        self.leave(line.start, level)
        self._open.append((line, len(self._open) + 1))

    def leave(self, end: int, level: int = 1) -> None:
        """Close the sections of a depth and deeper."""
        while len(self._open) >= level:
            path = self.path
            line, depth = self._open.pop()
            self._closed.append(Section(line.text, depth, path, line.start, end))

    def sections(self) -> tuple[Section, ...]:
        """Return all closed sections in reading order."""
        return tuple(sorted(self._closed, key=lambda section: (section.start, section.level)))
