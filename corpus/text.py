"""Text as it stands in a report's file, healed for reading, and mapped back to the file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from corpus.document import TextMap

_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![\w\\])_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_UNIT_POWER = re.compile(r"\b(m|km|cm|mm)<sup>([23])</sup>")
_FOOTNOTE_MARK = re.compile(r"<sup>[^<]*</sup>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_POWERS = {"2": "²", "3": "³"}
_ENDS = re.compile(r"[.!?:;…][\"”’')\]*_]*(?:<sup>[^<]*</sup>)?$")


def plain(text: str) -> str:
    """Return the text without markup, as it is shown to people and searched.

    Link targets, tags and footnote marks go; a unit's power is kept (``m<sup>3</sup>`` becomes ``m³``).
    """
    text = _LINK.sub(r"\1", text)
    text = _UNIT_POWER.sub(lambda match: match[1] + _POWERS[match[2]], text)
    text = _TAG.sub("", _FOOTNOTE_MARK.sub("", text))
    return html.unescape(text)


def without_emphasis(text: str) -> str:
    """Return a heading or a cell as a person reads it: no emphasis, no tags, white space collapsed."""
    return " ".join(_EMPHASIS.sub("", plain(text)).split())


def ends_sentence(text: str) -> bool:
    """Return whether a text ends where a sentence or an introduction to a list can end."""
    return bool(_ENDS.search(text.rstrip()))


def heal(source: str, pieces: Iterable[tuple[int, int, str]], keep_tabs: bool = False) -> tuple[str, TextMap]:
    """Join pieces of the source into one readable text.

    White space runs become one space, emphasis marks go; links and tags stay, so that the text
    equals its source up to white space and emphasis.

    Args:
        source: The report's text file.
        pieces: ``(start, end, separator)`` of each piece in order; the separator stands before the
            piece and is ignored for the first.
        keep_tabs: Keep each tab, as the border of table cells.

    Returns:
        The text and the map of its offsets to the source.
    """
    output: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length = 0
    for start, end, separator in pieces:
        if output:
            output.append(separator)
            length += len(separator)
        for word_start, word_end, spaced in _words(source, start, end, keep_tabs):
            if spaced:
                output.append(" ")
                length += 1
            output.append(source[word_start:word_end])
            runs.append((length, word_start, word_end - word_start))
            length += word_end - word_start
    return "".join(output), TextMap(tuple(_coalesced(runs)))


def _words(source: str, start: int, end: int, keep_tabs: bool) -> Iterable[tuple[int, int, bool]]:
    """Yield stretches without white space or emphasis, and whether white space stands before each."""
    spaced = first = False
    skipped = {position for mark in _EMPHASIS.finditer(source, start, end) for position in range(*mark.span())}
    position = start
    while position < end:
        if keep_tabs and source[position] == "\t":
            yield position, position + 1, False
            spaced = first = False
            position += 1
            continue
        if source[position].isspace():
            spaced = first
            position += 1
            continue
        if position in skipped:
            position += 1
            continue
        stop = position
        while stop < end and not source[stop].isspace() and stop not in skipped:
            stop += 1
        yield position, stop, spaced
        spaced, first = False, True
        position = stop


def _coalesced(runs: list[tuple[int, int, int]]) -> Iterable[tuple[int, int, int]]:
    """Join runs that continue each other, across one white space at the most, to keep the map short."""
    current: tuple[int, int, int] | None = None
    for run in runs:
        if current is None:
            current = run
            continue
        gap_text = run[0] - (current[0] + current[2])
        gap_source = run[1] - (current[1] + current[2])
        if gap_text == gap_source <= 1:
            current = (current[0], current[1], run[0] + run[2] - current[0])
        else:
            yield current
            current = run
    if current is not None:
        yield current
