"""The paths under ``/api``: ask, search, read a place, health, and their description."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from corpus.errors import ReportQAError
from qa.answer import Answer
from ui.api.desk import Desk
from ui.api.docs import docs_page
from ui.api.errors import Failure, from_error
from ui.api.logs import local_path, note
from ui.api.places import place, unknown_place
from ui.api.schema import AnswerOut, AskIn, HealthOut, HitsOut, PlaceOut, ReadyOut, SearchIn, responses

DESCRIPTION = (
    "Answers from one report, each checked and cited. A question that cannot be taken (empty, too long, another "
    "script) gives 200 with `answered: false` and a text that says what to do. Errors have OpenAI's form."
)
_EVERYWHERE = responses(400, 401, 413, 422, 429, 503)


def answer_out(answer: Answer) -> AnswerOut:
    """Return an answer as it goes out."""
    return AnswerOut.model_validate(answer.to_dict())


def add_api(app: FastAPI, desk: Desk) -> None:
    """Add the paths under ``/api`` to an application."""

    @app.post("/api/ask", tags=["report"], responses=_EVERYWHERE, summary="Ask a question")
    async def ask(body: AskIn, request: Request) -> AnswerOut:
        """Answer a question from the report, with the places to cite."""
        answer = await desk.answer(body.question, body.history or ())
        note(request.scope, kind=str(answer.kind), question=body.question)
        return answer_out(answer)

    @app.post("/api/search", tags=["report"], responses=_EVERYWHERE, summary="Search")
    async def search(body: SearchIn, request: Request) -> HitsOut:
        """Find the passages nearest to a text."""
        hits = await desk.search(body.query, body.k)
        note(request.scope, kind="search", question=body.query)
        return HitsOut.model_validate({"query": body.query, "hits": [hit.to_dict() for hit in hits]})

    @app.get("/api/report/{ref:path}", tags=["report"], responses=responses(401, 404, 429), summary="Read a place")
    def read_place(ref: str, request: Request) -> PlaceOut:
        """Return a place of the report: label, section, text, tables as typed rows."""
        # In a thread of its own, for the longest tables take a tenth of a second.
        found = place(desk.document, ref)
        if found is None:
            raise HTTPException(404, unknown_place(desk.document, ref))
        note(request.scope, kind="place")
        return found

    @app.get("/api/health", tags=["server"], summary="Does it live?")
    async def health() -> HealthOut:
        """Say that the server lives; needs no sign-in."""
        return HealthOut()

    @app.get("/api/ready", tags=["server"], responses={503: {"model": ReadyOut}}, summary="Does it take questions?")
    async def ready() -> JSONResponse:
        """Say whether questions are taken now; needs no sign-in."""
        status = ReadyOut(status="ready" if desk.ready else "busy", report=desk.document.doc_id, waiting=desk.waiting)
        return JSONResponse(status.model_dump(), 200 if desk.ready else 503)


def add_description(app: FastAPI, title: str) -> None:
    """Add the OpenAPI document of the paths so far, its page, and JSON errors for all other ``/api`` and ``/v1``."""
    described = get_openapi(title=title, version="1", description=DESCRIPTION, routes=list(app.routes))

    @app.get("/api/openapi.json", include_in_schema=False)
    async def openapi(request: Request) -> JSONResponse:
        root = request.scope.get("root_path", "")
        return JSONResponse({**described, "servers": [{"url": root or "/"}]})

    @app.get("/api/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(docs_page(described, request.scope.get("root_path", "")))

    # The page is mounted at "/" and would answer what no path here does.
    nothing = _NothingHere(app.routes)
    app.router.routes.extend(Route(path, nothing) for path in ("/api/{rest:path}", "/v1/{rest:path}"))


class _NothingHere:
    """Answers what no route before it does: another method of a known path, and unknown paths.

    Args:
        routes: The routes before it.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = [route for route in routes if isinstance(route, Route)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise the error that says what can be done instead."""
        near = [route.methods or () for route in self._routes if route.matches(dict(scope))[0] is Match.PARTIAL]
        methods = ", ".join(sorted({method for methods in near for method in methods}))
        if methods:
            raise HTTPException(405, f"Use {methods} here.", {"Allow": methods})
        raise HTTPException(404, "There is nothing here; /api/docs lists what there is.")


def add_errors(app: FastAPI) -> None:
    """Give every error of the application's own paths the one form."""

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        failure = Failure(error.status_code, str(error.detail))
        return JSONResponse(failure.to_dict(), failure.status, headers=dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # OpenAI's clients know 400 as the status of a request that is not well formed.
        failure = _invalid(error, 400 if local_path(request.scope).startswith("/v1/") else 422)
        return JSONResponse(failure.to_dict(), failure.status)

    @app.exception_handler(ReportQAError)
    async def known(_: Request, error: ReportQAError) -> JSONResponse:
        failure = from_error(error)
        return JSONResponse(failure.to_dict(), failure.status, headers=failure.headers())


def _invalid(error: RequestValidationError, status: int) -> Failure:
    """Return what is wrong with a body: the first fault, without the value that was sent."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return Failure(status, "The body is not JSON; send an object with Content-Type: application/json.")
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    return Failure(status, f"{where or 'The body'}: {first['msg']}.", param=where or None)
