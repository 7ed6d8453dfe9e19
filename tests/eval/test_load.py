"""Load on a made-up server: what counts as an error, a mixed-up conversation, another machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from corpus.errors import EvaluationError
from eval.load import FOLLOW_UP, format_load, measure_load

OPENERS = [f"Question {number}?" for number in range(3)]
Answers = Callable[[int, dict[str, Any]], tuple[int, dict[str, Any]]]


@contextmanager
def server(answers: Answers) -> Iterator[str]:
    """Serve answers made of the request's number, from 0, and its body."""
    lock, count = threading.Lock(), iter(range(10_000))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with lock:
                number = next(count)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = answers(number, body)
            data = json.dumps({**answer, "seconds": number}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}"
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def own(_: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return 200, {"searched": [*body.get("history", ()), body["question"]]}


def test_load_counts_people_and_questions_and_finds_nothing_wrong() -> None:
    with server(own) as url:
        found = measure_load(url, OPENERS, people=3, questions=4)
    assert (found.requests, found.errors, found.mixed) == (12, 0, 0)
    assert 0 < found.median_seconds <= found.p95_seconds <= found.longest_seconds <= found.wall_seconds


def test_load_answer_in_another_conversation_is_mixed_up() -> None:
    def mixed(number: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        # The first 6 requests are the conversations asked alone.
        history = ["Question 0?"] if number >= 6 and body["question"] == FOLLOW_UP else body.get("history", ())
        return 200, {"searched": [*history, body["question"]]}

    with server(mixed) as url:
        found = measure_load(url, OPENERS, people=3, questions=2)
    # Of three people's follow-ups, those of questions 1 and 2.
    assert (found.requests, found.mixed) == (6, 2)


def test_load_refused_request_is_an_error_with_its_status() -> None:
    with server(lambda number, body: (429, {}) if number >= 6 else own(number, body)) as url:
        found = measure_load(url, OPENERS, people=3, questions=1)
    assert (found.errors, found.reasons) == (3, ("status 429",))
    assert "3 (status 429)" in format_load(found)


def test_load_server_that_does_not_answer_says_what_to_start() -> None:
    with server(own) as url:
        pass
    with pytest.raises(EvaluationError, match="ConnectionRefusedError. Start one with: report-qa serve"):
        measure_load(url, OPENERS, people=1, questions=1)


@pytest.mark.parametrize(
    "url", ["http://report.example", "https://127.0.0.1:7860", "http://10.0.0.1", "127.0.0.1:7860", "http://[::"]
)
def test_load_is_put_on_this_machine_only(url: str) -> None:
    with pytest.raises(EvaluationError, match="is not on this machine|is no address"):
        measure_load(url, OPENERS, people=1, questions=1)


def test_load_more_people_than_questions_is_refused() -> None:
    with pytest.raises(EvaluationError, match="4 people need as many different questions; there are 3"):
        measure_load("http://127.0.0.1:1", OPENERS, people=4, questions=1)
