"""The paths for programs on the scripted assistant, without the page unless it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.api.desk import Desk
from ui.api.options import ServerOptions
from ui.server import application, for_programs
from ui.testing import ScriptedAssistant

Serve = Callable[..., TestClient]
PageOf = Callable[..., FastAPI]


@pytest.fixture(scope="session")
def page_of() -> PageOf:
    """Makes applications with the page.

    Gradio leaves event loops unclosed unless one is running while the page is made.
    """

    def made(options: ServerOptions, assistant: ScriptedAssistant | None = None) -> FastAPI:
        async def inside_a_loop() -> FastAPI:
            return application(assistant or ScriptedAssistant(), options)

        return asyncio.run(inside_a_loop())

    return made


@pytest.fixture
def serve(page_of: PageOf) -> Iterator[Serve]:
    """Makes clients of applications with options; all are stopped at the end."""
    with ExitStack() as stack:

        def start(assistant: ScriptedAssistant | None = None, page: bool = False, **options: Any) -> TestClient:
            asked, how = assistant or ScriptedAssistant(), ServerOptions(**options)
            app = page_of(how, asked) if page else for_programs(Desk(asked), how)
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield start


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()
