"""Finds and loads reports: bundled ones by id, others by path."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.document import Document, Metadata
from corpus.errors import ReportFormatError, ReportNotFoundError
from corpus.lines import LineKind, read_lines
from corpus.parse import parse_report

DEFAULT_REPORT = "iom-annual-report-2023"
_BUNDLED = Path(__file__).parent / "reports"
_TEXT = "report.md"
_METADATA = "metadata.json"


class _MetadataFile(BaseModel):
    """The metadata file beside a report's text."""

    model_config = ConfigDict(extra="forbid")

    title: str
    citation: str
    body: str
    year: int
    organization: str
    language: str = "en"
    provenance: str
    sha256: str | None = None


def available_reports() -> tuple[str, ...]:
    """Return the ids of the bundled reports."""
    return tuple(sorted(folder.name for folder in _BUNDLED.iterdir() if (folder / _TEXT).is_file()))


def load_report(name_or_path: str | Path = DEFAULT_REPORT) -> Document:
    """Return a report read into a Document.

    Args:
        name_or_path: A bundled report's id, a folder with ``report.md`` (and ``metadata.json``), or a
            Markdown file.

    Raises:
        ReportNotFoundError: If there is no such report, or it cannot be read.
        ReportFormatError: If its text or metadata is malformed.
    """
    path = _find(name_or_path)
    text_path = path / _TEXT if path.is_dir() else path
    source = _read(text_path)
    metadata_path = path / _METADATA
    if path.is_dir() and metadata_path.is_file():
        metadata = _metadata(metadata_path, path.name, source)
    else:
        metadata = _derived(source, path.stem)
    return parse_report(source, metadata)


def _find(name_or_path: str | Path) -> Path:
    bundled = _BUNDLED / str(name_or_path)
    if str(name_or_path) in available_reports():
        return bundled
    path = Path(name_or_path)
    if path.is_file() or (path / _TEXT).is_file():
        return path
    raise ReportNotFoundError(
        f"There is no report {str(name_or_path)!r}.",
        f"Name a bundled report ({', '.join(available_reports())}), a folder with {_TEXT}, or a Markdown file.",
    )


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise ReportFormatError(f"{path.name} is not UTF-8 text", 1, "Save it as UTF-8.") from error
    except OSError as error:
        raise ReportNotFoundError(
            f"The report {path} cannot be read ({error.strerror}).", "Check the file's permissions."
        ) from error


def _metadata(path: Path, report_id: str, source: str) -> Metadata:
    try:
        found = _MetadataFile.model_validate(json.loads(_read(path)))
    except (json.JSONDecodeError, ValidationError) as error:
        raise ReportFormatError(
            f"{path} is not valid metadata: {error}", 1, "See the bundled report's file."
        ) from error
    digest = hashlib.sha256(source.encode("utf-8")).hexdigest()
    if found.sha256 is not None and found.sha256 != digest:
        raise ReportFormatError(
            f"the text of {report_id} is not the one its metadata describes (sha256 {digest[:12]}…)",
            1,
            f"Restore {_TEXT}, or put the new sha256 into {_METADATA}.",
        )
    return Metadata(
        report_id=report_id,
        title=found.title,
        citation=found.citation,
        body=found.body,
        year=found.year,
        organization=found.organization,
        language=found.language,
        provenance=found.provenance,
    )


def _derived(source: str, report_id: str) -> Metadata:
    """Return what the text itself tells: its first heading or bold line, and the year named most often."""
    titles = (line.text for line in read_lines(source) if line.kind in (LineKind.HEADING, LineKind.BOLD))
    title = next(titles, report_id)
    years = [word for word in source.replace(",", " ").split() if word.isdigit() and 1900 <= int(word) <= 2100]
    year = max(sorted(set(years)), key=years.count) if years else "0"
    return Metadata(report_id, title, title, "", int(year), "", "en", "read from a file without metadata")
