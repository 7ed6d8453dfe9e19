"""The command as it is run: its log, its warnings, its stop."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest

from ui.cli import _hosts, _root

ROOT = Path(__file__).parents[3]
QUESTION = "How many people did the WASH programmes reach?"
MAIN = "from qa.cli import main; main()"


def post(url: str, path: str, body: object) -> Any:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    assert response.status == 200, answer
    return answer


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MAIN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


@pytest.mark.integration
def test_served_report_answers_logs_json_lines_without_the_question_and_stops_in_order(
    start_server: Callable[..., Any],
) -> None:
    server = start_server(
        "-c", "from ui.cli import serve; serve()", "--port", "0", "--root-path", "report", seconds=180
    )
    url = server.url
    assert post(url, "/api/ask", {"question": QUESTION})["citations"][0]["ref"] == "para:14"
    assert post(url, "/report/api/search", {"query": QUESTION, "k": 2})["hits"][0]["ref"] == "para:14"
    assert server.stop(signal.SIGTERM) == 0
    lines = [json.loads(line) for line in server.output.splitlines()]
    paths = [(line["path"], line["status"], line["kind"]) for line in lines if "path" in line]
    assert paths == [("/api/ask", 200, "passage"), ("/api/search", 200, "search")]
    assert lines[-1]["message"] == "Stopped."
    assert not [line for line in lines if line["level"] != "info"]
    assert "WASH" not in server.output


def test_address_that_others_reach_without_sign_in_is_warned_about() -> None:
    done = run("--report", "no-such-report", "serve", "--host", "0.0.0.0", "--port", "0")
    warning = json.loads(done.stderr.splitlines()[0])
    assert warning["level"] == "warning"
    assert "there is no sign-in" in warning["message"]
    assert done.returncode == 1


def test_own_address_is_not_warned_about() -> None:
    done = run("--report", "no-such-report", "serve", "--port", "0")
    assert "sign-in" not in done.stderr
    assert "no-such-report" in done.stderr


def test_auth_file_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    done = run("serve", "--port", "0", "--auth-file", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "report-qa add-user" in done.stderr
    assert "Preparing" not in done.stderr


@pytest.mark.parametrize(
    ("host", "root", "allowed", "expected"),
    [
        ("127.0.0.1", "", (), ("127.0.0.1", "localhost", "::1")),
        ("localhost", "", ("Report.Example",), ("127.0.0.1", "localhost", "::1", "report.example")),
        ("127.0.0.1", "/report", (), ()),
        ("0.0.0.0", "", (), ()),
        ("0.0.0.0", "", ("report.example",), ("127.0.0.1", "localhost", "::1", "0.0.0.0", "report.example")),
    ],
)
def test_hosts_are_this_machines_unless_a_proxy_or_others_come(
    host: str, root: str, allowed: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert _hosts(host, root, allowed) == expected


@pytest.mark.parametrize(("given", "expected"), [("", ""), ("/", ""), ("report", "/report"), ("/a/b/", "/a/b")])
def test_root_path_is_brought_into_one_form(given: str, expected: str) -> None:
    assert _root(given) == expected


def test_every_registered_command_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    registered = project["entry-points"]["report_qa.commands"]
    assert {"serve", "add-user", "mcp", "eval"} <= set(registered)
    for name, target in registered.items():
        module, attribute = target.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        assert command.name == name
