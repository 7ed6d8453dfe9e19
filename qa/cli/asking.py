"""Commands that put questions: ``ask``, ``batch``, ``chat``, ``search``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO

import click

from qa.batch import answer_lines
from qa.cli.format import format_answer, format_explanation, format_hits
from qa.settings import Settings


@click.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--explain", is_flag=True, help="Say why this passage, this sentence, this confidence.")
@click.option("--history", multiple=True, metavar="QUESTION", help="An earlier question; repeat, oldest first.")
@click.pass_obj
def ask(settings: Settings, question: str, as_json: bool, explain: bool, history: tuple[str, ...]) -> None:
    """Answer one QUESTION ("-" reads it from standard input)."""
    from qa.assistant import Assistant

    if question == "-":
        question = sys.stdin.read()
    assistant = Assistant.open(settings, show_progress=sys.stderr.isatty())
    answer = assistant.ask(question, history=history)
    explanation = assistant.explain(question, history) if explain and not answer.problem else None
    if as_json:
        data = answer.to_dict() | ({"explanation": explanation.to_dict()} if explanation else {})
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(format_answer(answer))
        if explanation:
            click.echo(f"\n{format_explanation(explanation)}")
    if answer.problem:
        raise SystemExit(1)


@click.command()
@click.argument("source", type=click.File("r", encoding="utf-8"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write; standard output if not given.")
@click.pass_obj
def batch(settings: Settings, source: IO[str], output: Path | None) -> None:
    """Answer a JSON-lines file: SOURCE has {"id", "question", "history"?} per line ("-" is standard input).

    Lines that cannot be read are reported with their number; the others are answered. Exit status 1 if any was bad.
    """
    from qa.assistant import Assistant

    assistant = Assistant.open(settings, show_progress=sys.stderr.isatty())
    lines = source.readlines()
    answered, problems = answer_lines(assistant, lines, show_progress=sys.stderr.isatty())
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in answered)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text)
    for problem in problems:
        click.echo(f"report-qa: line {problem.line}: {problem.reason}", err=True)
    if problems:
        raise SystemExit(1)


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror}") from error


@click.command()
@click.pass_obj
def chat(settings: Settings) -> None:
    """Talk in the terminal; an empty line or Ctrl-D ends it, /new starts over."""
    from qa.assistant import Assistant

    assistant = Assistant.open(settings, show_progress=sys.stderr.isatty())
    conversation = assistant.conversation()
    click.echo(
        f"{assistant.document.metadata.title}. Ask a question; an empty line ends, /new starts over.",
        err=True,
    )
    while True:
        try:
            question = click.prompt("?", prompt_suffix=" ", default="", show_default=False, err=True).strip()
        except (EOFError, click.Abort):
            return
        if not question:
            return
        if question == "/new":
            conversation = assistant.conversation()
            continue
        click.echo(format_answer(conversation.ask(question)))


@click.command()
@click.argument("text")
@click.option("-k", "k", type=click.IntRange(1, 100), default=5, show_default=True, help="How many passages.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
@click.pass_obj
def search(settings: Settings, text: str, k: int, as_json: bool) -> None:
    """List the passages nearest to TEXT."""
    from qa.assistant import Assistant

    hits = Assistant.open(settings, show_progress=sys.stderr.isatty()).search(text, k=k)
    if as_json:
        click.echo(json.dumps([hit.to_dict() for hit in hits], ensure_ascii=False, indent=2))
    else:
        click.echo(format_hits(hits))
