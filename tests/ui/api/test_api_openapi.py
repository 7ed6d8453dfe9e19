"""The OpenAPI document is valid, describes the programs' paths only, and no request that fits it breaks the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, seed, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

UNLIMITED = """
from ui.api.desk import Desk
from ui.api.options import ServerOptions
from ui.server import address, bind, for_programs, run
from ui.testing import ScriptedAssistant

with bind("127.0.0.1", 0) as listener:
    print(address(listener), flush=True)
    run(for_programs(Desk(ScriptedAssistant()), ServerOptions(rate=0)), listener)
"""


@pytest.fixture(scope="module")
def described(start_server: Callable[..., Any]) -> Any:
    """The description that a running server gives of itself."""
    return schemathesis.openapi.from_url(f"{start_server('-c', UNLIMITED).url}/api/openapi.json", wait_for_schema=20)


def test_document_is_valid_openapi_3(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.")


def test_document_describes_the_paths_for_programs_and_no_other(client: TestClient) -> None:
    assert sorted(client.get("/api/openapi.json").json()["paths"]) == [
        "/api/ask",
        "/api/health",
        "/api/ready",
        "/api/report/{ref}",
        "/api/search",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{name}",
    ]


@pytest.mark.parametrize("path", ["/openapi.json", "/docs", "/redoc"])
def test_no_other_description_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_generated_requests_get_described_answers_and_no_500(described: Any, mode: GenerationMode) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 8
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and operation.method != "post":
            continue  # without a body there is nothing to get wrong

        @seed(5)
        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def accepted_or_described(case: schemathesis.Case) -> None:
            # A schema cannot say all: a question may be too long, a chat may have no message of the user.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        accepted_or_described()
