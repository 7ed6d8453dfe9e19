"""What the page's script asks of the server, read from JSON: text from outside becomes data here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import QuestionError
from qa.feedback import COMMENT_LIMIT, Verdict

MOST_TURNS = 60
"""Most questions of a kept conversation that are asked again."""

LONGEST = 20_000
"""Longest question in characters that is read at all; the assistant's own limit is lower and says so."""

_Text = Annotated[str, Field(max_length=LONGEST)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Again(_Part):
    """A question of a kept conversation, and what was to be searched in its place."""

    question: _Text
    search: _Text = ""


class New(_Part):
    """Start over."""

    do: Literal["new"]


class More(_Part):
    """Show other example questions.

    Attributes:
        page: The number of the set of examples, from 0.
    """

    do: Literal["more"]
    page: int = Field(ge=0, le=10_000)


class Ask(_Part):
    """Start over with a question."""

    do: Literal["ask"]
    question: _Text


class About(_Part):
    """Prepare a question about a place."""

    do: Literal["about"]
    ref: str = Field(max_length=80)


class Reopen(_Part):
    """Ask the questions of a kept conversation again."""

    do: Literal["reopen"]
    turns: tuple[Again, ...] = Field(max_length=MOST_TURNS)


class Revise(_Part):
    """Change a question, or what is searched for it, and ask it and the later ones again.

    Attributes:
        turn: The turn's number, from 1.
        question: The question, as it is to be.
        search: What is to be searched in its place.
    """

    do: Literal["revise"]
    turn: int = Field(ge=1)
    question: _Text
    search: _Text = ""


class Judge(_Part):
    """Say whether an answer is right."""

    do: Literal["judge"]
    turn: int = Field(ge=1)
    verdict: Verdict
    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class Export(_Part):
    """Give the conversation as a file."""

    do: Literal["export"]
    form: Literal["markdown", "word"]


Order = New | More | Ask | About | Reopen | Revise | Judge | Export
_ORDER: TypeAdapter[Order] = TypeAdapter(Annotated[Order, Field(discriminator="do")])


def read_order(text: str) -> Order:
    """Return the order that a JSON text holds.

    Raises:
        QuestionError: If it holds none.
    """
    try:
        return _ORDER.validate_json(text)
    except ValidationError as error:
        raise QuestionError("That cannot be done here.", "Load the page again.") from error
