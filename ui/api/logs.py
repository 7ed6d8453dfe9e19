"""The server's log: one JSON object a line on stderr, without what people asked.

Every request to a path of a program, every page and every failure has a line of ``time``, ``level``,
``path``, ``method``, ``status``, ``ms`` and, where an answer was given, its ``kind``. The chat page's
questions come over one long-lived connection and have lines of their own, with the path ``/``.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import MutableMapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from corpus.document import Document
from corpus.errors import ReportQAError
from qa.answer import Answer
from ui.turn import Asks

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = logging.getLogger("report_qa.requests")
_KEY = "report_qa.note"
_PROGRAMS = ("/api", "/v1", "/mcp")


def note(scope: MutableMapping[str, Any], kind: str, question: str = "") -> None:
    """Keep what a request's log line says of its answer.

    Args:
        scope: The request's scope.
        kind: The kind of answer.
        question: The question; it is written only where the server was asked to.
    """
    scope.setdefault(_KEY, {}).update(kind=kind, question=question)


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object.

    Args:
        log_questions: Write the questions' text, and the messages of unforeseen errors, which may hold it.
    """

    def __init__(self, log_questions: bool = False) -> None:
        super().__init__()
        self._questions = log_questions

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        fields = dict(getattr(record, "fields", None) or {"message": record.getMessage()})
        if not self._questions:
            fields.pop("question", None)
        line.update(fields)
        if record.exc_info and record.exc_info[0]:
            line["error"] = self._error(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    def _error(self, caught: Any) -> str:
        if self._questions:
            return "".join(traceback.format_exception(*caught))
        return "".join([*traceback.format_tb(caught[2]), caught[0].__name__])


def write_json_lines(log_questions: bool) -> None:
    """Send every log of this process to stderr as JSON lines, from INFO for this program's own."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(log_questions))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    REQUESTS.setLevel(logging.INFO)


def say(message: str) -> None:
    """Write a message of the server about itself: as a line of the log, to a terminal as it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{message}\n")
    else:
        REQUESTS.info(message)


def warn(message: str) -> None:
    """Write what whoever runs the server should know."""
    REQUESTS.warning(message)


class RequestLog:
    """Middleware that writes a line for each request, measured from its start to its last byte."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        noted = scope.setdefault(_KEY, {})

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            path = local_path(scope)
            if _told(path, status):
                milliseconds = round(1000 * (time.perf_counter() - started), 1)
                fields = {"method": scope["method"], "path": path, "status": status, "ms": milliseconds, **noted}
                REQUESTS.info("request", extra={"fields": fields})


def _told(path: str, status: int) -> bool:
    """Return whether a request has a line: those for the page's own files have none while all is well."""
    return status >= 400 or path == "/" or path.startswith(_PROGRAMS)


def local_path(scope: MutableMapping[str, Any]) -> str:
    """Return a request's path without the part under which a proxy shows the server; never its query."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) or "/" if path == root or path.startswith(f"{root}/") else path


class UnderPath:
    """Middleware for a server that a proxy shows under a path, whether or not the proxy takes the path away.

    Args:
        app: What comes after.
        root_path: The path, such as ``/report``.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the path under which it is shown."""
        await self._app({**scope, "root_path": self._root_path}, receive, send)


class PageLog:
    """An assistant for the page that writes a line for each answer.

    Args:
        assistant: Answers the questions.
    """

    def __init__(self, assistant: Asks) -> None:
        self._assistant = assistant

    @property
    def document(self) -> Document:
        """The report."""
        return self._assistant.document

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer and write its line."""
        started, kind, status = time.perf_counter(), "", 500
        try:
            answer = self._assistant.ask(question, history=history)
            kind, status = str(answer.kind), 200
            return answer
        except ReportQAError:
            status = 422
            raise
        finally:
            milliseconds = round(1000 * (time.perf_counter() - started), 1)
            fields = {"method": "ASK", "path": "/", "status": status, "ms": milliseconds, "kind": kind}
            REQUESTS.info("answer", extra={"fields": {**fields, "question": question}})
