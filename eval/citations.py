"""Whether an answer's citations bear checking against the report.

Written apart from ``qa.verify`` on purpose: the assistant lets only answers out that pass its own check, so
that check used here would always be content.
"""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.text import plain
from qa.answer import Answer, AnswerKind, Citation

_MARKER = re.compile(r"\[(\d+)\]")
_UNSEEN = re.compile(r"[\s*_]+")
_FIGURE = re.compile(r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?")


def citation_problems(answer: Answer, document: Document) -> tuple[str, ...]:
    """Return what is wrong with an answer's citations; empty when all is well.

    Checked: markers run from 1 and each has its citation, and the reverse; each quote equals the report's text
    at its offsets, white space and Markdown emphasis aside; the offsets lie at the place that is cited; each
    figure of a quoted answer stands in one of its quotes; a refusal cites nothing.
    """
    used = list(dict.fromkeys(int(number) for number in _MARKER.findall(answer.text)))
    given = [citation.marker for citation in answer.citations]
    if not answer.answered:
        return ("a refusal cites",) if used or given else ()
    found = [] if given else ["an answer without citations"]
    found += [f"marker [{number}] has no citation" for number in used if number not in given]
    found += [f"citation {number} has no marker" for number in given if number not in used]
    if given != list(range(1, len(given) + 1)):
        found.append(f"citations are numbered {given}")
    for citation in answer.citations:
        found += _quote_problems(citation, document)
    if answer.kind is AnswerKind.PASSAGE:
        found += _loose_figures(answer)
    return tuple(found)


def _quote_problems(citation: Citation, document: Document) -> list[str]:
    found = []
    source = document.source[citation.start : citation.end]
    if not citation.quote.strip() or _UNSEEN.sub("", source) != _UNSEEN.sub("", citation.quote):
        found.append(f"quote [{citation.marker}] is not at its offsets")
    spans = [(place.start, place.end) for place in document.place(citation.ref)]
    spans += [(table.start, table.end) for table in document.tables_at(citation.ref)]
    if not spans:
        found.append(f"citation {citation.marker} names {citation.ref}, which is no place")
    elif not any(start <= citation.start and citation.end <= end for start, end in spans):
        found.append(f"quote [{citation.marker}] is outside {citation.ref}")
    return found


def figures(text: str) -> set[str]:
    """Return the figures of a text, without separators of thousands."""
    return {re.sub(r"[,\s](?=\d{3})", "", found) for found in _FIGURE.findall(text)}


def _loose_figures(answer: Answer) -> list[str]:
    quoted: set[str] = set()
    for citation in answer.citations:
        quoted |= figures(plain(citation.quote))
    stated = figures(_MARKER.sub(" ", answer.text))
    return [f"the figure {figure} stands in no quote" for figure in sorted(stated - quoted)]
