"""The command ``serve``: the chat page in the browser."""

from __future__ import annotations

import sys
import threading
import webbrowser

import click

from qa.settings import Settings


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; the default is this machine only.",
)
@click.option(
    "--port", default=7860, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def serve(settings: Settings | None, host: str, port: int, open_browser: bool) -> None:
    """Serve the chat page until Ctrl-C."""
    from qa.assistant import Assistant
    from qa.feedback import FeedbackStore, feedback_path
    from ui.server import address, application, bind, run

    with bind(host, port) as listener:
        click.echo("Preparing the report (the first time takes about a minute) ...", err=True)
        assistant = Assistant.open(settings or Settings(), show_progress=sys.stderr.isatty())
        app = application(assistant, FeedbackStore(feedback_path(assistant.settings.data)))
        url = address(listener)
        click.echo(f"The report answers at {url}  (Ctrl-C stops it)", err=True)
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [url]).start()
        run(app, listener)
    click.echo("Stopped.", err=True)
