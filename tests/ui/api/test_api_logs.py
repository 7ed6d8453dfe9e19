"""One JSON line a request: what it holds, and that it does not hold what was asked."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.answer import Answer
from ui.api.logs import REQUESTS, JsonLines, PageLog
from ui.testing import ScriptedAssistant

Serve = Callable[..., TestClient]
SECRET = "How many passengers came by the Zebra?"


class Log:
    """What was written, as text and as values."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[Log]:
    """The log of this process; with the parameter ``True`` questions are written."""
    log = Log()
    handler = logging.StreamHandler(log.stream)
    handler.setFormatter(JsonLines(log_questions=getattr(request, "param", False)))
    before = REQUESTS.level
    logging.getLogger().addHandler(handler)
    REQUESTS.setLevel(logging.INFO)
    yield log
    REQUESTS.setLevel(before)
    logging.getLogger().removeHandler(handler)


def requests(client: TestClient) -> None:
    client.post("/api/ask", json={"question": SECRET})
    client.post("/api/search", json={"query": SECRET})
    client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": SECRET}]})
    client.post("/api/ask", json={"question": [SECRET]})
    client.get("/api/report/para:1", params={"q": SECRET})


def test_line_has_time_path_status_milliseconds_and_kind(client: TestClient, written: Log) -> None:
    client.post("/api/ask", json={"question": SECRET})
    (line,) = written.lines
    assert list(line) == ["time", "level", "method", "path", "status", "ms", "kind"]
    assert line["time"].endswith("+00:00")
    assert (line["method"], line["path"], line["status"], line["kind"]) == ("POST", "/api/ask", 200, "passage")
    assert 0 < line["ms"] < 60_000


def test_lines_hold_no_question(client: TestClient, written: Log) -> None:
    requests(client)
    assert [line["status"] for line in written.lines] == [200, 200, 200, 422, 200]
    assert [line.get("kind") for line in written.lines] == ["passage", "search", "passage", None, "place"]
    assert "Zebra" not in written.text


@pytest.mark.parametrize("written", [True], indirect=True)
def test_lines_hold_the_question_where_it_was_asked_for(client: TestClient, written: Log) -> None:
    requests(client)
    assert [line.get("question") for line in written.lines] == [SECRET, SECRET, SECRET, None, ""]


def test_requests_that_are_turned_away_have_a_line(serve: Serve, written: Log) -> None:
    client = serve(rate=1)
    requests(client)
    assert [line["status"] for line in written.lines] == [200, 429, 429, 429, 429]


def test_page_files_have_a_line_only_when_something_is_wrong(serve: Serve, written: Log) -> None:
    client = serve(page=True)
    for path in ("/", "/theme.css", "/no-such-file"):
        client.get(path)
    assert [(line["path"], line["status"]) for line in written.lines] == [("/", 200), ("/no-such-file", 404)]


class Broken(ScriptedAssistant):
    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        raise RuntimeError(f"cannot read {question}")


def test_unforeseen_error_leaves_its_place_and_type_without_the_question(serve: Serve, written: Log) -> None:
    serve(Broken()).post("/api/ask", json={"question": SECRET})
    failure = next(line for line in written.lines if "error" in line)
    assert failure["level"] == "error"
    assert "test_api_logs.py" in failure["error"]
    assert failure["error"].endswith("RuntimeError")
    assert "Zebra" not in written.text


def test_answers_of_the_page_have_lines_too(written: Log) -> None:
    PageLog(ScriptedAssistant()).ask(SECRET)
    (line,) = written.lines
    assert (line["path"], line["status"], line["kind"]) == ("/", 200, "passage")
    assert "Zebra" not in written.text
