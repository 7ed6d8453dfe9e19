"""The conversation as HTML: questions, answers, refusals, failures.

Pure functions from values to strings. Text from outside is escaped in ``ui.markup``.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from qa.answer import Answer, ClosestPassage
from ui.answers import answered
from ui.markup import escape, shown
from ui.questions import Example
from ui.sources import reader_link
from ui.tools import tools
from ui.turn import Turn

LONGEST_SHOWN = 600


def conversation(turns: Sequence[Turn], document: Document) -> str:
    """Return all turns, oldest first."""
    return "".join(turn_view(turn, number, document) for number, turn in enumerate(turns, start=1))


def turn_view(turn: Turn, number: int, document: Document) -> str:
    """Return one turn: the question, and below it the answer, the refusal or the failure.

    The attributes hold what was asked, for the list that the browser keeps.

    Args:
        turn: The turn.
        number: Its place in the conversation, from 1; it joins chips to source cards.
        document: The report.
    """
    state = "pending" if turn.pending else "done"
    return (
        f'<article class="turn" id="turn-{number}" data-turn="{number}" data-state="{state}" '
        f'data-question="{escape(turn.question)}" data-search="{escape(turn.search)}" '
        f'aria-label="Question {number}">{_question(turn.question)}{_reply(turn, number, document)}</article>'
    )


def _question(question: str) -> str:
    """Return the question as typed, with the way to change it; a very long one is cut, with its length."""
    text = question.strip()
    words = escape(text)
    if len(text) > LONGEST_SHOWN:
        words = f'{escape(text[:LONGEST_SHOWN])}… <span class="aside">({len(text):,} characters)</span>'
    edit = '<button type="button" class="quiet edit" aria-label="Edit the question">Edit</button>'
    return f'<div class="ask"><p>{words}</p>{edit}</div>'


def _reply(turn: Turn, number: int, document: Document) -> str:
    if turn.pending:
        doing = escape(turn.progress or "Reading the report…")
        return f'<div class="reply pending" role="status"><p>{doing} <span class="elapsed"></span></p></div>'
    if turn.failure:
        remedy = f'<p class="aside">{escape(turn.remedy)}</p>' if turn.remedy else ""
        return f'<div class="reply failure" role="alert"><p>{escape(turn.failure)}</p>{remedy}</div>'
    answer = turn.answer
    if answer is None:
        raise ValueError("a turn that is neither pending nor failed has an answer")
    body = answered(answer, number, document) + lacking(answer) if answer.answered else _refusal(turn, answer)
    return f'<div class="reply">{searched(answer)}{body}{tools(turn, answer, number, document)}</div>'


def searched(answer: Answer) -> str:
    """Return "Searched for: ..." where a follow-up was searched as another question, with the way to change it."""
    if " ".join(answer.searched.split()).casefold() == " ".join(answer.question.split()).casefold():
        return ""
    button = '<button type="button" class="quiet research" aria-label="Edit what is searched for">Edit</button>'
    return f'<p class="searched">Searched for: <span>{escape(answer.searched)}</span> {button}</p>'


def _refusal(turn: Turn, answer: Answer) -> str:
    """Return the refusal sentence, the questions the report does answer, and the closest passages."""
    sentence = f'<div class="says refusal" lang="{escape(answer.language)}"><p>{escape(answer.text)}</p></div>'
    return f"{sentence}{lacking(answer)}{_related(turn.related)}{_closest(answer.closest)}"


def lacking(answer: Answer) -> str:
    """Return what was looked for and not found: why it is a refusal, or which parts of a question go unanswered."""
    if not answer.lacking:
        return ""
    where = "" if answer.answered else " in the closest passages"
    return f'<p class="aside lacking">Looked for, and not found{where}: {escape("; ".join(answer.lacking))}</p>'


def _related(related: Sequence[Example]) -> str:
    if not related:
        return ""
    items = "".join(f"<li>{offer(example)}</li>" for example in related)
    return f'<div class="related"><h3>The report does answer</h3><ul>{items}</ul></div>'


def offer(example: Example, theme: str = "") -> str:
    """Return the button that asks an example question.

    Args:
        example: The question.
        theme: HTML above it.
    """
    return (
        f'<button type="button" class="example" data-ask="{escape(example.question)}">'
        f"{theme}{escape(example.question)}</button>"
    )


def _closest(closest: Sequence[ClosestPassage]) -> str:
    if not closest:
        return ""
    passages = "".join(map(_passage, closest))
    return f'<div class="closest"><h3>Closest passages, which do not answer the question</h3>{passages}</div>'


def _passage(passage: ClosestPassage) -> str:
    text = shown(passage.text)
    link = reader_link(passage.ref, passage.label)
    return (
        f'<details class="fold"><summary><b>{shown(passage.label)}</b> <span>{text}</span></summary>'
        f'<div class="passage"><p>{text}</p><p>{link}</p></div></details>'
    )
