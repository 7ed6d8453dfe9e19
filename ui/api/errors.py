"""What goes wrong over HTTP: one JSON form, OpenAI's, for every path.

``{"error": {"message", "type", "param", "code"}}``: the message says what to do, ``type`` and
``code`` are for programs. Errors of the other rooms come in through ``from_error``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.errors import QuestionError, ReportQAError

INVALID = "invalid_request_error"
SERVER = "server_error"
CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
    421: "misdirected_request",
    422: "invalid",
    429: "rate_limited",
    503: "busy",
}
_TYPES = {401: "authentication_error", 429: "rate_limit_error"}


class BusyError(ReportQAError):
    """Too many questions wait, or the server is stopping."""


class AnswerFailedError(ReportQAError):
    """Answering failed in a way nobody foresaw; the log has the details."""


@dataclass(frozen=True)
class Failure:
    """An error ready to be sent.

    Attributes:
        status: The HTTP status.
        message: What happened and what to do.
        code: For programs; empty takes the status's usual one.
        param: The field at fault, or ``None``.
        retry_after: Seconds after which to try again; 0 where trying again does not help.
    """

    status: int
    message: str
    code: str = ""
    param: str | None = None
    retry_after: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the error as JSON-ready data."""
        kind = _TYPES.get(self.status, SERVER if self.status >= 500 else INVALID)
        code = self.code or CODES.get(self.status, "error")
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": code}}

    def headers(self) -> dict[str, str]:
        """Return the headers that go with it."""
        return {"Retry-After": str(self.retry_after)} if self.retry_after else {}


def from_error(error: ReportQAError) -> Failure:
    """Return the failure that an error of this program is over HTTP."""
    message = str(error)
    if isinstance(error, BusyError):
        return Failure(503, message, retry_after=1)
    if isinstance(error, QuestionError):
        return Failure(422, message, param="question")
    return Failure(500, message, "internal_error")
