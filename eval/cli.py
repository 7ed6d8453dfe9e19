"""``report-qa eval``: run, compare, failures, invented, squad, tatqa, bench, load, from-feedback."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from corpus.errors import EvaluationError
from qa.settings import Settings


@click.group(name="eval")
def eval_group() -> None:
    """Measure how good the answers are."""


@eval_group.command()
@click.option(
    "--questions", multiple=True, type=click.Path(path_type=Path), help="A question set; repeat. All shipped."
)
@click.option("--types", help="Only these types, with commas between.")
@click.option("--name", default="run", show_default=True, help="The run's name.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("runs"), show_default=True, help="Folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
@click.pass_obj
def run(
    settings: Settings, questions: tuple[Path, ...], types: str | None, name: str, output: Path, as_json: bool
) -> None:
    """Ask a question set, judge the answers, save the run, print the measures."""
    from eval.runs import run_samples, save_run
    from eval.samples import load_samples, shipped_sets
    from eval.summary import format_summary, summarize, to_dict
    from qa import Assistant

    samples = load_samples(questions or shipped_sets())
    if types:
        wanted = {kind.strip() for kind in types.split(",")}
        unknown = wanted - {sample.kind for sample in samples}
        if unknown:
            kinds = ", ".join(sorted({sample.kind for sample in samples}))
            raise EvaluationError(f"No questions of type {', '.join(sorted(unknown))}.", f"There are: {kinds}.")
        samples = tuple(sample for sample in samples if sample.kind in wanted)
    bar = sys.stderr.isatty()
    made = run_samples(Assistant.open(settings, show_progress=bar), samples, name, show_progress=bar)
    path = save_run(made, output)
    summary = summarize(made.results)
    click.echo(json.dumps(to_dict(summary), indent=2) if as_json else format_summary(made, summary))
    click.echo(f"Saved as {path}", err=True)


@eval_group.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
def compare(first: Path, second: Path) -> None:
    """Pair two saved runs: what got better, what worse, and whether it is more than chance."""
    from eval.runs import load_run
    from eval.summary import format_comparison

    click.echo(format_comparison(load_run(first), load_run(second)))


@eval_group.command()
@click.argument("saved", type=click.Path(path_type=Path))
@click.option("--type", "kind", help="Only one type of question.")
@click.option("--limit", type=click.IntRange(min=1), default=1000, help="Show at most so many.")
def failures(saved: Path, kind: str | None, limit: int) -> None:
    """Show a saved run's wrong answers one by one, with what was retrieved."""
    from eval.runs import load_run
    from eval.summary import format_failures

    wrong = [found for found in load_run(saved).results if not found.right and kind in (None, found.kind)]
    click.echo(format_failures(wrong[:limit]))


@eval_group.command()
@click.option("--data", required=True, type=click.Path(path_type=Path), help="SQuAD 1.1 or 2.0 JSON.")
@click.option("--articles", type=click.Choice(["all", "first", "second"]), default="all", show_default=True)
@click.option("--sample", "size", default=0, help="Ask only so many questions, chosen by --seed.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the score as JSON.")
@click.pass_obj
def squad(settings: Settings, data: Path, articles: str, size: int, seed: int, as_json: bool) -> None:
    """Put somebody else's questions through the same pipeline."""
    from eval.squad import format_squad, load_squad, sampled, score_squad
    from qa import Assistant

    found = load_squad(data, articles)
    bar = sys.stderr.isatty()
    assistant = Assistant.from_document(found.document, settings, show_progress=bar)
    score = score_squad(assistant, sampled(found.questions, size, seed), show_progress=bar)
    click.echo(json.dumps(asdict(score), indent=2) if as_json else format_squad(score))


