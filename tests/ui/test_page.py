"""Turns, handlers, the port and the command."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from qa.answer import Answer
from ui.cli import serve
from ui.server import PortError, address, bind
from ui.testing import ScriptedAssistant
from ui.turn import Turn, history, take


class Broken(ScriptedAssistant):
    def ask(self, question: str, history: object = ()) -> Answer:
        raise RuntimeError("secret detail")


def test_take_earlier_questions_are_the_history(assistant: ScriptedAssistant) -> None:
    first = take(assistant, "How many passengers?", ())
    take(assistant, "and the storm?", (first,))
    assert assistant.histories == [(), ("How many passengers?",)]


def test_history_leaves_out_questions_that_failed(assistant: ScriptedAssistant) -> None:
    answered = take(assistant, "passengers", ())
    assert history((answered, Turn("x", failure="no"), Turn("y"))) == ("passengers",)


def test_take_words_to_be_searched_stand_alone_and_are_what_later_questions_lean_on(
    assistant: ScriptedAssistant,
) -> None:
    first = take(assistant, "passengers", ())
    turn = take(assistant, "and then?", (first,), search="What happened in the storm?")
    assert assistant.histories[-1] == ()
    assert turn.answer is not None
    assert (turn.answer.question, turn.answer.searched) == ("and then?", "What happened in the storm?")
    assert history((first, turn)) == ("passengers", "What happened in the storm?")


def test_take_known_error_becomes_message_and_remedy(assistant: ScriptedAssistant) -> None:
    turn = take(assistant, "x" * 10_000, ())
    assert turn.failure == "The question has 10,000 characters; at most 2,000 are read."
    assert turn.remedy == "Shorten it."


def test_take_unknown_error_is_logged_and_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        turn = take(Broken(), "Why?", ())
    assert "secret" not in turn.failure + turn.remedy
    assert "secret detail" in caplog.text


def test_bind_free_port_gives_an_address_to_open() -> None:
    with bind("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_bind_taken_port_names_a_free_one() -> None:
    with bind("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortError, match=f"Cannot listen on 127.0.0.1:{port}.*add --port") as caught:
            bind("127.0.0.1", port)
    assert caught.value.remedy.startswith("Port ")


def test_bind_foreign_address_says_what_to_try() -> None:
    with pytest.raises(PortError, match="Try --host"):
        bind("no.such.host.invalid", 0)


def test_serve_help_shows_the_safe_default() -> None:
    result = CliRunner().invoke(serve, ["--help"])
    assert result.exit_code == 0
    assert "127.0.0.1" in result.output


def test_serve_taken_port_stops_before_anything_is_loaded() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(serve, ["--port", str(taken.getsockname()[1])])
    assert isinstance(result.exception, PortError)


def test_import_of_the_room_loads_no_heavy_library_and_changes_no_environment() -> None:
    code = (
        "import os, sys; before = dict(os.environ); import ui.cli, ui.page, ui.server, ui.examples;"
        "heavy = {'gradio', 'torch', 'faiss', 'llama_index', 'numpy'} & set(sys.modules);"
        "sys.exit(f'{heavy}' if heavy or before != dict(os.environ) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
