"""``/v1``: the assistant as a chat model of OpenAI's API, so that its clients can be pointed here."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from corpus.errors import QuestionError
from ui.api.desk import Desk
from ui.api.errors import Failure
from ui.api.logs import note
from ui.api.openai_schema import MODEL, ChatIn, ChatOut, ChoiceOut, MessageIn, MessageOut, ModelOut, ModelsOut, UsageOut
from ui.api.routes import answer_out
from ui.api.schema import LONGEST_HISTORY, AnswerOut, responses

_STARTED = int(time.time())
_WORDS = re.compile(r"\s*\S+\s*")
_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


def add_openai(app: FastAPI, desk: Desk) -> None:
    """Add the paths under ``/v1`` to an application."""
    model = ModelOut(created=_STARTED, owned_by=desk.document.metadata.organization or "report-qa")

    @app.get("/v1/models", tags=["openai"], summary="List models", responses=responses(401, 429))
    async def models() -> ModelsOut:
        """List the one model."""
        return ModelsOut(data=[model])

    @app.get("/v1/models/{name}", tags=["openai"], summary="A model", responses=responses(401, 404, 429))
    async def named(name: str) -> ModelOut:
        """Describe the model."""
        if name != MODEL:
            raise HTTPException(404, f"There is one model, {MODEL}.")
        return model

    @app.post(
        "/v1/chat/completions",
        tags=["openai"],
        summary="Chat",
        response_model=ChatOut,
        responses={**_STREAM, **responses(400, 401, 413, 429, 503)},
    )
    async def chat(body: ChatIn, request: Request) -> Response:
        """Answer the last user message; `choices[0].message.report_qa` is the answer with its citations.

        With `stream`, the last chunk before `[DONE]` that has a choice carries `choices[0].delta.report_qa`.
        """
        question, history = asked(body.messages)
        try:
            found = await desk.answer(question, history)
        except QuestionError as error:
            return JSONResponse(Failure(400, str(error), param="messages").to_dict(), 400)
        answer = answer_out(found)
        note(request.scope, kind=answer.kind, question=question)
        key, created = f"chatcmpl-{secrets.token_hex(12)}", int(time.time())
        if body.stream:
            usage = bool(body.stream_options and body.stream_options.include_usage)
            return StreamingResponse(events(answer, key, created, usage), media_type="text/event-stream")
        whole = ChatOut(
            id=key, created=created, choices=[ChoiceOut(message=MessageOut(content=answer.text, report_qa=answer))]
        )
        return JSONResponse(whole.model_dump(mode="json"))


def asked(messages: Sequence[MessageIn]) -> tuple[str, list[str]]:
    """Return the last user message and the user messages before it, oldest first.

    Raises:
        HTTPException: If there is none.
    """
    texts = [message.text for message in messages if message.role == "user"]
    if not texts:
        raise HTTPException(400, "There is no message of role user; the last one is the question.")
    return texts[-1], texts[:-1][-LONGEST_HISTORY:]


def events(answer: AnswerOut, key: str, created: int, usage: bool) -> Iterator[str]:
    """Yield an answer as server-sent events, a word at a time; put together they are its text.

    Args:
        answer: The answer.
        key: The completion's id.
        created: When it was made, in seconds since 1970.
        usage: Whether a chunk with the usage stands at the end.
    """
    yield _event(key, created, {"role": "assistant", "content": ""})
    for piece in _WORDS.findall(answer.text) or [answer.text]:
        yield _event(key, created, {"content": piece})
    yield _event(key, created, {"report_qa": answer.model_dump(mode="json")}, finish="stop")
    if usage:
        yield _line({**_head(key, created), "choices": [], "usage": UsageOut().model_dump()})
    yield "data: [DONE]\n\n"


def _event(key: str, created: int, delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return _line({**_head(key, created), "choices": [choice]})


def _head(key: str, created: int) -> dict[str, Any]:
    return {"id": key, "object": "chat.completion.chunk", "created": created, "model": MODEL}


def _line(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
