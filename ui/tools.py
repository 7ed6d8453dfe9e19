"""What can be done with an answer, as HTML: copy it with its citation, link to it, say whether it is right."""

from __future__ import annotations

from corpus.document import Document
from qa.answer import Answer
from qa.feedback import COMMENT_LIMIT, Verdict
from ui.citing import footnote, markdown, plain
from ui.markup import escape
from ui.turn import Turn

_OF_ANSWER = {
    Verdict.RIGHT: "Right",
    Verdict.WRONG: "Wrong",
    Verdict.WRONG_PLACE: "Right, but cited from the wrong place",
    Verdict.SHOULD_HAVE_REFUSED: "The report does not say this",
}
_OF_REFUSAL = {Verdict.RIGHT: "Right, the report does not say", Verdict.WRONG: "Wrong, the report does say"}
THANKS = "Noted, thank you."


def tools(turn: Turn, answer: Answer, number: int, document: Document) -> str:
    """Return the line of tools under an answer.

    Args:
        turn: The turn.
        answer: Its answer.
        number: The turn's number.
        document: The report.
    """
    link = (
        f'<button type="button" class="quiet link" data-link="{escape(answer.searched or answer.question)}">'
        "Copy link</button>"
    )
    copy = _copies(answer, document) if answer.answered else ""
    return f'<div class="tools">{copy}{link}{_feedback(turn, answer, number)}</div>'


def _copies(answer: Answer, document: Document) -> str:
    """Return the menu that copies an answer with its citation, each form in a button's attribute."""
    notes = "\n".join(dict.fromkeys(footnote(citation, document) for citation in answer.citations))
    forms = (
        ("With its citation", plain(answer, document)),
        ("As Markdown", markdown(answer, document)),
        ("Citation only, for a footnote", notes),
    )
    items = "".join(
        f'<button type="button" class="copy" data-copy="{escape(text)}">{name}</button>' for name, text in forms
    )
    return f'<details class="menu"><summary>Copy</summary><div class="items">{items}</div></details>'


def _feedback(turn: Turn, answer: Answer, number: int) -> str:
    """Return the form in which a person says whether an answer is right, or thanks for having said it."""
    if turn.verdict:
        return f'<span class="thanks">{THANKS}</span>'
    verdicts = _OF_ANSWER if answer.answered else _OF_REFUSAL
    choices = "".join(
        f'<label><input type="radio" name="verdict-{number}" value="{verdict}" required>{words}</label>'
        for verdict, words in verdicts.items()
    )
    return (
        '<details class="menu feedback"><summary>Is this right?</summary><form class="items">'
        f"<fieldset><legend>Is this right?</legend>{choices}</fieldset>"
        f'<label class="comment">Comment (optional)<textarea rows="2" maxlength="{COMMENT_LIMIT}"></textarea></label>'
        '<button type="submit" class="strong">Send</button></form></details>'
    )
