"""The assistant's tools over the Model Context Protocol: ask, search, read a place."""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from corpus.errors import ReportQAError
from ui.api.desk import Desk
from ui.api.places import place, unknown_place
from ui.api.schema import AnswerOut, History, HitsOut, PlaceOut, Question, Ref, Text

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

Count = Annotated[int, Field(ge=1, le=100, description="How many passages.")]
Query = Annotated[Text, Field(description="What to look for.")]


def mcp_server(desk: Desk) -> MCPServer[None]:
    """Return a server of the three tools; every answer is the same JSON as over HTTP."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

    about = desk.document.metadata
    handlers = logging.getLogger().handlers[:]
    server: MCPServer[None] = MCPServer(
        "report-qa",
        title=about.title,
        version=version("report-qa"),
        instructions=(
            f"Answers questions about one report: {about.citation or about.title}. Every answer is quoted and cited; "
            "answered=false means that the report does not say. Cite places by their label."
        ),
        log_level="WARNING",
    )
    # The library sets up logging of its own while it is made; this program's is kept.
    logging.getLogger().handlers[:] = handlers
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    @server.tool(title="Ask the report", annotations=reads)
    async def ask(question: Question, history: History = []) -> AnswerOut:  # noqa: B006 - read only; a schema default
        """Answer a question from the report, with the places to cite."""
        try:
            found = await desk.answer(question, history)
        except ReportQAError as error:
            raise ToolError(str(error)) from error
        return AnswerOut.model_validate(found.to_dict())

    @server.tool(title="Search the report", annotations=reads)
    async def search(query: Query, k: Count = 5) -> HitsOut:
        """Find the passages nearest to a text, best first."""
        try:
            hits = await desk.search(query, k)
        except ReportQAError as error:
            raise ToolError(str(error)) from error
        return HitsOut.model_validate({"query": query, "hits": [hit.to_dict() for hit in hits]})

    @server.tool(title="Read a place", annotations=reads)
    def read_place(ref: Ref) -> PlaceOut:
        """Return a place of the report: its section, its text, its tables as typed rows."""
        found = place(desk.document, ref)
        if found is None:
            raise ToolError(unknown_place(desk.document, ref))
        return found

    return server
