"""Serves the page over HTTP: the application, its port, a clean start and stop."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from corpus.errors import ReportQAError
from qa.feedback import FeedbackStore
from ui.examples import Examples
from ui.handlers import Notes
from ui.turn import Described

if TYPE_CHECKING:
    from fastapi import FastAPI

PORTS_TRIED = 20


class PortError(ReportQAError):
    """The address cannot be listened on."""


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 takes any free one.

    Raises:
        PortError: If the address is taken, not allowed or not one of this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise PortError(f"{host!r} is no address of this machine.", "Try --host 127.0.0.1.") from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortError(f"Cannot listen on {host}:{port}: {error.strerror}.", _remedy(host, port)) from error
    return listener


def _remedy(host: str, port: int) -> str:
    """Return what to type instead, with a port that is free now."""
    for other in range(port + 1, min(port + 1 + PORTS_TRIED, 65536)):
        try:
            with socket.socket() as probe:
                probe.bind((host, other))
        except OSError:
            continue
        return f"Port {other} is free: add --port {other}."
    return "Choose another port with --port, or stop the program that uses this one."


def address(listener: socket.socket) -> str:
    """Return the URL to open in a browser on this machine."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def application(assistant: Described, feedback: FeedbackStore | None = None) -> FastAPI:
    """Return the web application: the page at ``/``, nothing loaded from outside.

    Args:
        assistant: Answers the questions.
        feedback: Where feedback is kept, by default in the user's data folder.
    """
    # Gradio reads this while it is imported, so it is set here and not when this module is.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI

    from ui.page import build, dress
    from ui.reader_routes import router

    notes = Notes(feedback or FeedbackStore(), assistant.describe())
    app = FastAPI(openapi_url=None)
    app.include_router(router(assistant.document))
    gr.mount_gradio_app(
        app,
        build(assistant, Examples(assistant.document, assistant.ask), notes),
        path="/",
        ssr_mode=False,
        run_history=False,
        show_error=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        max_file_size="1kb",
        **dress(),
    )
    return app


def run(app: FastAPI, listener: socket.socket) -> None:
    """Serve until interrupted, then finish what is under way and return."""
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has already stopped cleanly; it raises the signal again for its caller.
        return
    finally:
        listener.close()
