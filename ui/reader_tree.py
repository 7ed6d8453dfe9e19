"""The report as a tree of parts, in reading order: what the reader's text and its contents are made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.document import Block, BlockKind, Document, Table
from corpus.text import plain

Place = Block | Table

_MARK = re.compile(r"<sup>(\d{1,3})</sup>")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Part:
    """A section and what stands in it.

    Attributes:
        title: Its heading.
        anchor: The id of its element.
        depth: 0 for a chapter.
        items: Places and sections in it, in reading order.
    """

    title: str
    anchor: str
    depth: int
    items: tuple[Part | Place, ...]


@dataclass(frozen=True)
class _Entry:
    path: tuple[str, ...]
    place: Place


def anchor(ref: str) -> str:
    """Return the id of a place's element: ``para-14`` for ``para:14``, ``annex-I-1`` for ``annex:I:1``."""
    return ref.replace(":", "-")


def report_parts(document: Document) -> tuple[Part | Place, ...]:
    """Return the chapters, and places that stand in none; a footnote follows the place that has its mark."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.TABLE]
    marked = {ref: block.start for block in reversed(blocks) for ref in footnotes_marked(block.text)}

    def position(place: Place) -> tuple[int, int]:
        # A footnote's own offset is where the page ended, which may be a few paragraphs on.
        return marked.get(place.ref, place.start), place.start

    places: list[Place] = [*blocks, *document.tables]
    entries = [_Entry(place.section, place) for place in sorted(places, key=position)]
    return tuple(_items(entries, 0, Counter()))


def footnotes_marked(text: str) -> tuple[str, ...]:
    """Return the refs of the footnotes whose marks stand in a text."""
    return tuple(f"footnote:{mark[1]}" for mark in footnote_marks(text))


def footnote_marks(text: str) -> list[re.Match[str]]:
    """Return where the marks of footnotes stand; group 1 is the number. The power of a unit (m³) is none."""
    return [mark for mark in _MARK.finditer(text) if plain(text[: mark.end()]) == plain(text[: mark.start()])]


def sections(items: Sequence[Part | Place]) -> Iterator[Part]:
    """Yield the sections among the items of a part."""
    return (item for item in items if isinstance(item, Part))


def _items(entries: Sequence[_Entry], depth: int, taken: Counter[str]) -> Iterator[Part | Place]:
    """Yield places that end at this depth, and a part for each run of entries under one heading."""
    for path, run in groupby(entries, key=lambda entry: entry.path[: depth + 1]):
        group = list(run)
        if len(path) <= depth:
            yield from (entry.place for entry in group)
        else:
            name = _anchor(path, taken)
            yield Part(path[-1], name, depth, tuple(_items(group, depth + 1, taken)))


def _anchor(path: tuple[str, ...], taken: Counter[str]) -> str:
    """Return an id for a section that no other has, the same on every run."""
    words = (_NO_WORD.sub("-", plain(title).casefold()).strip("-") for title in path)
    name = "section-" + "--".join(words)
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
