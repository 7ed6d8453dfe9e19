"""The made-up report, its scripted assistant, and a browser on a running server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from ui.testing import ScriptedAssistant

ROOT = Path(__file__).parents[2]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)


@pytest.fixture
def assistant() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def report(assistant: ScriptedAssistant) -> Document:
    return assistant.document


class Served:
    """A server in a process of its own.

    Args:
        command: Arguments of the Python interpreter.
        log: Where its output goes.
        seconds: How long it may take to start.
    """

    def __init__(self, command: list[str], log: Path, seconds: float) -> None:
        self._log = log
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, *command], stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, env=_environment()
            )
        try:
            self.url = self._wait(seconds)
        except BaseException:
            self.process.kill()
            raise

    def _wait(self, seconds: float) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = re.search(r"http://\S+", self.output)
            if found:
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"the server did not start:\n{self.output}")

    @property
    def output(self) -> str:
        return self._log.read_text()

    def stop(self, signal: int) -> int:
        self.process.send_signal(signal)
        return self.process.wait(timeout=20)


def _environment() -> dict[str, str]:
    """Return the environment without proxies: the browser and the server talk on this machine only."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Starts servers, each from arguments of the Python interpreter; all are stopped at the end."""
    started: list[Served] = []

    def start(*command: str, seconds: float = 60) -> Served:
        started.append(Served(list(command), tmp_path_factory.mktemp("server") / "log", seconds))
        return started[-1]

    yield start
    for server in started:
        server.process.kill()
        server.process.wait()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the scripted server keeps feedback."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def scripted_server(start_server: Callable[..., Served], kept: Path) -> Served:
    return start_server("-m", "ui.testing", str(kept))


@pytest.fixture(scope="session")
def real_server(start_server: Callable[..., Served]) -> Served:
    return start_server("-c", "from ui.cli import serve; serve()", "--port", "0", seconds=180)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; a machine without it fails here, so that the tests are never skipped unseen."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail(
            "The browser tests need Chromium: sudo apt-get install chromium, or set CHROMIUM to its path. "
            "To leave them out: pytest -m 'not browser'."
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


class Visit:
    """A visitor's page: what it asks for and what it shows.

    Args:
        browser: The browser.
        url: The server's address.
        options: Playwright's options of a browser context.
    """

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": DESKTOP, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.failed: list[str] = []
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", self._received)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", self._interrupted)
        self.open(url)

    def open(self, url: str) -> None:
        """Go to an address and wait until the page's script is ready."""
        self.page.goto(url)
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def _received(self, reply: Any) -> None:
        if reply.status >= 400:
            self.failed.append(reply.url)

    def _interrupted(self, dialog: Any) -> None:
        """A dialog means that text was run as a script."""
        self.troubles.append(dialog.message)
        dialog.dismiss()

    def ask(self, question: str) -> Any:
        """Type a question, wait for its turn and return it."""
        count = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(f"#turn-{count + 1}")
        turn.locator(".reply:not(.pending)").wait_for()
        return turn

    def wait_for_turn(self, number: int) -> Any:
        """Wait for an answered turn and return it."""
        turn = self.page.locator(f"#turn-{number}[data-state=done]")
        turn.wait_for()
        return turn

    def faults(self) -> list[str]:
        """Return the serious and critical faults that axe-core finds on the page as it is."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]

    def picture(self, path: Path) -> None:
        """Take a screenshot once movement has ended."""
        self.page.wait_for_timeout(500)
        self.page.screenshot(path=path)


@pytest.fixture
def visit(browser: Any, scripted_server: Served) -> Iterator[Visit]:
    """A visit to the page on the scripted assistant; what went wrong in its scripts fails the test."""
    visit = Visit(browser, scripted_server.url)
    yield visit
    visit.context.close()
    assert visit.troubles == []


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """The folder for screenshots, outside version control."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder
