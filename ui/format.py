"""The conversation as HTML: questions, answers with numbered chips, refusals, failures.

Pure functions from values to strings. Text from outside is escaped in ``ui.markup``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer, AnswerKind, Citation, ClosestPassage
from ui.markup import escape, prose, shown
from ui.tables import calculation
from ui.turn import Turn

LONGEST_SHOWN = 600
SURE, LIKELY = 0.75, 0.5

_NUMBER = re.compile(r"(?:USD\s)?\b\d+(?:[,.\u00a0 ]\d{3})*(?:\.\d+)?(?:%|\s(?:thousand|million|billion|per cent)\b)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHECKED = "Checked against the report"
_KINDS = {
    AnswerKind.TABLE: "Read from the report's table",
    AnswerKind.CONFLICT: "The report gives different figures",
    AnswerKind.GENERATED: "Put into words by a language model, each figure checked",
}


def conversation(turns: Sequence[Turn]) -> str:
    """Return all turns, oldest first."""
    return "".join(turn_view(turn, number) for number, turn in enumerate(turns, start=1))


def turn_view(turn: Turn, number: int) -> str:
    """Return one turn: the question, and below it the answer, the refusal or the failure.

    Args:
        turn: The turn.
        number: Its place in the conversation, from 1; it joins chips to source cards.
    """
    return (
        f'<article class="turn" id="turn-{number}" data-turn="{number}" aria-label="Question {number}">'
        f'<div class="ask"><p>{_question(turn.question)}</p></div>{_reply(turn, number)}</article>'
    )


def _question(question: str) -> str:
    """Return the question as typed; a very long one is cut for display, with its length."""
    text = question.strip()
    if len(text) <= LONGEST_SHOWN:
        return escape(text)
    return f'{escape(text[:LONGEST_SHOWN])}… <span class="aside">({len(text):,} characters)</span>'


def _reply(turn: Turn, number: int) -> str:
    if turn.pending:
        return '<div class="reply pending" role="status"><p>Reading the report…</p></div>'
    if turn.failure:
        remedy = f'<p class="aside">{escape(turn.remedy)}</p>' if turn.remedy else ""
        return f'<div class="reply failure" role="alert"><p>{escape(turn.failure)}</p>{remedy}</div>'
    answer = turn.answer
    if answer is None:
        raise ValueError("a turn that is neither pending nor failed has an answer")
    body = _answered(answer, number) if answer.answered else _refusal(answer)
    return f'<div class="reply">{searched(answer)}{body}</div>'


def searched(answer: Answer) -> str:
    """Return "Searched for: ..." where a follow-up was searched as another question."""
    if " ".join(answer.searched.split()).casefold() == " ".join(answer.question.split()).casefold():
        return ""
    return f'<p class="searched">Searched for: <span>{escape(answer.searched)}</span></p>'


def _answered(answer: Answer, number: int) -> str:
    known = {citation.marker: citation for citation in answer.citations}

    def linked(marker: int) -> str | None:
        return chip(known[marker], number) if marker in known else None

    conflict = sides(answer, number) if answer.kind is AnswerKind.CONFLICT else ""
    sums = calculation(answer.calculation) if answer.calculation else ""
    return f'<div class="says">{prose(answer.text, linked)}</div>{conflict}{sums}{_basis(answer, number)}'


def chip(citation: Citation, number: int, label: str = "") -> str:
    """Return the numbered link from an answer to its source card.

    Args:
        citation: Where it leads.
        number: The turn's number.
        label: Text after the number, already escaped.
    """
    name = f"Source {citation.marker}, {shown(citation.label)}"
    return (
        f'<a class="chip" href="#source-{number}-{citation.marker}" title="{shown(citation.label)}" '
        f'aria-label="{name}"><b>{citation.marker}</b>{label}</a>'
    )


def _basis(answer: Answer, number: int) -> str:
    """Return the line under an answer: how sure it is, in words, and the places to cite."""
    words, level = confidence(answer)
    # The statements of a conflict already carry their places.
    cited = () if answer.kind is AnswerKind.CONFLICT else answer.citations
    places = "".join(chip(citation, number, f" {shown(citation.label)}") for citation in cited)
    return f'<p class="basis"><span class="confidence {level}">{words}</span>{places}</p>'


def confidence(answer: Answer) -> tuple[str, str]:
    """Return how sure an answer is, in words, and the name of the level (sure, likely, unsure)."""
    level = "sure" if answer.confidence >= SURE else "likely" if answer.confidence >= LIKELY else "unsure"
    if level == "sure":
        computed = answer.calculation is not None and len(answer.calculation.cells) > 1
        words = "Computed from the report's tables" if computed else _KINDS.get(answer.kind, _CHECKED)
        return words, level
    if level == "likely":
        return "Likely: see the passage", level
    return "Possibly: check that the passage answers you", level


def sides(answer: Answer, number: int) -> str:
    """Return the statements of a conflict side by side, the figure that differs first and large."""
    statements = "".join(_side(citation, answer, number) for citation in answer.citations)
    return f'<div class="sides">{statements}</div>'


def _side(citation: Citation, answer: Answer, number: int) -> str:
    figure = disputed_figure(citation, answer)
    large = f'<p class="figure">{escape(figure)}</p>' if figure else ""
    link = chip(citation, number, f" {shown(citation.label)}")
    quote = f"<blockquote>{shown(citation.quote)}</blockquote>"
    return f'<section class="side">{large}{quote}<p>{link}</p></section>'


def disputed_figure(citation: Citation, answer: Answer) -> str:
    """Return the figure of a quote that the other quotes do not have; empty where there is none.

    Figures that the answer's own text repeats come first, years last.
    """
    others = {found for other in answer.citations if other is not citation for found in _numbers(other.quote)}
    own = [found for found in _numbers(citation.quote) if found not in others]
    own.sort(key=lambda found: (bool(_YEAR.fullmatch(found)), found not in answer.text))
    return own[0] if own else ""


def _numbers(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text)]


def _refusal(answer: Answer) -> str:
    """Return the refusal sentence and the closest passages, without markers."""
    sentence = f'<div class="says refusal" lang="{escape(answer.language)}"><p>{escape(answer.text)}</p></div>'
    if not answer.closest:
        return sentence
    passages = "".join(map(_closest, answer.closest))
    lead = '<p class="aside">The closest passages, which do not answer the question:</p>'
    return f'{sentence}<div class="closest">{lead}{passages}</div>'


def _closest(passage: ClosestPassage) -> str:
    text = shown(passage.text)
    return (
        f"<details><summary><b>{shown(passage.label)}</b> <span>{text}</span></summary>"
        f'<div class="passage"><p>{text}</p></div></details>'
    )
