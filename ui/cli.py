"""The commands ``serve``, the chat page and the paths for programs, and ``add-user``."""

from __future__ import annotations

import gc
import ipaddress
import sys
import threading
import webbrowser
from pathlib import Path

import click

from qa.settings import Settings
from ui.api.options import LOOPBACK_HOSTS, ServerOptions


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
@click.option(
    "--auth-file",
    type=click.Path(path_type=Path),
    help="Let in only the users of this file; make it with report-qa add-user.",
)
@click.option("--root-path", default="", metavar="PATH", help="The path under which a proxy shows the server.")
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="A host name to answer to; repeat. On this machine's own address only its own names are answered.",
)
@click.option(
    "--rate",
    default=ServerOptions.rate,
    show_default=True,
    type=click.IntRange(min=0),
    help="Requests a minute and client; 0 is no limit.",
)
@click.option(
    "--max-body",
    default=ServerOptions.body_bytes,
    show_default=True,
    type=click.IntRange(min=1024),
    help="Longest request in bytes.",
)
@click.option("--log-questions", is_flag=True, help="Write the text of the questions into the log.")
@click.pass_obj
def serve(
    settings: Settings | None,
    host: str,
    port: int,
    open_browser: bool,
    auth_file: Path | None,
    root_path: str,
    allow_host: tuple[str, ...],
    rate: int,
    max_body: int,
    log_questions: bool,
) -> None:
    """Serve the chat page and the paths for programs until Ctrl-C."""
    from qa.assistant import Assistant
    from qa.feedback import FeedbackStore, feedback_path
    from ui.api.logs import say, warn, write_json_lines
    from ui.api.users import load_users
    from ui.server import address, application, bind, run

    root = _root(root_path)
    users = load_users(auth_file) if auth_file else None
    with bind(host, port) as listener:
        write_json_lines(log_questions)
        if users is None and not _is_loopback(host):
            warn(f"Everybody who can reach {host} can use this server: there is no sign-in. Add --auth-file FILE.")
        say("Preparing the report (one without a shipped index takes a minute or two the first time) ...")
        # What is made while libraries and report load stays; looking for garbage among it takes a tenth of the start.
        gc.disable()
        try:
            assistant = Assistant.open(settings or Settings(), show_progress=sys.stderr.isatty())
            options = ServerOptions(
                users=users,
                root_path=root,
                hosts=_hosts(host, root, allow_host),
                body_bytes=max_body,
                rate=rate,
                workers=_workers(assistant.index.embedder.name),
            )
            app = application(assistant, options, FeedbackStore(feedback_path(assistant.settings.data)))
        finally:
            gc.enable()
        gc.freeze()
        url = address(listener)
        say(f"The report answers at {url}  (Ctrl-C stops it)")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [url]).start()
        run(app, listener)
    say("Stopped.")


@click.command(name="add-user")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("name")
@click.password_option(help="Asked for where it is not given; given here, other users of the machine may see it.")
def add_user(file: Path, name: str, password: str) -> None:
    """Add a user NAME to FILE for serve --auth-file, or give them a new password."""
    from ui.api.users import save_user

    new = save_user(file, name, password)
    click.echo(f"{name} {'added to' if new else 'has a new password in'} {file}", err=True)


def _root(path: str) -> str:
    """Return the root path with a slash before and none behind; empty for none."""
    inner = path.strip("/")
    return f"/{inner}" if inner else ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _hosts(host: str, root: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the host names that are answered to; empty where any is."""
    names = tuple(name.lower() for name in allowed)
    if names or (_is_loopback(host) and not root):
        return tuple(dict.fromkeys((*LOOPBACK_HOSTS, host, *names)))
    return ()


def _workers(embedder: str) -> int:
    """Return how many questions may be answered at a time: the default model's engine bears two, others one."""
    from index.nano_e5 import NAME

    return ServerOptions.workers if embedder == NAME else 1
