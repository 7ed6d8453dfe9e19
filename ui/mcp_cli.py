"""The command ``mcp``: the assistant's tools over standard input and output."""

from __future__ import annotations

import click

from qa.settings import Settings


@click.command()
@click.pass_obj
def mcp(settings: Settings | None) -> None:
    """Serve the tools ask, search and read_place to an MCP client over standard input and output."""
    from qa.assistant import Assistant
    from ui.api.desk import Desk
    from ui.api.logs import write_json_lines
    from ui.api.mcp_server import mcp_server

    write_json_lines(log_questions=False)
    desk = Desk(Assistant.open(settings or Settings()), workers=1)
    try:
        mcp_server(desk).run("stdio")
    finally:
        desk.close()
