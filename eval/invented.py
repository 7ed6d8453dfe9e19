"""Invented reports: of the same form, about other organizations, each with questions and their near twins as traps.

The questions of a report were written by a language model together with it; for most there is another, as alike as
can be, that the report does not answer. Most reports are for training the reader (``eval/training.py``); some, which it
has not seen, are for fitting the confidence (``eval/fitting.py``), and some are kept for checking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from corpus.loading import load_report
from eval.measures import proportion
from eval.runs import Result, Run, run_samples
from eval.samples import Sample, load_samples
from eval.summary import format_summary, summarize
from qa import Assistant
from qa.settings import Settings

PARTS = ("training", "fitting", "checking")
_QUESTIONS, _EVERYDAY, _TRANSLATED = "questions.jsonl", "everyday.jsonl", "*.??.jsonl"
_TRAP = "trap: "


def invented_reports(part: str) -> tuple[Path, ...]:
    """Return the folders of the invented reports of one of ``PARTS``, by name."""
    folder = Path(str(resources.files("eval"))) / "reports" / part
    return tuple(sorted(path for path in folder.iterdir() if any(path.glob("*.jsonl"))))


def questions_of(report: Path) -> tuple[Sample, ...]:
    """Return the questions of an invented report, in English: near twins, then those in everyday words."""
    return (*near_twins_of(report), *everyday_questions_of(report))


def near_twins_of(report: Path) -> tuple[Sample, ...]:
    """Return the questions most of which have a trap as alike as can be; none of the reports written as real ones."""
    return _asked(report / _QUESTIONS)


def everyday_questions_of(report: Path) -> tuple[Sample, ...]:
    """Return the questions in the words of people who have not got the text before them; none of an encyclopedia."""
    return _asked(report / _EVERYDAY)


def _asked(path: Path) -> tuple[Sample, ...]:
    return load_samples([path]) if path.is_file() else ()


def translated_questions_of(report: Path) -> tuple[Sample, ...]:
    """Return the same questions in the other languages that somebody has put them into; none of most reports."""
    files = sorted(report.glob(_TRANSLATED))
    return load_samples(files) if files else ()


def trap_kind(note: str) -> str:
    """Return the kind of a trap from its sample's note; empty for a question that is answered."""
    return note.removeprefix(_TRAP).partition(", ")[0] if note.startswith(_TRAP) else ""


def passage_asked_of(sample: Sample) -> str:
    """Return the place of the passage that a question was written for, whether it answers or not."""
    return sample.refs[0][0] if sample.refs else sample.note.rpartition(", ")[2]


def run_invented(part: str, settings: Settings, name: str, limit: int = 0, show_progress: bool = False) -> Run:
    """Return one run over the questions of several reports, each asked of an assistant that has its report.

    Args:
        part: One of ``PARTS``.
        settings: How questions are answered.
        name: The run's name.
        limit: Questions of each report, from its beginning; 0 for all.
        show_progress: Show a progress bar for each report.
    """
    runs = []
    for folder in invented_reports(part):
        assistant = Assistant.from_document(load_report(folder), settings)
        samples = questions_of(folder)
        runs.append(run_samples(assistant, samples[:limit] if limit else samples, name, show_progress))
    results = tuple(result for run in runs for result in run.results)
    provenance = {
        **runs[0].provenance,
        "reports": [str(run.provenance["report"]) for run in runs],
        "questions": len(results),
        "seconds": round(sum(run.provenance["seconds"] for run in runs), 1),
    }
    return replace(runs[0], provenance=provenance, results=results)


def format_invented(run: Run) -> str:
    """Return the summary of a run, and how many traps of each kind were refused."""
    lines = [format_summary(run, summarize(run.results)), "", "| traps | refused | 95 % | n |", "|---|---|---|---|"]
    for kind in sorted({trap_kind(result.note) for result in run.results} - {""}):
        lines.append(_row(kind, [result for result in run.results if trap_kind(result.note) == kind]))
    return "\n".join(lines)


def _row(kind: str, results: Sequence[Result]) -> str:
    share = proportion(sum(result.right for result in results), len(results))
    return f"| {kind} | {share.value:.2f} | {share.low:.2f}–{share.high:.2f} | {share.n} |"