@eval_group.command()
@click.option("--part", type=click.Choice(["training", "fitting", "checking"]), default="checking", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=0, help="Only so many questions of each report.")
@click.option("--name", default="invented", show_default=True, help="The run's name.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("runs"), show_default=True, help="Folder.")
@click.pass_obj
def invented(settings: Settings, part: str, limit: int, name: str, output: Path) -> None:
    """Ask the invented reports their questions, most of which have a trap for a twin.

    The reader was trained on one part of the reports, confidence fitted on another; one is kept for checking.
    """
    from eval.invented import format_invented, run_invented
    from eval.runs import save_run

    made = run_invented(part, settings, name, limit, show_progress=sys.stderr.isatty())
    path = save_run(made, output)
    click.echo(format_invented(made))
    click.echo(f"Saved as {path}", err=True)


@eval_group.command()
@click.option("--data", required=True, type=click.Path(path_type=Path), help="TAT-QA JSON, the official format.")
@click.option("--json", "as_json", is_flag=True, help="Print the score as JSON.")
@click.pass_obj
def tatqa(settings: Settings, data: Path, as_json: bool) -> None:
    """Put questions about other people's tables through the table engine and the reader."""
    from eval.tatqa import format_tatqa, load_tatqa, score_tatqa, tatqa_dict
    from index.embedders import open_embedder

    contexts = load_tatqa(data)
    found = score_tatqa(contexts, open_embedder(settings.embedder), show_progress=sys.stderr.isatty())
    click.echo(json.dumps(tatqa_dict(found), indent=2) if as_json else format_tatqa(found))


@eval_group.command()
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as JSON.")
@click.option("--processes", type=click.IntRange(1, 50), default=5, show_default=True, help="Fresh processes.")
def bench(as_json: bool, processes: int) -> None:
    """Measure build, load, first and warm answers, and memory on this machine."""
    from eval.bench import bench_dict, format_bench, measure

    found = measure(processes)
    click.echo(json.dumps(bench_dict(found), indent=2) if as_json else format_bench(found))


@eval_group.command("from-feedback")
@click.option("--db", type=click.Path(path_type=Path), help="The feedback file. The one that serve writes.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The question set to write. Standard output.")
@click.pass_obj
def from_feedback(settings: Settings, db: Path | None, output: Path | None) -> None:
    """Turn what people said about answers into a question set.

    Answers found right, and refusals asked for, become samples. Wrong answers lack a gold answer: with -o OUT.jsonl
    they go into OUT.needs-gold.jsonl, for a person to complete.
    """
    from eval.from_feedback import converted
    from eval.samples import save_samples, to_line
    from qa.feedback import FeedbackStore, feedback_path

    store = FeedbackStore(db or feedback_path(settings.data))
    found = converted(store.all())
    if not (found.gold or found.to_complete):
        raise EvaluationError(f"No feedback in {store.path}.", "Name the file with --db.")
    count = f"{len(found.gold)} samples, {len(found.to_complete)} need a gold answer"
    if output is None:
        click.echo("".join(f"{to_line(sample)}\n" for sample in found.gold), nl=False)
        click.echo(f"{count} (write them with -o).", err=True)
        return
    beside = output.with_name(f"{output.stem}.needs-gold{output.suffix}")
    if found.to_complete and beside.exists():
        # It may hold what a person has filled in since.
        raise EvaluationError(
            f"{beside} is already there.", "Finish it and move it away, or give another path with -o."
        )
    written = {path: samples for path, samples in ((output, found.gold), (beside, found.to_complete)) if samples}
    for path, samples in written.items():
        save_samples(samples, path)
    click.echo(f"{count}: {', '.join(map(str, written))}", err=True)


@eval_group.command()
@click.option("--url", required=True, help="A running server on this machine, such as http://127.0.0.1:7860.")
@click.option("--people", type=click.IntRange(1, 50), default=20, show_default=True, help="How many ask at once.")
@click.option("--questions", type=click.IntRange(1, 50), default=10, show_default=True, help="Questions a person.")
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as JSON.")
def load(url: str, people: int, questions: int, as_json: bool) -> None:
    """Ask a running server from many threads; exit status 1 on an error or a mixed-up conversation."""
    from eval.load import format_load, load_dict, measure_load
    from eval.samples import load_samples, shipped_sets

    openers = [sample.question for sample in load_samples(shipped_sets()) if not sample.history]
    found = measure_load(url, list(dict.fromkeys(openers)), people, questions)
    click.echo(json.dumps(load_dict(found), indent=2) if as_json else format_load(found))
    if found.errors or found.mixed:
        raise SystemExit(1)
