"""The three tools, called by the official client over stdio and over HTTP."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from ui.testing import ScriptedAssistant

ROOT = Path(__file__).parents[3]
SCRIPTED = (
    "from ui.api.desk import Desk; from ui.api.mcp_server import mcp_server; "
    "from ui.testing import ScriptedAssistant; mcp_server(Desk(ScriptedAssistant())).run('stdio')"
)
Talk = Callable[[Client], Awaitable[Any]]


def over_stdio(talk: Talk, code: str = SCRIPTED, mode: str = "auto") -> Any:
    async def run() -> Any:
        server = StdioServerParameters(command=sys.executable, args=["-c", code], cwd=ROOT)
        async with Client(server, mode=mode, read_timeout_seconds=60) as client:
            return await talk(client)

    return anyio.run(run)


def over_http(url: str, talk: Talk, mode: str = "auto") -> Any:
    async def run() -> Any:
        # Without the environment's proxies: the server is on this machine.
        async with (
            httpx2.AsyncClient(trust_env=False, timeout=30) as plain,
            Client(streamable_http_client(f"{url}/mcp", http_client=plain), mode=mode) as client,
        ):
            return await talk(client)

    return anyio.run(run)


@pytest.fixture(params=["stdio", "http", "http of older clients"])
def session(request: pytest.FixtureRequest) -> Callable[[Talk], Any]:
    """Runs a talk with the scripted server over one of the transports."""
    if request.param == "stdio":
        return over_stdio
    url = request.getfixturevalue("scripted_server").url
    mode = "legacy" if "older" in request.param else "auto"
    return lambda talk: over_http(url, talk, mode)


def test_tools_are_three_that_only_read_and_describe_their_answers(session: Callable[[Talk], Any]) -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in session(talk)}
    assert set(tools) == {"ask", "search", "read_place"}
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert tools["ask"].input_schema["required"] == ["question"]
    assert {"answered", "text", "citations"} <= set(tools["ask"].output_schema["properties"])


def test_each_tool_gives_what_the_http_paths_give(session: Callable[[Talk], Any]) -> None:
    async def talk(client: Client) -> Any:
        return [
            await client.call_tool("ask", {"question": "and at night?", "history": ["How many passengers?"]}),
            await client.call_tool("search", {"query": "passengers", "k": 1}),
            await client.call_tool("read_place", {"ref": "annex:I:1"}),
        ]

    asked, found, place = session(talk)
    expected = ScriptedAssistant().ask("and at night?", history=["How many passengers?"]).to_dict()
    assert asked.structured_content == expected
    assert not asked.is_error
    assert [hit["ref"] for hit in found.structured_content["hits"]] == ["para:1"]
    assert place.structured_content["tables"][0]["rows"][1]["cells"][2]["value"] == 13.0


def test_what_goes_wrong_is_told_to_the_model(session: Callable[[Talk], Any]) -> None:
    async def talk(client: Client) -> Any:
        return [
            await client.call_tool("read_place", {"ref": "para:99"}),
            await client.call_tool("ask", {"question": "x" * 10_000}),
            await client.call_tool("search", {"query": "passengers", "k": 0}),
        ]

    place, asked, found = session(talk)
    assert place.is_error
    assert "places look like para:1, box:1" in place.content[0].text
    assert asked.is_error
    assert "at most 2,000 are read" in asked.content[0].text
    assert found.is_error
    assert "greater than or equal to 1" in found.content[0].text


@pytest.mark.integration
def test_command_serves_the_real_report_over_stdio() -> None:
    async def talk(client: Client) -> Any:
        return [
            await client.call_tool("ask", {"question": "How many people did the WASH programmes reach?"}),
            await client.call_tool("read_place", {"ref": "para:14"}),
        ]

    asked, place = over_stdio(talk, "from ui.mcp_cli import mcp; mcp()")
    (citation,) = asked.structured_content["citations"]
    assert "11.2 million" in asked.structured_content["text"]
    assert citation["ref"] == "para:14"
    assert citation["quote"] in place.structured_content["text"]
