"""OpenAI's chat form, as much of it as is served."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from ui.api.schema import AnswerOut, Text

MODEL = "report-qa"
MOST_MESSAGES = 1000


class TextPart(BaseModel):
    """A part of a message; parts of other types than ``text`` are left out."""

    type: str
    text: Text = ""


class MessageIn(BaseModel):
    """A message; only those of role ``user`` are read."""

    role: str
    content: Text | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """The message's text, its parts joined."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text")


class StreamOptions(BaseModel):
    """What a stream has besides its text."""

    include_usage: bool | None = None


class ChatIn(BaseModel):
    """A chat: its last message is the question, the user messages before it are the history.

    Settings of a language model (temperature, tools and the like) have no meaning here and are not read.
    """

    messages: Annotated[list[MessageIn], Field(min_length=1, max_length=MOST_MESSAGES)]
    model: str = Field(default=MODEL, description="Any name is taken; there is one assistant.")
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, ge=1, le=1, description="One answer at a time.")


class MessageOut(BaseModel):
    """The answer as a message; ``report_qa`` is the whole answer with its citations."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    report_qa: AnswerOut


class ChoiceOut(BaseModel):
    """The one choice."""

    index: Literal[0] = 0
    message: MessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class UsageOut(BaseModel):
    """No language model runs, so no tokens are used."""

    prompt_tokens: Literal[0] = 0
    completion_tokens: Literal[0] = 0
    total_tokens: Literal[0] = 0


class ChatOut(BaseModel):
    """A chat completion."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: Literal["report-qa"] = "report-qa"
    choices: list[ChoiceOut]
    usage: UsageOut = UsageOut()


class ModelOut(BaseModel):
    """The one model."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: str


class ModelsOut(BaseModel):
    """The list of models."""

    object: Literal["list"] = "list"
    data: list[ModelOut]
