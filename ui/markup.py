"""Safe HTML from untrusted text: every string of a question or a report goes through here."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.text import plain
from qa.answer import Span

# Control characters and halves of surrogate pairs break HTML, XML and UTF-8; direction overrides can make text read
# as something it is not.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_WHITE = re.compile(r"\s+")
# A private-use character that marks a cut while markup is removed around it.
_CUT = "\ue000"
# Private-use characters around words that are shown as context, until the text is escaped.
_OPEN, _SHUT = "\ue001", "\ue002"
_MARKER = re.compile(r"\[(\d{1,3})\]")
_BULLET = re.compile(r"^\s*[-•–]\s+")


def safe(text: str) -> str:
    """Return text without the characters that no file or page can hold, or that mislead a reader."""
    return _UNSAFE.sub("", text)


def legible(text: str) -> str:
    """Return a stretch of the report as people read it: no markup, one line; not escaped."""
    return " ".join(safe(plain(text)).split())


def escape(text: str) -> str:
    """Return text that a browser shows letter by letter, in an element or in a quoted attribute."""
    return html.escape(safe(text), quote=True)


def shown(text: str) -> str:
    """Return a stretch of the report as people read it: no markup, one line, escaped.

    White space at the ends stays as one space, so that neighbouring stretches do not run together.
    """
    return escape(_WHITE.sub(" ", plain(text)))


def shown_pieces(text: str, cuts: Sequence[int]) -> tuple[str, ...]:
    """Return a stretch of the report as ``shown`` does, cut into one piece more than there are cuts.

    The text is cleaned as a whole, so that a cut inside a link's words leaves no markup behind.

    Args:
        text: The stretch.
        cuts: Offsets into it, ascending.
    """
    bounds = (0, *cuts, len(text))
    parts = [text[start:end] for start, end in pairwise(bounds)]
    cleaned = shown(_CUT.join(part.replace(_CUT, "") for part in parts)).split(_CUT)
    return (*cleaned, *[""] * (len(parts) - len(cleaned)))


def breadcrumb(section: tuple[str, ...]) -> str:
    """Return the headings above a place as one line, outermost first; nothing where there are none."""
    if not section:
        return ""
    steps = '<span aria-hidden="true"> › </span>'.join(f"<span>{shown(title)}</span>" for title in section)
    return f'<p class="crumbs">{steps}</p>'


def prose(text: str, chip: Callable[[int], str | None], lead: Span | None = None) -> str:
    """Return an answer's text as paragraphs and lists, its ``[1]`` markers replaced.

    Args:
        text: The text; a blank line starts a paragraph, a dash at a line's start makes a list item.
        chip: Gives the HTML of a marker's number, or ``None`` to leave the marker as text.
        lead: The stretch that answers, where the rest is only its context and is set apart.
    """
    text = text.replace(_OPEN, " ").replace(_SHUT, " ")
    shown_text = _set_apart(text, lead) if lead else text
    blocks = [block for block in re.split(r"\n\s*\n", shown_text.strip()) if block.strip()]
    return "".join(_block(block.splitlines(), chip) for block in blocks)


def _set_apart(text: str, lead: Span) -> str:
    """Return the text with marks around what is not its lead; no mark spans two lines."""
    lines, offset = [], 0
    for line in text.splitlines(keepends=True):
        bullet = _BULLET.match(line)
        first, last = bullet.end() if bullet else 0, len(line.rstrip())
        start, end = (min(max(bound - offset, first), max(first, last)) for bound in (lead.start, lead.end))
        before, after = _context(line[first:start]), _context(line[end:last])
        lines.append(line[:first] + before + line[start:end] + after + line[last:])
        offset += len(line)
    return "".join(lines)


def _context(text: str) -> str:
    return f"{_OPEN}{text}{_SHUT}" if _MARKER.sub("", text).strip() else text


def _block(lines: list[str], chip: Callable[[int], str | None]) -> str:
    """Return one paragraph or list; lines before the first item become a paragraph of their own."""
    items = [_inline(_BULLET.sub("", line), chip) for line in lines if _BULLET.match(line)]
    rest = " ".join(_inline(line, chip) for line in lines if not _BULLET.match(line))
    paragraph = f"<p>{rest}</p>" if rest else ""
    return paragraph + (f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else "")


def _inline(text: str, chip: Callable[[int], str | None]) -> str:
    """Return one line, escaped, with its markers replaced and kept on the line of the word before."""

    def replaced(match: re.Match[str]) -> str:
        found = chip(int(match[1]))
        return match[0] if found is None else found

    line = re.sub(r"\s+(<a )", "\u00a0\\1", _MARKER.sub(replaced, escape(text)))
    return line.replace(_OPEN, '<span class="context">').replace(_SHUT, "</span>").rstrip()
