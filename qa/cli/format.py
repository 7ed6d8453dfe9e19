"""Answers, hits and places as text for a terminal. Pure functions."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from corpus.document import Block
from corpus.text import plain
from qa.answer import Answer, Calculation
from qa.explain import Explanation
from qa.retrieve import Hit

_WIDTH = 100


def _wrapped(text: str, indent: str = "") -> str:
    lines = (textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent) for line in text.split("\n"))
    return "\n".join(lines)


def breadcrumb(section: Sequence[str]) -> str:
    """Return a breadcrumb of headings on one line."""
    return " › ".join(section)


def format_answer(answer: Answer) -> str:
    """Return an answer with its places, or a refusal with the closest passages."""
    lines = [_wrapped(answer.text)]
    if answer.calculation:
        lines.append(format_calculation(answer.calculation))
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        lines.append(f"[{citation.marker}] {citation.label} · {breadcrumb(citation.section)}")
        lines.append(_wrapped(f"“{plain(citation.quote)}”", "    "))
    if answer.lacking:
        found = "Looked for, and not found" if answer.answered else "Looked for, and not found in the closest passages"
        lines.append(f"\n{found}: {'; '.join(answer.lacking)}")
    if answer.closest:
        lines.append("\nClosest passages:")
        for passage in answer.closest:
            lines.append(f"  {passage.label}: {textwrap.shorten(passage.text, 160, placeholder=' …')}")
    if answer.searched and answer.searched != answer.question:
        lines.append(f"\nSearched for: {answer.searched}")
    return "\n".join(lines)


def format_explanation(explanation: Explanation) -> str:
    """Return why a question is answered as it is, one reason a line."""
    lines = [f"Searched for: {explanation.searched} ({explanation.language})"]
    lines += [f"Tables: {query}" for query in explanation.tables]
    for part in explanation.parts:
        if len(explanation.parts) > 1:
            lines.append(f"\nAsked: {part.asked}")
        for title, reasons in (
            ("Why this passage", part.passage),
            ("Why this sentence", part.sentence),
            ("Confidence", part.confidence),
            ("Lacking", part.lacking),
        ):
            if reasons:
                lines.append(f"{title}:")
                lines += [_wrapped(reason, "  ") for reason in reasons]
    return "\n".join(lines)


def format_calculation(calculation: Calculation) -> str:
    """Return the arithmetic of a table answer, one note a line."""
    lines = [f"  {calculation.expression}"] if calculation.expression else []
    return "\n".join([*lines, *(f"  Note: {note}" for note in calculation.notes)])


def format_hits(hits: Sequence[Hit]) -> str:
    """Return search hits, best first."""
    if not hits:
        return "Nothing found."
    lines = []
    for hit in hits:
        place = f"{hit.passage.label} · {breadcrumb(hit.passage.section)}"
        lines.append(f"{hit.rank:>2}. {place}  ({hit.score:.2f})")
        lines.append(_wrapped(textwrap.shorten(plain(hit.passage.text), 300, placeholder=" …"), "    "))
    return "\n".join(lines)


def format_place(blocks: Sequence[Block]) -> str:
    """Return the text of a place with its heading; tables stand one row a line."""
    lines = []
    for block in blocks:
        lines.append(f"{block.label} · {breadcrumb(block.section)}")
        if block.title:
            lines.append(block.title)
        lines.append("")
        lines.append(plain(block.text) if "\t" in block.text else _wrapped(plain(block.text)))
        lines.append("")
    return "\n".join(lines).rstrip()
