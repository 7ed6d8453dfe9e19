"""What goes over the wire, described once: the JSON of ``Answer.to_dict()``, hits, places, errors.

These models are the border: they check what comes in and describe what goes out for OpenAPI and MCP.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONGEST_HISTORY = 100


def _encodable(text: str) -> str:
    """Return the text; JSON can name half a character (a lone surrogate), which nothing can be written with."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text holds half a character (a lone surrogate)") from error
    return text


Text = Annotated[str, AfterValidator(_encodable)]
Question = Annotated[Text, Field(description="The question, in English, French or Spanish.")]
History = Annotated[
    list[Text], Field(max_length=LONGEST_HISTORY, description="The earlier questions of the same person, oldest first.")
]
Ref = Annotated[str, Field(description="A place, such as para:14, box:5, annex:I:1.")]


class Out(BaseModel):
    """A part of what goes out; fields that a later version adds pass through."""

    model_config = ConfigDict(extra="allow")


class CitationOut(Out):
    """A place in the report that supports the answer."""

    marker: int = Field(description="The number in the answer's text, from 1.")
    ref: Ref
    label: str = Field(description='What a person reads, such as "para. 14".')
    report: str = Field(description="The report's id.")
    section: list[str] = Field(description="The headings above it, outermost first.")
    quote: str = Field(description="Words of the report, to the letter.")
    start: int = Field(description="Offset of the quote in the report's text file.")
    end: int = Field(description="Offset after it.")


class CellOut(Out):
    """A table cell that a computed answer used."""

    ref: Ref
    label: str
    row: str
    column: str
    value: float | None
    text: str = Field(description="The cell as printed.")


class CalculationOut(Out):
    """The arithmetic behind a table answer."""

    operation: str
    cells: list[CellOut]
    expression: str = Field(description="The arithmetic as a person reads it.")
    result: float | str | list[str] | None
    notes: list[str]


class ClosestOut(Out):
    """A passage shown with a refusal."""

    ref: Ref
    label: str
    text: str


class SpanOut(Out):
    """A stretch of the answer's text, end exclusive."""

    start: int
    end: int
    text: str


class AnswerOut(Out):
    """The answer to one question."""

    question: str = Field(description="The question as asked.")
    searched: str = Field(description="The stand-alone question that was searched.")
    answered: bool = Field(description="Whether the report answers; if not, the text says so or says what is wrong.")
    kind: Literal["passage", "table", "conflict", "generated", "none"]
    text: str = Field(description="Prose with [1] markers, or the refusal sentence.")
    confidence: float = Field(ge=0, le=1)
    citations: list[CitationOut]
    calculation: CalculationOut | None
    closest: list[ClosestOut] = Field(description="The closest passages, shown with a refusal.")
    value: SpanOut | None = Field(description="Where the short value stands that was asked for.")
    lead: SpanOut | None = Field(description="The sentence likeliest to answer, where the rest is context.")
    lacking: list[str] = Field(description="What was looked for and not found, in words.")
    language: str = Field(description="ISO 639-1 code of the question.")
    seconds: float


class AskIn(BaseModel):
    """A question."""

    question: Question
    history: History | None = None


class SearchIn(BaseModel):
    """What to look for."""

    query: Text
    k: int = Field(default=5, ge=1, le=100, description="How many passages.")


class HitOut(Out):
    """A passage found."""

    rank: int = Field(description="From 1.")
    score: float
    ref: Ref
    label: str
    section: list[str]
    text: str
    start: int
    end: int


class HitsOut(Out):
    """The passages nearest to a text, best first."""

    query: str
    hits: list[HitOut]


class TableCellOut(Out):
    """A table cell: as printed, and read."""

    text: str
    value: float | None = Field(description="The number; an empty count is 0, a text has none.")
    kind: Literal["number", "percent", "change", "empty", "not_applicable", "text"]


class ColumnOut(Out):
    """A column's heading and the heading that spans it."""

    label: str
    group: str | None


class RowOut(Out):
    """A table row: one cell per column, in order."""

    label: str
    is_total: bool
    cells: list[TableCellOut]


class TableOut(Out):
    """A table with typed cells."""

    title: str
    row_heading: str
    columns: list[ColumnOut]
    rows: list[RowOut]
    notes: list[str]


class PlaceOut(Out):
    """A place of the report."""

    ref: Ref
    label: str
    report: str
    section: list[str]
    title: str | None
    text: str
    tables: list[TableOut]


class HealthOut(Out):
    """Whether the server lives."""

    status: Literal["ok"] = "ok"


class ReadyOut(Out):
    """Whether questions are taken now."""

    status: Literal["ready", "busy"]
    report: str
    waiting: int = Field(description="Questions under way or waiting.")


class ErrorDetail(BaseModel):
    """What went wrong, in OpenAI's form."""

    message: str = Field(description="What happened and what to do.")
    type: str
    param: str | None
    code: str | None


class ErrorOut(BaseModel):
    """An error."""

    error: ErrorDetail


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of error answers for OpenAPI."""
    return {status: {"model": ErrorOut} for status in statuses}
