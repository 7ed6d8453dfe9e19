"""A conflict as HTML: the figures that disagree, side by side."""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.relations import Finding, spelled, table_findings
from qa.answer import Answer, AnswerKind, CellUse, Citation
from ui.chips import chip
from ui.markup import escape, shown
from ui.tables import row_of

_NUMBER = re.compile(r"(?:USD\s)?\b\d+(?:[,.\u00a0 ]\d{3})*(?:\.\d+)?(?:%|\s(?:thousand|million|billion|per cent)\b)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def sides(answer: Answer, number: int, document: Document) -> str:
    """Return the figures of a conflict side by side, each first and large; empty for any other answer.

    They stand in two places of the report, or are a printed figure and what the table's other cells give.

    Args:
        answer: The answer.
        number: The number of its turn.
        document: The report.
    """
    if answer.kind is not AnswerKind.CONFLICT:
        return ""
    if len(answer.citations) > 1:
        statements = "".join(_statement(citation, answer, number) for citation in answer.citations)
    else:
        statements = "".join(_printed(cell, answer, number, document) for cell in _single_cell(answer))
    return f'<div class="sides">{statements}</div>' if statements else ""


def _single_cell(answer: Answer) -> tuple[CellUse, ...]:
    cells = answer.calculation.cells if answer.calculation else ()
    return cells if len(cells) == 1 and answer.citations else ()


def _printed(cell: CellUse, answer: Answer, number: int, document: Document) -> str:
    """Return a printed figure beside the one that the table's other cells give; empty where nothing disputes it."""
    finding = _finding(cell, document)
    if finding is None:
        return ""
    place = f"{cell.label}, {cell.row}, {cell.column}"
    link = chip(answer.citations[0], answer, number, f" {shown(cell.label)}")
    return _side(cell.text or "nothing", f"is printed in {place}.", link) + _side(
        spelled(finding.expected), f"is what {finding.rule} gives.", ""
    )


def _finding(cell: CellUse, document: Document) -> Finding | None:
    place = row_of(document, cell)
    findings = table_findings(place[0]) if place else ()
    return next((f for f in findings if (f.row, f.column, f.printed) == (cell.row, cell.column, cell.text)), None)


def _statement(citation: Citation, answer: Answer, number: int) -> str:
    link = chip(citation, answer, number, f" {shown(citation.label)}")
    return _side(disputed_figure(citation, answer), citation.quote, link)


def _side(figure: str, words: str, link: str) -> str:
    large = f'<p class="figure">{escape(figure)}</p>' if figure else ""
    return f'<section class="side">{large}<blockquote>{shown(words)}</blockquote><p>{link}</p></section>'


def opening(answer: Answer) -> str:
    """Return what a conflict's text says before the sentences that stand side by side below it."""
    quotes = [position for c in answer.citations if (position := answer.text.find(c.quote)) > 0]
    return answer.text[: min(quotes)] if quotes else answer.text


def disputed_figure(citation: Citation, answer: Answer) -> str:
    """Return the figure of a quote that the other quotes do not have; empty where there is none.

    Figures that the answer's own text repeats before its quotes come first, years last.
    """
    others = {found for other in answer.citations if other is not citation for found in _numbers(other.quote)}
    first = set(_numbers(re.sub(r"\[\d+\]", "", opening(answer))))
    # Where both places give the same figure under two names, that figure is what is asked about.
    found = [number for number in _numbers(citation.quote) if number in first or number not in others]
    found.sort(key=lambda number: (number not in first, number in others, bool(_YEAR.fullmatch(number))))
    return next(iter(found), "")


def _numbers(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text)]
