"""What is copied or exported, as a list of pieces, and the list as plain text or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from textwrap import indent


class Style(StrEnum):
    """What a piece is."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    SOURCE = "source"
    QUOTE = "quote"
    ASIDE = "aside"
    TABLE = "table"


@dataclass(frozen=True)
class Piece:
    """A heading, a paragraph, a list item, a quote or a table.

    Attributes:
        style: What it is.
        text: Its text, one line; empty for a table.
        rows: A table's rows, the first one its head.
    """

    style: Style
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


_MARKUP = re.compile(r"[\\`*_<~$|]|&(?=#?\w+;)|\[(?!\d{1,3}\](?![(\[:]))")
_LINE_START = re.compile(r"^(?:[#>+-]|(\d+)(?=[.)](?:\s|$))|=+$)")
_Pairs = Set[tuple[Style, Style]]
# Pieces that follow each other without a blank line. In Markdown, other lines would run together.
_CLOSE_IN_MARKDOWN: _Pairs = {(Style.ITEM, Style.ITEM)}
_CLOSE_IN_TEXT: _Pairs = {*_CLOSE_IN_MARKDOWN, (Style.SOURCE, Style.SOURCE), (Style.SOURCE, Style.QUOTE)}


def to_plain(pieces: Sequence[Piece]) -> str:
    """Return pieces as plain text."""
    return _joined(pieces, _plain, _CLOSE_IN_TEXT)


def _plain(piece: Piece) -> str:
    if piece.style is Style.TABLE:
        return "\n".join("\t".join(row) for row in piece.rows)
    if piece.style is Style.QUOTE:
        return indent(f"“{piece.text}”", "    ")
    return f"- {piece.text}" if piece.style is Style.ITEM else piece.text


def to_markdown(pieces: Sequence[Piece]) -> str:
    """Return pieces as Markdown in which nothing of their texts is read as markup."""
    return _joined(pieces, _markdown, _CLOSE_IN_MARKDOWN)


def _markdown(piece: Piece) -> str:
    if piece.style is Style.TABLE:
        return _pipe_table(piece.rows)
    frames = {
        Style.TITLE: "# {}",
        Style.HEADING: "## {}",
        Style.ITEM: "- {}",
        Style.QUOTE: "> “{}”",
        Style.ASIDE: "*{}*",
    }
    return frames.get(piece.style, "{}").format(escaped(piece.text))


def _pipe_table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = ([escaped(cell) for cell in row] for row in rows)
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def escaped(text: str) -> str:
    """Return one line of text as Markdown shows it letter by letter; markers such as ``[1]`` stay as they are."""
    quiet = _MARKUP.sub(lambda match: "\\" + match[0], text)
    return _LINE_START.sub(lambda match: f"{match[1]}\\" if match[1] else "\\" + match[0], quiet)


def _joined(pieces: Sequence[Piece], form: Callable[[Piece], str], close: _Pairs) -> str:
    """Return pieces in a form, a blank line between two of them unless their styles stand close."""
    text = ""
    for before, piece in zip((None, *pieces), pieces, strict=False):
        gap = "" if before is None else "\n" if (before.style, piece.style) in close else "\n\n"
        text += gap + form(piece)
    return text
