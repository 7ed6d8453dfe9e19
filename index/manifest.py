"""The manifest of a saved index: what it was made from, and the hash of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import DamagedIndexError, IndexNotFoundError, StaleIndexError
from index.embedder import Embedder
from index.files import sha256_of
from index.passage import Passage

FORMAT = 3
FILE_NAME = "manifest.json"
_LIBRARIES = ("bm25s", "faiss-cpu", "llama-index-core", "llama-index-vector-stores-faiss", "pystemmer")
_REBUILD = "Rebuild it: report-qa index --rebuild"


@dataclass(frozen=True)
class Source:
    """What an index depends on; two indexes of equal sources are interchangeable.

    Attributes:
        format: Version of the files' layout and of the tokens.
        report_id: The report.
        report_sha256: Hash of the report's text.
        passages_sha256: Hash of the passages and of every text that was embedded or searched.
        embedder: The model's name.
        embedder_fingerprint: Hash of its weights.
        dimensions: Length of its vectors.
        sentence_views: The sentence vectors that were made.
        libraries: Versions of the libraries whose files these are.
    """

    format: int
    report_id: str
    report_sha256: str
    passages_sha256: str
    embedder: str
    embedder_fingerprint: str
    dimensions: int
    sentence_views: tuple[str, ...]
    libraries: dict[str, str]

    @classmethod
    def of(
        cls,
        document: Document,
        passages: Sequence[Passage],
        texts: Mapping[str, Sequence[str]],
        sentence_views: tuple[str, ...],
        embedder: Embedder,
    ) -> Source:
        """Return what an index of this report by this model would depend on.

        Args:
            document: The report.
            passages: Its passages.
            texts: The texts to embed and search, by view.
            sentence_views: Which of these are of sentences.
            embedder: The model.
        """
        spans = [(item.passage_id, [(part.start, part.end) for part in item.sentences]) for item in passages]
        return cls(
            format=FORMAT,
            report_id=document.doc_id,
            report_sha256=_hash(document.source),
            passages_sha256=_hash(json.dumps([spans, {key: list(value) for key, value in texts.items()}])),
            embedder=embedder.name,
            embedder_fingerprint=embedder.fingerprint,
            dimensions=embedder.dimensions,
            sentence_views=sentence_views,
            libraries={name: version(name) for name in _LIBRARIES},
        )


_REASONS = {
    "format": "was saved by another version of this program",
    "report_id": "is of another report",
    "report_sha256": "was made from another text of the report",
    "passages_sha256": "was made from other passages",
    "embedder": "was made with another embedder",
    "embedder_fingerprint": "was made with other weights of the embedder",
    "dimensions": "holds vectors of another length",
    "sentence_views": "holds other sentence vectors",
    "libraries": "was saved by other versions of its libraries",
}


@dataclass(frozen=True)
class Manifest:
    """The manifest as read.

    Attributes:
        source: What the index was made from.
        data: Name of the sub-folder with the files.
        files: The sha256 of every file, by its path in the folder.
        created: When it was made (ISO 8601, UTC); part of no id.
    """

    source: Source
    data: str
    files: dict[str, str]
    created: str


def manifest_text(folder: Path, data: Path, source: Source) -> str:
    """Return the manifest of an index whose files are complete in ``data``, below ``folder``."""
    files = {path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(data.rglob("*")) if path.is_file()}
    created = datetime.now(UTC).isoformat(timespec="seconds")
    content = {"source": asdict(source), "data": data.name, "files": files, "created": created}
    return json.dumps(content, indent=2)


def current_data(folder: Path) -> str | None:
    """Return the name of the data folder in use, of whatever format; ``None`` without a manifest."""
    try:
        name = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["data"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(name)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an index folder.

    Raises:
        IndexNotFoundError: If there is no index.
        DamagedIndexError: If it cannot be read.
        StaleIndexError: If another version of this program wrote it.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        if any(folder.glob("data-*")):
            raise DamagedIndexError(f"The index in {folder} has no {FILE_NAME}.", _REBUILD)
        raise IndexNotFoundError(f"There is no index in {folder}.", "Build it: report-qa index")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found_format = data["source"]["format"]
        if found_format == FORMAT:
            return _parsed(data)
    except (ValueError, KeyError, TypeError, OSError) as exc:
        raise DamagedIndexError(f"{path} cannot be read: {exc!r}.", _REBUILD) from exc
    raise StaleIndexError(f"The index in {folder} has format {found_format}, not {FORMAT}.", _REBUILD)


def _parsed(data: dict[str, Any]) -> Manifest:
    raw = {field.name: data["source"][field.name] for field in fields(Source)}
    raw["sentence_views"] = tuple(raw["sentence_views"])
    return Manifest(Source(**raw), str(data["data"]), dict(data["files"]), str(data["created"]))


def check_source(folder: Path, found: Source, wanted: Source) -> None:
    """Compare what an index was made from with what is wanted.

    Raises:
        StaleIndexError: If they differ; names the first difference and both values.
    """
    for name, reason in _REASONS.items():
        old, new = getattr(found, name), getattr(wanted, name)
        if old != new:
            raise StaleIndexError(f"The index in {folder} {reason} ({_short(old)}, not {_short(new)}).", _REBUILD)


def check_files(folder: Path, files: Mapping[str, str]) -> None:
    """Compare the files of an index with the manifest.

    Raises:
        DamagedIndexError: If one is missing or altered.
    """
    for name, wanted in files.items():
        path = folder / name
        if not path.is_file():
            raise DamagedIndexError(f"The index in {folder} lacks its file {name}.", _REBUILD)
        if sha256_of(path) != wanted:
            raise DamagedIndexError(f"The file {path} of the index was altered.", _REBUILD)


def _short(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= 40 else f"{text[:40]}..."


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
