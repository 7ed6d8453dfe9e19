"""Checks an answer against the report before anybody sees it."""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.text import plain
from qa.answer import Answer, AnswerKind

_MARKER = re.compile(r"\[(\d+)\]")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_MARKUP = re.compile(r"[\s*]+")


def problems(answer: Answer, document: Document) -> tuple[str, ...]:
    """Return everything about an answer that the report does not bear out; empty when all is well.

    Checked: each marker has its citation and each citation its marker; each quote stands in the
    report at its offsets to the letter (white space and emphasis aside); each figure of a quoted
    answer stands in one of its quotes; a refusal cites nothing.
    """
    found: list[str] = []
    markers = {int(number) for number in _MARKER.findall(answer.text)}
    numbers = {citation.marker for citation in answer.citations}
    if not answer.answered:
        return ("a refusal carries citations or markers",) if numbers or markers else ()
    if not numbers:
        found.append("an answer without citations")
    found.extend(f"marker [{number}] has no citation" for number in sorted(markers - numbers))
    found.extend(f"citation {number} has no marker" for number in sorted(numbers - markers))
    for citation in answer.citations:
        if not _same(document.source[citation.start : citation.end], citation.quote):
            found.append(f"the quote of [{citation.marker}] is not at its place in the report")
    if answer.kind is AnswerKind.PASSAGE or (answer.kind is AnswerKind.CONFLICT and answer.calculation is None):
        found.extend(_loose_figures(answer))
    return tuple(found)


def _same(source: str, quote: str) -> bool:
    return bool(quote.strip()) and _MARKUP.sub("", source) == _MARKUP.sub("", quote)


def _loose_figures(answer: Answer) -> list[str]:
    quoted = {figure for citation in answer.citations for figure in _FIGURE.findall(plain(citation.quote))}
    stated = set(_FIGURE.findall(_MARKER.sub(" ", answer.text)))
    return [f"the figure {figure} stands in no quote" for figure in sorted(stated - quoted)]
