"""Size, rate, sign-in, host: what is turned away, with which status, and what still passes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from ui.api.guard import WRONG_SIGN_INS
from ui.api.limits import RateLimit
from ui.api.options import ServerOptions
from ui.api.users import Users, hashed

Serve = Callable[..., TestClient]
PageOf = Callable[[ServerOptions], FastAPI]
NAME, PASSWORD = "ana", "correct: horse"
ASK = {"question": "How many passengers?"}


@pytest.fixture(scope="module")
def users() -> Users:
    return Users({NAME: hashed(PASSWORD)})


@pytest.fixture(scope="module")
def signed_page(page_of: PageOf, users: Users) -> Iterator[TestClient]:
    """The page and everything else behind a sign-in; made once, for it takes a while."""
    with TestClient(page_of(ServerOptions(users=users))) as client:
        yield client


@pytest.fixture(scope="module")
def page(page_of: PageOf) -> Iterator[TestClient]:
    with TestClient(page_of(ServerOptions())) as client:
        yield client


def basic(name: str = NAME, password: str = PASSWORD) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_body_longer_than_the_limit_is_413(serve: Serve) -> None:
    client = serve(body_bytes=1000)
    response = client.post("/api/ask", json={"question": "x" * 1000})
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "body_too_large"
    assert client.post("/api/ask", json=ASK).status_code == 200


def test_body_sent_in_pieces_without_a_length_is_counted(serve: Serve) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(100):
            yield b"x" * 100
        yield b'"}'

    client = serve(body_bytes=1000)
    assert client.post("/api/ask", content=pieces()).status_code == 413


def test_body_sent_in_pieces_within_the_limit_arrives_whole(serve: Serve) -> None:
    headers = {"Content-Type": "application/json"}
    response = serve().post("/api/ask", content=iter([b'{"question": ', b'"men"}']), headers=headers)
    assert response.json()["kind"] == "table"


def test_more_requests_than_the_rate_are_429_and_say_when_to_come_back(serve: Serve) -> None:
    client = serve(rate=2)
    statuses = [client.post("/api/ask", json=ASK).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.post("/v1/chat/completions", json={"messages": []})
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "30"
    assert refused.json()["error"]["type"] == "rate_limit_error"
    assert client.get("/api/health").status_code == 200


def test_rate_limit_refills_over_a_minute_and_keeps_clients_apart() -> None:
    now = [0.0]
    limit = RateLimit(2, clock=lambda: now[0])
    # Two at once, then one more every 30 seconds.
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 30]
    assert limit.wait("b") == 0
    now[0] = 29.0
    assert limit.wait("a") == 1
    now[0] = 30.0
    assert [limit.wait("a"), limit.wait("a")] == [0, 30]


def test_rate_limit_of_zero_is_none() -> None:
    assert not any(RateLimit(0).wait("a") for _ in range(1000))


@pytest.mark.parametrize("path", ["/", "/api/docs", "/api/openapi.json", "/v1/models", "/api/report/para:1"])
def test_with_users_every_page_and_path_asks_to_sign_in(signed_page: TestClient, path: str) -> None:
    refused = signed_page.get(path)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic ")
    assert signed_page.get(path, headers=basic()).status_code == 200


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join"])
def test_with_users_nothing_works_without_signing_in(signed_page: TestClient, path: str) -> None:
    assert signed_page.post(path, json=ASK).status_code == 401


@pytest.mark.parametrize("path", ["/api/health", "/api/ready"])
def test_with_users_probes_stay_open(serve: Serve, users: Users, path: str) -> None:
    assert serve(users=users).get(path).status_code == 200


def test_bearer_takes_name_and_password(serve: Serve, users: Users) -> None:
    client = serve(users=users)
    headers = {"Authorization": f"Bearer {NAME}:{PASSWORD}"}
    assert client.post("/api/ask", json=ASK, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        basic(password="wrong horse"),
        basic(name="eve"),
        basic(name=""),
        {"Authorization": "Basic ???"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Digest {NAME}:{PASSWORD}"},
    ],
)
def test_wrong_sign_in_is_401(serve: Serve, users: Users, headers: dict[str, str]) -> None:
    client = serve(users=users)
    for _ in range(2):
        assert client.post("/api/ask", json=ASK, headers=headers).status_code == 401


def test_guessing_passwords_is_stopped_and_the_right_one_known_before_still_works(serve: Serve, users: Users) -> None:
    client = serve(users=users)
    assert client.get("/v1/models", headers=basic()).status_code == 200
    statuses = [client.get("/v1/models", headers=basic(password=str(n))).status_code for n in range(WRONG_SIGN_INS + 1)]
    assert statuses == [401] * WRONG_SIGN_INS + [429]
    assert client.get("/v1/models", headers=basic()).status_code == 200


def test_rate_is_counted_by_user_where_there_are_users(serve: Serve) -> None:
    client = serve(users=Users({NAME: hashed(PASSWORD), "bo": hashed(PASSWORD)}), rate=1)
    assert client.post("/api/ask", json=ASK, headers=basic()).status_code == 200
    assert client.post("/api/ask", json=ASK, headers=basic()).status_code == 429
    assert client.post("/api/ask", json=ASK, headers=basic("bo")).status_code == 200


def test_foreign_host_name_is_not_answered(serve: Serve) -> None:
    client = serve(hosts=("localhost",))
    refused = client.get("/v1/models", headers={"Host": "evil.example:7860"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (421, "misdirected_request")
    assert client.get("/v1/models", headers={"Host": "LOCALHOST:7860"}).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("null", 403), ("http://testserver", 200)]
)
def test_post_from_another_web_page_is_not_taken(serve: Serve, origin: str, status: int) -> None:
    assert serve().post("/api/ask", json=ASK, headers={"Origin": origin}).status_code == status


def test_websocket_is_refused(page: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as caught, page.websocket_connect("/gradio_api/queue/join"):
        pytest.fail("it was taken")
    assert caught.value.code == 1008


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../../etc/passwd", "pyproject.toml", "ui/cli.py"])
def test_page_reads_no_file_of_the_machine(page: TestClient, path: str) -> None:
    for url in (f"/gradio_api/file={path}", f"/file={path}", f"/{path}", f"/assets/../../{path}"):
        assert page.get(url).status_code in (403, 404)
