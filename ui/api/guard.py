"""What a request must pass before anything reads it: host, sign-in, rate, size.

It stands before the chat page, the HTTP paths and MCP alike; only health and readiness are open to all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from ui.api.errors import Failure
from ui.api.limits import RateLimit
from ui.api.logs import local_path
from ui.api.options import ServerOptions

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = frozenset({"/api/health", "/api/ready"})
WRONG_SIGN_INS = 20
"""Failed sign-ins a minute and address; each costs the server 50 ms."""

_WORK = ("/api/", "/v1/", "/mcp")
_BODIES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Guard:
    """Middleware that turns away what the server's options do not allow.

    Args:
        app: What comes after.
        options: What is allowed.
    """

    def __init__(self, app: ASGIApp, options: ServerOptions) -> None:
        self._app = app
        self._options = options
        self._rate = RateLimit(options.rate)
        self._wrong = RateLimit(WRONG_SIGN_INS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with what is wrong."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # Nothing here speaks WebSocket; what does not exist needs no guard.
            await send({"type": "websocket.close", "code": 1008})
            return
        failure = await self._failure(scope)
        if failure is None and scope["method"] in _BODIES:
            body = await _whole(scope, receive, self._options.body_bytes)
            if body is None:
                most = self._options.body_bytes
                failure = Failure(413, f"The body is longer than {most:,} bytes; send a shorter one.")
            else:
                receive = _replayed(body, receive)
        if failure is not None:
            await self._refuse(failure, scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _failure(self, scope: Scope) -> Failure | None:
        """Return why a request is turned away before its body is read, or ``None``."""
        headers, path = Headers(scope=scope), local_path(scope)
        if path in OPEN:
            return None
        client = (scope.get("client") or ("unknown",))[0]
        failure = self._misdirected(headers, scope, path)
        if failure is not None:
            return failure
        if self._options.users is not None:
            user, failure = await self._signed_in(headers.get("authorization", ""), client)
            if failure is not None:
                return failure
            client = f"user {user}"
        works = scope["method"] in _BODIES or path.startswith(_WORK)
        seconds = self._rate.wait(client) if works else 0
        if seconds:
            most = self._options.rate
            return Failure(429, f"At most {most} requests a minute; wait {seconds} s.", retry_after=seconds)
        return None

    def _misdirected(self, headers: Headers, scope: Scope, path: str) -> Failure | None:
        """Return why a request does not come from where it says, or ``None``.

        A foreign web page in somebody's browser could otherwise reach a server on this machine, by a name of
        its own that leads here or by a form that it sends here.
        """
        host = _hostname(headers.get("host", ""))
        if self._options.hosts and host not in self._options.hosts:
            return Failure(421, f"This server does not answer to {host!r}; start it with --allow-host {host}.")
        origin = headers.get("origin")
        if origin and scope["method"] in _BODIES and path.startswith(_WORK) and _foreign(origin, host):
            return Failure(403, "Requests from other web pages are not taken.")
        return None

    async def _signed_in(self, authorization: str, client: str) -> tuple[str, Failure | None]:
        """Return the user, and the failure where there is none."""
        users = self._options.users
        if users is None:
            return "", None
        user = users.remembered(authorization)
        if user is None and authorization:
            seconds = self._wrong.exhausted(client)
            if seconds:
                return "", Failure(429, f"Too many wrong sign-ins; wait {seconds} s.", retry_after=seconds)
            user = await asyncio.to_thread(users.check, authorization)
            if user is None:
                self._wrong.wait(client)
        if user is None:
            return "", Failure(401, "Sign in with HTTP Basic, or with Authorization: Bearer name:password.")
        return user, None

    async def _refuse(self, failure: Failure, scope: Scope, receive: Receive, send: Send) -> None:
        headers = failure.headers()
        if failure.status == 401:
            headers["WWW-Authenticate"] = 'Basic realm="report-qa", charset="UTF-8"'
        if failure.status == 413:
            # The rest of the body is not read, so the connection cannot be used again.
            headers["Connection"] = "close"
        response = JSONResponse(failure.to_dict(), failure.status, headers=headers)
        await response(scope, receive, send)


def _hostname(host: str) -> str:
    """Return a Host header's name without its port; the empty text where it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _foreign(origin: str, host: str) -> bool:
    return _hostname(origin.partition("://")[2]) != host


async def _whole(scope: Scope, receive: Receive, most: int) -> bytes | None:
    """Return a request's body; ``None`` if it is longer than ``most`` bytes, told from its header where it can be."""
    declared = Headers(scope=scope).get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """Return a source of a body that was read already, then of what comes after it."""
    given = False

    async def source() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return source
