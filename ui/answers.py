"""An answer as HTML: the value asked for, the words of the report with numbered chips, what it rests on.

Pure functions from values to strings. Text from outside is escaped in ``ui.markup``.
"""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.relations import spelled
from qa.answer import Answer, AnswerKind, Calculation, Citation
from ui.charts import chart
from ui.markup import escape, prose, shown
from ui.sources import by_place, preview
from ui.tables import arithmetic, excerpts

SURE, LIKELY = 0.75, 0.5
LONGEST_VALUE = 60
MARKERS_SHOWN = 3
"""Where more markers follow each other, one for each place is shown."""

_NUMBER = re.compile(r"(?:USD\s)?\b\d+(?:[,.\u00a0 ]\d{3})*(?:\.\d+)?(?:%|\s(?:thousand|million|billion|per cent)\b)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RUN = re.compile(rf"(?:\[\d{{1,3}}\]\s*){{{MARKERS_SHOWN + 1},}}")
_CHECKED = "Checked against the report"
_KINDS = {
    AnswerKind.TABLE: "Read from the report's table",
    AnswerKind.CONFLICT: "The report disagrees with itself: see both places",
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

    figures = sides(answer, number)
    value = "" if figures else headline(answer)
    large = f'<p class="value">{escape(value)}</p>' if value else ""
    text = prose(_opening(answer) if figures else answer.text, linked, answer.lead)
    return f'{large}<div class="says">{text}</div>{figures}{_basis(answer, number)}{_sums(answer, document)}'


def _spare(answer: Answer) -> set[int]:
    """Return the markers left out of a long run of them: a place has one chip there, its first."""
    later = {citation.marker for group in by_place(answer.citations) for citation in group[1:]}
    in_runs = {int(found) for run in _RUN.finditer(answer.text) for found in re.findall(r"\d+", run[0])}
    return later & in_runs


def _opening(answer: Answer) -> str:
    """Return what a conflict's text says before the sentences that stand side by side below it."""
    quotes = [position for c in answer.citations if (position := answer.text.find(c.quote)) > 0]
    return answer.text[: min(quotes)] if quotes else answer.text


def headline(answer: Answer) -> str:
    """Return the short value that was asked for; empty where there is none."""
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


def chip(citation: Citation, answer: Answer, number: int, label: str = "") -> str:
    """Return the numbered link from an answer to its source card, with what it shows before it is followed.

    Args:
        citation: Where it leads.
        answer: The answer that cites it.
        number: The turn's number.
        label: Text after the number, already escaped.
    """
    card = next(other.marker for other in answer.citations if other.ref == citation.ref)
    place = shown(citation.label)
    return (
        f'<a class="chip" href="#source-{number}-{card}" data-marker="{citation.marker}" data-place="{place}" '
        f'data-quote="{shown(preview(citation, answer))}" aria-label="Source {citation.marker}, {place}">'
        f"<b>{citation.marker}</b>{label}</a>"
    )


def _basis(answer: Answer, number: int) -> str:
    """Return the line under an answer: how sure it is, in words, and the places to cite."""
    words, level = confidence(answer)
    # The statements of a conflict already carry their places.
    cited = () if sides(answer, number) else by_place(answer.citations)
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


def sides(answer: Answer, number: int) -> str:
    """Return the statements of a conflict side by side, the figure that differs first and large.

    Empty where the answer is no conflict of two places.
    """
    if answer.kind is not AnswerKind.CONFLICT or len(answer.citations) < 2:
        return ""
    statements = "".join(_side(citation, answer, number) for citation in answer.citations)
    return f'<div class="sides">{statements}</div>'


def _side(citation: Citation, answer: Answer, number: int) -> str:
    figure = disputed_figure(citation, answer)
    large = f'<p class="figure">{escape(figure)}</p>' if figure else ""
    link = chip(citation, answer, number, f" {shown(citation.label)}")
    quote = f"<blockquote>{shown(citation.quote)}</blockquote>"
    return f'<section class="side">{large}{quote}<p>{link}</p></section>'


def disputed_figure(citation: Citation, answer: Answer) -> str:
    """Return the figure of a quote that the other quotes do not have; empty where there is none.

    Figures that the answer's own text repeats before its quotes come first, years last.
    """
    others = {found for other in answer.citations if other is not citation for found in _numbers(other.quote)}
    opening = set(_numbers(re.sub(r"\[\d+\]", "", _opening(answer))))
    # Where both places give the same figure under two names, that figure is what is asked about.
    found = [number for number in _numbers(citation.quote) if number in opening or number not in others]
    found.sort(key=lambda number: (number not in opening, number in others, bool(_YEAR.fullmatch(number))))
    return next(iter(found), "")


def _numbers(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text)]
