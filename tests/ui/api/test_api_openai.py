"""OpenAI's form, spoken by OpenAI's own client to a running server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import openai
import pytest
from fastapi.testclient import TestClient

from ui.api.users import hashed
from ui.testing import ScriptedAssistant

PASSENGERS: Any = [{"role": "user", "content": "How many passengers?"}]
WITH_USERS = f"""
from ui.api.desk import Desk
from ui.api.options import ServerOptions
from ui.api.users import Users
from ui.server import address, bind, for_programs, run
from ui.testing import ScriptedAssistant

with bind("127.0.0.1", 0) as listener:
    print(address(listener), flush=True)
    users = Users({{"ana": {hashed("correct horse")!r}}})
    run(for_programs(Desk(ScriptedAssistant()), ServerOptions(users=users)), listener)
"""


def client_of(url: str, key: str = "none") -> openai.OpenAI:
    # Without the environment's proxies: the server is on this machine.
    return openai.OpenAI(base_url=f"{url}/v1", api_key=key, max_retries=0, http_client=httpx2.Client(trust_env=False))


@pytest.fixture
def official(scripted_server: Any) -> Iterator[openai.OpenAI]:
    with client_of(scripted_server.url) as client:
        yield client


def expected(question: str, history: tuple[str, ...] = ()) -> dict[str, Any]:
    return ScriptedAssistant().ask(question, history=history).to_dict()


def test_models_lists_the_one_and_describes_it(official: openai.OpenAI) -> None:
    (model,) = official.models.list().data
    assert (model.id, model.owned_by) == ("report-qa", "The Office")
    assert official.models.retrieve("report-qa") == model


def test_chat_is_the_answer_with_its_citations(official: openai.OpenAI) -> None:
    chat = official.chat.completions.create(model="report-qa", messages=PASSENGERS)
    message = chat.choices[0].message
    assert message.content == expected("How many passengers?")["text"]
    assert message.model_extra == {"report_qa": expected("How many passengers?")}
    assert (message.role, chat.choices[0].finish_reason, chat.model) == ("assistant", "stop", "report-qa")


def test_chat_history_is_the_earlier_user_messages_only(official: openai.OpenAI) -> None:
    messages: Any = [
        {"role": "system", "content": "Talk about the storm."},
        *PASSENGERS,
        {"role": "assistant", "content": "48,200 men"},
        {"role": "user", "content": [{"type": "text", "text": "and at night?"}]},
    ]
    chat = official.chat.completions.create(model="report-qa", messages=messages)
    answer: Any = chat.choices[0].message.model_extra
    assert answer["report_qa"] == expected("and at night?", ("How many passengers?",))


def test_stream_put_together_is_the_text_and_its_last_chunk_has_the_citations(official: openai.OpenAI) -> None:
    chunks = list(official.chat.completions.create(model="report-qa", messages=PASSENGERS, stream=True))
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
    assert "".join(pieces) == expected("How many passengers?")["text"]
    assert sum(bool(piece) for piece in pieces) > 10
    last: Any = chunks[-1].choices[0]
    assert last.finish_reason == "stop"
    assert last.delta.model_extra == {"report_qa": expected("How many passengers?")}
    assert all(chunk.choices[0].finish_reason is None for chunk in chunks[:-1])
    assert len({chunk.id for chunk in chunks}) == 1


def test_stream_with_usage_has_it_in_a_chunk_of_its_own(official: openai.OpenAI) -> None:
    stream = official.chat.completions.create(
        model="report-qa", messages=PASSENGERS, stream=True, stream_options={"include_usage": True}
    )
    last = list(stream)[-1]
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.total_tokens == 0


@pytest.mark.parametrize("question", ["passengers", "figures", "the mayor", ""])
def test_stream_keeps_every_white_space(client: TestClient, question: str) -> None:
    body = {"messages": [{"role": "user", "content": question}]}
    whole = client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
    lines = client.post("/v1/chat/completions", json={**body, "stream": True}).text.split("\n\n")
    assert lines[-2:] == ["data: [DONE]", ""]
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]
    assert "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks) == whole


def test_refusal_is_a_message_like_any_other(official: openai.OpenAI) -> None:
    messages: Any = [{"role": "user", "content": "Who is the mayor?"}]
    chat = official.chat.completions.create(model="report-qa", messages=messages)
    extra: Any = chat.choices[0].message.model_extra
    assert chat.choices[0].message.content == "The report does not say."
    assert extra["report_qa"]["answered"] is False


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"messages": []}, "messages: List should have at least 1 item"),
        ({"messages": [{"role": "system", "content": "x"}]}, "There is no message of role user"),
        ({"messages": PASSENGERS, "n": 2}, "n: Input should be less than or equal to 1"),
        ({"messages": [{"role": "user", "content": "x" * 10_000}]}, "The question has 10,000 characters"),
    ],
)
def test_wrong_request_is_openais_bad_request(official: openai.OpenAI, wrong: Any, message: str) -> None:
    with pytest.raises(openai.BadRequestError, match=message) as caught:
        official.chat.completions.create(model="report-qa", **wrong)
    assert caught.value.type == "invalid_request_error"


def test_unknown_model_is_openais_not_found(official: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="There is one model, report-qa"):
        official.models.retrieve("gpt-none")


def test_name_and_password_serve_as_the_api_key(start_server: Callable[..., Any]) -> None:
    url = start_server("-c", WITH_USERS).url
    with client_of(url, "ana:correct horse") as client:
        assert client.models.list().data[0].id == "report-qa"
    with client_of(url, "ana:wrong horse") as client, pytest.raises(openai.AuthenticationError, match="Sign in"):
        client.models.list()
