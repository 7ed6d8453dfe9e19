"""The folder of a saved index: locked while it is written, switched to new data in one step.

The data of a build lies in its own sub-folder, ``data-<time>``; ``manifest.json`` beside it names the files.
A build that is interrupted at any point leaves the old manifest, and so the old index, in place.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import DamagedIndexError, IndexingError
from index.files import sync_folder
from index.manifest import FILE_NAME, Manifest, Source, current_data, manifest_text

LOCK_SECONDS = 300.0
_LOCK = ".lock"
_DATA = "data-"
_REMEDY = "Name a folder you can write to: set REPORT_QA_DATA, or pass --data FOLDER."

log = logging.getLogger(__name__)


@contextmanager
def locked(folder: Path, timeout: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the folder's lock, so that two processes never build into one folder at once.

    Args:
        folder: The index folder; made if missing.
        timeout: How long to wait for another process, in seconds.

    Raises:
        IndexingError: If the folder cannot be written or stays locked.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            log.info("Waiting for another process that builds the index in %s.", folder)
            lock.acquire(timeout=timeout)
    except Timeout as exc:
        raise IndexingError(
            f"Another process has kept the index in {folder} locked for {timeout:.0f} s.",
            "Wait for it to end, then try again.",
        ) from exc
    except (OSError, NotImplementedError) as exc:  # filelock raises the latter where a file system has no locks
        raise IndexingError(f"The folder {folder} cannot be written: {exc}.", _REMEDY) from exc
    try:
        yield
    finally:
        lock.release()


def publish(folder: Path, source: Source, write: Callable[[Path], None]) -> None:
    """Write an index into a new sub-folder, flush it, switch the manifest to it, drop the old data.

    The folder's lock must be held.

    Args:
        folder: The index folder.
        source: What the index was made from.
        write: Writes the index's files into the folder that it is given.

    Raises:
        IndexingError: If a file cannot be written.
    """
    data = folder / f"{_DATA}{secrets.token_hex(6)}"
    try:
        _remove_leftovers(folder)
        data.mkdir()
        write(data)
        new_manifest = folder / f"{FILE_NAME}.new"
        new_manifest.write_text(manifest_text(folder, data, source), encoding="utf-8")
        sync_folder(folder)
        os.replace(new_manifest, folder / FILE_NAME)
        sync_folder(folder)
    except (OSError, RuntimeError) as exc:  # FAISS reports a failed write as RuntimeError
        shutil.rmtree(data, ignore_errors=True)
        raise IndexingError(f"The index cannot be saved in {folder}: {exc}.", _REMEDY) from exc
    _remove_leftovers(folder, keep=data.name)


def saved_data(folder: Path, manifest: Manifest) -> Path:
    """Return the sub-folder that a manifest names.

    Raises:
        DamagedIndexError: If it is missing or no sub-folder of the index.
    """
    data = folder / manifest.data
    if not manifest.data.startswith(_DATA) or Path(manifest.data).name != manifest.data or not data.is_dir():
        raise DamagedIndexError(
            f"The index in {folder} lacks its data folder {manifest.data!r}.",
            "Rebuild it: report-qa index --rebuild",
        )
    return data


def _remove_leftovers(folder: Path, keep: str | None = None) -> None:
    """Remove data that no manifest names: of interrupted builds, and of the index before."""
    keep = keep or current_data(folder)
    for path in folder.glob(f"{_DATA}*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)
