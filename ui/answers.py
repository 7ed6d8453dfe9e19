"""An answer as HTML: the value asked for, the words of the report with numbered chips, what it rests on.

Pure functions from values to strings. Text from outside is escaped in ``ui.markup``.
"""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.relations import spelled
from qa.answer import Answer, AnswerKind, Calculation
from ui.charts import chart
from ui.chips import chip
from ui.conflicts import opening, sides
from ui.markup import escape, prose, shown
from ui.sources import by_place
from ui.tables import arithmetic, excerpts

SURE, LIKELY = 0.75, 0.5
LONGEST_VALUE = 60
MARKERS_SHOWN = 3
"""Where more markers follow each other, one for each place is shown."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_RUN = re.compile(rf"(?:\[\d{{1,3}}\]\s*){{{MARKERS_SHOWN + 1},}}")
_CHECKED = "Checked against the report"
_KINDS = {
    AnswerKind.TABLE: "Read from the report's table",
    AnswerKind.CONFLICT: "The report disagrees with itself: both figures are given",
    AnswerKind.GENERATED: "Put into words by a language model, each figure checked",
}


def answered(answer: Answer, number: int, document: Document) -> str:
    """Return an answer's body.

    Args:
        answer: An answer that is no refusal.
        number: The number of its turn; it joins chips to source cards.
        document: The report.
    """
    known = {citation.marker: citation for citation in answer.citations}
    spare = _spare(answer)

    def linked(marker: int) -> str | None:
        if marker in spare:
            return ""
        return chip(known[marker], answer, number) if marker in known else None

    figures = sides(answer, number, document)
    value = "" if figures else headline(answer)
    large = f'<p class="value">{escape(value)}</p>' if value else ""
    text = prose(opening(answer) if figures else answer.text, linked, answer.lead)
    basis = _basis(answer, number, placed=bool(figures))
    return f'{large}<div class="says">{text}</div>{figures}{basis}{_sums(answer, document)}'


def _spare(answer: Answer) -> set[int]:
    """Return the markers left out of a long run of them: a place has one chip there, its first."""
    later = {citation.marker for group in by_place(answer.citations) for citation in group[1:]}
    in_runs = {int(found) for run in _RUN.finditer(answer.text) for found in re.findall(r"\d+", run[0])}
    return later & in_runs


def headline(answer: Answer) -> str:
    """Return the short value that was asked for; empty where there is none, or where it may well be another."""
    if answer.confidence < LIKELY:
        return ""
    if answer.value is not None:
        value = answer.text[answer.value.start : answer.value.end].strip()
        return value if len(value) <= LONGEST_VALUE else ""
    return result(answer.calculation) if answer.calculation else ""


def result(calculation: Calculation) -> str:
    """Return a calculation's single result as a person writes it; empty for a list of names."""
    found, operation = calculation.result, calculation.operation
    if isinstance(found, str):
        return found if len(found) <= LONGEST_VALUE else ""
    if not isinstance(found, (int, float)):
        return ""
    if operation == "cell":
        return calculation.cells[0].text or "0"
    over_time = bool(calculation.cells) and all(_YEAR.fullmatch(cell.column) for cell in calculation.cells)
    sign = "" if operation not in ("difference", "percent_change") or not over_time else "+" if found > 0 else ""
    percent = " per cent" if operation in ("share", "percent_change") else ""
    return f"{sign}{_written(found, operation)}{percent}".replace("-", "−")


def _written(number: float, operation: str) -> str:
    if operation in ("share", "percent_change", "ratio"):
        return f"{number:,g}"
    if operation == "rank":
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(int(number % 10), "th")
        return f"{number:.0f}{ending}"
    return spelled(number)


def _sums(answer: Answer, document: Document) -> str:
    """Return what a table answer was worked out from: chart, arithmetic, cells, and what to know about them."""
    found = answer.calculation
    if found is None:
        return ""
    told = [note for note in found.notes if note not in answer.text]
    notes = "".join(f'<p class="aside">{shown(note)}</p>' for note in told)
    sums = f"{arithmetic(found, answer.text)}{excerpts(found, document)}{notes}"
    drawn = chart(found, document)
    figure = f'<div class="calculation">{drawn}</div>' if drawn else ""
    return figure + (f'<div class="calculation">{sums}</div>' if sums else "")


def _basis(answer: Answer, number: int, placed: bool) -> str:
    """Return the line under an answer: how sure it is, in words, and the places to cite.

    Args:
        answer: The answer.
        number: The number of its turn.
        placed: Whether its places stand above already, as with the figures of a conflict.
    """
    words, level = confidence(answer)
    cited = () if placed else by_place(answer.citations)
    links = "".join(chip(group[0], answer, number, f" {shown(group[0].label)}") for group in cited)
    return f'<p class="basis"><span class="confidence {level}">{words}</span>{links}</p>'


def confidence(answer: Answer) -> tuple[str, str]:
    """Return how sure an answer is, in words, and the name of the level (sure, likely, unsure)."""
    level = "sure" if answer.confidence >= SURE else "likely" if answer.confidence >= LIKELY else "unsure"
    if level == "sure" or answer.kind is AnswerKind.CONFLICT:
        computed = answer.calculation is not None and len(answer.calculation.cells) > 1
        table = answer.kind is AnswerKind.TABLE and computed
        return "Computed from the report's tables" if table else _KINDS.get(answer.kind, _CHECKED), level
    if level == "likely":
        return "Likely: see the passage", level
    return "Possibly: check that the passage answers you", level
