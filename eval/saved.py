"""Runs as JSON files; runs saved by earlier versions still load."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import EvaluationError
from eval.runs import Result, Run

FORMAT = 2


def save_run(run: Run, folder: Path) -> Path:
    """Write a run as JSON and return its path; never writes over another run.

    Raises:
        EvaluationError: If the folder cannot be written to.
    """
    stamp = re.sub(r"[-:]|\+00:00", "", run.created)
    stem = f"{stamp}-{re.sub(r'[^A-Za-z0-9._-]+', '-', run.name).strip('-.') or 'run'}"
    text = json.dumps({"format": FORMAT, **asdict(run)}, ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.json"
            try:
                with path.open("x", encoding="utf-8") as file:
                    file.write(text + "\n")
            except FileExistsError:
                continue
            return path
    except OSError as error:
        message = f"The run cannot be saved in {folder}: {error.strerror}."
        raise EvaluationError(message, "Name a folder with --output.") from error
    raise EvaluationError(f"There are too many runs named {stem} in {folder}.", "Choose another --name.")


def load_run(path: Path) -> Run:
    """Return a saved run, of this format or an earlier one.

    Raises:
        EvaluationError: If the file is missing, no run, or of a newer format.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        number = data["format"]
        if number not in _READERS:
            known = ", ".join(str(known) for known in _READERS)
            message = f"{path.name} is a run of format {number!r}; this version reads {known}."
            raise EvaluationError(message, "Update report-qa, or make the run again.")
        results = tuple(_result(_READERS[number](found)) for found in data["results"])
        return Run(data["name"], data["created"], data["provenance"], results)
    except OSError as error:
        message = f"The run {path} cannot be read: {error.strerror}."
        raise EvaluationError(message, "Make one with: report-qa eval run") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} is not a saved run ({error!r})."
        raise EvaluationError(message, "Make one with: report-qa eval run") from error


def _result(data: dict[str, Any]) -> Result:
    lists = ("retrieved", "reasons", "history", "citations")
    tuples: dict[str, Any] = {name: tuple(data[name]) for name in lists if name in data}
    return Result(**{**data, **tuples, "refs": tuple(tuple(group) for group in data["refs"])})


def _from_first(data: dict[str, Any]) -> dict[str, Any]:
    """Format 1 said only whether all quotes were true, and had no strict score."""
    kept = {name: value for name, value in data.items() if name != "quotes_true"}
    problems = [] if data["quotes_true"] else ["not said (run of format 1)"]
    return {**kept, "citations": problems}


_READERS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_first, 2: dict}
