"""Many people at once: a server on this machine asked over HTTP by several threads, each with its own conversations."""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import EvaluationError
from eval.measures import quantile

FOLLOW_UP = "and in how many countries?"
"""The same words for everybody: only the history tells whose question they follow."""

_TIMEOUT = 30.0


@dataclass(frozen=True)
class Reply:
    """What came back for one question.

    Attributes:
        answer: The answer's JSON without its time; ``None`` where there is none.
        seconds: From sending the question to the last byte.
        error: Status or reason where there is no answer; empty otherwise.
    """

    answer: Mapping[str, Any] | None
    seconds: float
    error: str = ""


@dataclass(frozen=True)
class Load:
    """What was measured.

    Attributes:
        people: How many asked at once, each waiting for an answer before the next question.
        requests: How many questions they asked in all.
        errors: How many got no answer.
        mixed: How many answers differ from the one that the same conversation got when nobody else asked.
        median_seconds: Median time of an answer.
        p95_seconds: 95th percentile of it.
        longest_seconds: The longest.
        wall_seconds: From the first question to the last answer.
        reasons: The different errors, in order.
    """

    people: int
    requests: int
    errors: int
    mixed: int
    median_seconds: float
    p95_seconds: float
    longest_seconds: float
    wall_seconds: float
    reasons: tuple[str, ...]


def measure_load(url: str, openers: Sequence[str], people: int, questions: int) -> Load:
    """Return what a server does when several people ask at once.

    Everybody asks an opener and a follow-up in turns. Each such conversation is first asked alone, and the
    answers under load are compared with those.

    Args:
        url: The server's address, on this machine.
        openers: Questions that begin a conversation, one a person at least.
        people: How many ask at once.
        questions: How many questions each asks.

    Raises:
        EvaluationError: If the address is another machine's, the server does not answer, or openers are missing.
    """
    host, port, path = _address(url)
    if len(set(openers)) < people:
        raise EvaluationError(f"{people} people need as many different questions; there are {len(set(openers))}.")
    alone: dict[tuple[str, bool], Mapping[str, Any]] = {}
    for opener in openers[:people]:
        for following in (False, True):
            reply = _ask(host, port, path, opener, following)
            if reply.answer is None:
                raise EvaluationError(f"{url} does not answer: {reply.error}.", "Start one with: report-qa serve")
            alone[opener, following] = reply.answer

    def one_person(person: int) -> list[tuple[Reply, bool]]:
        replies = []
        for number in range(questions):
            opener, following = openers[(person + 7 * (number // 2)) % people], number % 2 == 1
            reply = _ask(host, port, path, opener, following)
            replies.append((reply, reply.answer is not None and reply.answer != alone[opener, following]))
        return replies

    started = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        replies = [reply for person in pool.map(one_person, range(people)) for reply in person]
    return _summary(people, replies, time.perf_counter() - started)


def _summary(people: int, replies: Sequence[tuple[Reply, bool]], wall: float) -> Load:
    times = [reply.seconds for reply, _ in replies]
    failed = [reply.error for reply, _ in replies if reply.answer is None]
    return Load(
        people=people,
        requests=len(replies),
        errors=len(failed),
        mixed=sum(mixed for _, mixed in replies),
        median_seconds=quantile(times, 0.5),
        p95_seconds=quantile(times, 0.95),
        longest_seconds=max(times),
        wall_seconds=wall,
        reasons=tuple(sorted(set(failed))),
    )


def _address(url: str) -> tuple[str, int, str]:
    """Return host, port and path of a server on this machine."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
    except ValueError as error:
        raise EvaluationError(f"{url!r} is no address: {error}.") from error
    try:
        near = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    if parts.scheme != "http" or not near:
        raise EvaluationError(f"{url!r} is not on this machine.", "Load is put on http://127.0.0.1:PORT only.")
    return host, port, parts.path.rstrip("/")


def _ask(host: str, port: int, path: str, opener: str, following: bool) -> Reply:
    """Return the reply to an opener, or to the follow-up of one."""
    body = {"question": FOLLOW_UP, "history": [opener]} if following else {"question": opener}
    started = time.perf_counter()
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    try:
        connection.request("POST", f"{path}/api/ask", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        data = response.read()
        if response.status != 200:
            return Reply(None, time.perf_counter() - started, f"status {response.status}")
        answer = {name: value for name, value in json.loads(data).items() if name != "seconds"}
        return Reply(answer, time.perf_counter() - started)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Reply(None, time.perf_counter() - started, type(error).__name__)
    finally:
        connection.close()


def format_load(found: Load) -> str:
    """Return the measurements as Markdown."""
    reasons = f" ({', '.join(found.reasons)})" if found.reasons else ""
    return "\n".join(
        [
            "| measured | value |",
            "|---|---|",
            f"| people at once, questions in all | {found.people}, {found.requests} |",
            f"| errors | {found.errors}{reasons} |",
            f"| mixed-up conversations | {found.mixed} |",
            f"| answer, median / p95 / longest | {1000 * found.median_seconds:.0f} / {1000 * found.p95_seconds:.0f} / "
            f"{1000 * found.longest_seconds:.0f} ms |",
            f"| answers a second | {found.requests / found.wall_seconds:.1f} |",
        ]
    )


def load_dict(found: Load) -> dict[str, object]:
    """Return the measurements as JSON-ready data."""
    return asdict(found)
