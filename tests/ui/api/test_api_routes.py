"""Ask, search, read a place, health: what comes back, and in which form what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from fastapi.testclient import TestClient

from qa.answer import Answer
from ui.api.schema import AnswerOut
from ui.testing import ScriptedAssistant

Serve = Callable[..., TestClient]


def error(response: object) -> dict[str, object]:
    found: dict[str, object] = response.json()["error"]  # type: ignore[attr-defined]
    assert set(found) == {"message", "type", "param", "code"}
    return found


@pytest.mark.parametrize("question", ["passengers", "storm", "figures", "men", "weather"])
def test_ask_every_kind_of_answer_is_its_to_dict(client: TestClient, question: str) -> None:
    expected = ScriptedAssistant().ask(question).to_dict()
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json() == expected
    assert list(response.json()) == list(expected)


def test_schema_names_every_field_of_an_answer() -> None:
    answer = ScriptedAssistant().ask("men").to_dict()
    model = AnswerOut.model_validate(answer)
    assert set(answer) == set(AnswerOut.model_fields)
    assert model.calculation is not None
    assert not any(part.model_extra for part in (model, model.citations[0], model.calculation.cells[0]))


def test_ask_follow_up_uses_the_history_it_brings(client: TestClient) -> None:
    asked = {"question": "and at night?", "history": ["How many passengers?"]}
    answer = client.post("/api/ask", json=asked).json()
    assert answer["searched"] == "How many passengers? and at night?"
    assert answer["kind"] == "passage"


def test_ask_history_of_null_is_none(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "and at night?", "history": None}).json()
    assert answer["searched"] == "and at night?"


def test_ask_what_the_report_does_not_say_is_a_refusal(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Who is the mayor?"}).json()
    assert (answer["answered"], answer["kind"], answer["citations"]) == (False, "none", [])
    assert [passage["ref"] for passage in answer["closest"]] == ["para:1", "para:2"]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "question"),
        ({"question": 7}, "question"),
        ({"question": "x", "history": "y"}, "history"),
        ({"question": "x", "history": ["y"] * 101}, "history"),
        ([], None),
    ],
)
def test_ask_malformed_body_names_the_field_and_not_the_value(
    client: TestClient, body: object, param: str | None
) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422
    assert error(response)["param"] == param
    assert error(response)["code"] == "invalid"


@pytest.mark.parametrize("body", ["{", "", '{"question": "\\ud800"}', "question=why"])
def test_ask_body_that_is_no_json_says_what_to_send(client: TestClient, body: str) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert error(response)["type"] == "invalid_request_error"


def test_ask_longer_than_the_assistant_takes_says_how_long_it_may_be(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "x" * 10_000})
    assert response.status_code == 422
    assert error(response)["message"] == "The question has 10,000 characters; at most 2,000 are read. Shorten it."


class Broken(ScriptedAssistant):
    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        raise RuntimeError("secret detail")


def test_ask_unforeseen_error_is_told_without_its_details(serve: Serve) -> None:
    response = serve(Broken()).post("/api/ask", json={"question": "Why?"})
    assert response.status_code == 500
    assert error(response)["type"] == "server_error"
    assert "secret" not in response.text


def test_search_gives_ranked_places(client: TestClient) -> None:
    found = client.post("/api/search", json={"query": "passengers", "k": 1}).json()
    assert found["query"] == "passengers"
    assert [(hit["rank"], hit["ref"], hit["label"]) for hit in found["hits"]] == [(1, "para:1", "para. 1")]


@pytest.mark.parametrize("k", [0, 101, "many"])
def test_search_k_out_of_bounds_is_refused(client: TestClient, k: object) -> None:
    response = client.post("/api/search", json={"query": "passengers", "k": k})
    assert (response.status_code, error(response)["param"]) == (422, "k")


def test_report_paragraph_has_the_text_that_quotes_stand_in(client: TestClient) -> None:
    quote = client.post("/api/ask", json={"question": "passengers"}).json()["citations"][0]["quote"]
    place = client.get("/api/report/para:1").json()
    assert quote in place["text"]
    assert place["label"] == "para. 1"
    assert place["section"] == ["SERVICES AND ACTIVITIES", "Ferries and crossings"]
    assert place["tables"] == []


def test_report_table_has_typed_rows(client: TestClient) -> None:
    (table,) = client.get("/api/report/annex:I:1").json()["tables"]
    assert table["columns"] == [{"label": year, "group": None} for year in ("2021", "2022", "2023")]
    assert table["rows"][1] == {
        "label": "Women",
        "is_total": False,
        "cells": [
            {"text": "8", "value": 8.0, "kind": "number"},
            {"text": "11", "value": 11.0, "kind": "number"},
            {"text": "13", "value": 13.0, "kind": "number"},
        ],
    }


@pytest.mark.parametrize("ref", ["para:99", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "x" * 3000])
def test_report_unknown_ref_says_what_places_look_like(client: TestClient, ref: str) -> None:
    response = client.get(f"/api/report/{ref}")
    assert response.status_code == 404
    assert error(response)["code"] == "not_found"
    assert len(str(error(response)["message"])) < 300


def test_report_unknown_ref_lists_a_place_of_each_kind(client: TestClient) -> None:
    assert "places look like para:1, box:1" in client.get("/api/report/para:99").json()["error"]["message"]


def test_unknown_path_and_wrong_method_are_json_errors(client: TestClient) -> None:
    missing, wrong = client.get("/api/nothing"), client.get("/api/ask")
    assert (missing.status_code, error(missing)["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    assert error(wrong)["code"] == "method_not_allowed"


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok"}
    assert client.get("/api/ready").json() == {"status": "ready", "report": "harbour-report", "waiting": 0}


def test_docs_page_names_every_path_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    for path in client.get("/api/openapi.json").json()["paths"]:
        assert path in page.text
    assert "<script" not in page.text
    assert "src=" not in page.text
    assert "://" not in page.text


def test_root_path_stands_in_the_description_and_both_addresses_work(serve: Serve) -> None:
    client = serve(page=True, root_path="/report")
    assert client.get("/api/openapi.json").json()["servers"] == [{"url": "/report"}]
    assert 'href="/report/api/openapi.json"' in client.get("/report/api/docs").text
    assert client.post("/report/api/ask", json={"question": "men"}).json()["kind"] == "table"
    assert client.get("/report/").status_code == 200
