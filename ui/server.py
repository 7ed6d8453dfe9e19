"""Serves the page over HTTP: the application, its port, a clean start and stop."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from corpus.errors import ReportQAError
from qa.feedback import FeedbackStore
from ui.api.desk import Assists, Desk
from ui.api.logs import PageLog, RequestLog, UnderPath
from ui.api.options import ServerOptions
from ui.examples import Examples
from ui.handlers import Notes

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


def application(
    assistant: Assists, options: ServerOptions | None = None, feedback: FeedbackStore | None = None
) -> FastAPI:
    """Return the web application: the page at ``/``, the report, the paths for programs, nothing loaded from outside.

    Args:
        assistant: Answers the questions.
        options: What the server allows.
        feedback: Where feedback is kept, by default in the user's data folder.
    """
    options = options or ServerOptions()
    desk = Desk(assistant, options.workers)
    examples = Examples(desk.document, desk.ask)
    # The first examples are tried while Gradio is imported, which takes longer than all else at a start.
    trying = threading.Thread(target=examples.page, args=(0,), name="first-examples")
    trying.start()
    # Gradio reads this while it is imported, so it is set here and not when this module is.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.page import build, dress
    from ui.reader_routes import router

    trying.join()
    notes = Notes(feedback or FeedbackStore(), assistant.describe())
    app = for_programs(desk, options)
    app.include_router(router(assistant.document))
    gr.mount_gradio_app(
        app,
        build(PageLog(desk), examples, notes),
        path="/",
        root_path=options.root_path or None,
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


def for_programs(desk: Desk, options: ServerOptions) -> FastAPI:
    """Return the application with the paths for programs, the guard and the log, without the page."""
    from fastapi import FastAPI
    from mcp.server.transport_security import TransportSecuritySettings

    from ui.api.guard import Guard
    from ui.api.mcp_server import mcp_server
    from ui.api.openai_chat import add_openai
    from ui.api.routes import add_api, add_description, add_errors

    tools = mcp_server(desk)
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    # No sessions: each request stands alone, so a restart loses nothing and a stop waits for nobody. The
    # guard has checked the host and the origin already.
    over_http = tools.streamable_http_app(stateless_http=True, json_response=True, transport_security=unchecked)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield
        desk.close()

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    add_errors(app)
    add_api(app, desk)
    add_openai(app, desk)
    add_description(app, f"Ask the report: {desk.document.metadata.title}")
    app.router.routes.extend(over_http.routes)
    app.add_middleware(Guard, options=options)
    app.add_middleware(RequestLog)
    if options.root_path:
        app.add_middleware(UnderPath, root_path=options.root_path)
    return app


def run(app: FastAPI, listener: socket.socket) -> None:
    """Serve until interrupted, then finish what is under way and return."""
    import uvicorn

    # No logging of its own: what it has to say goes where this program's log goes.
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    # A container is stopped by SIGTERM; it ends this program as Ctrl-C does, in order.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has already stopped cleanly; it raises the signal again for its caller.
        return
    finally:
        signal.signal(signal.SIGTERM, before)
        listener.close()
