"""What people say about answers, kept in an SQLite file.

The file is of use to two rooms: the chat page writes it, the evaluation turns it into samples.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import FeedbackError

COMMENT_LIMIT = 2000
SCHEMA_VERSION = 1
FILE_NAME = "feedback.sqlite3"

# "RQAf": tells a feedback file from other programs' SQLite files.
_APPLICATION_ID = 0x52514166
_WAIT_SECONDS = 10.0
_COLUMNS = "verdict, comment, question, history, answer, settings, created"
_SCHEMA = """
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    verdict TEXT NOT NULL,
    comment TEXT NOT NULL,
    question TEXT NOT NULL,
    history TEXT NOT NULL,
    answer TEXT NOT NULL,
    settings TEXT NOT NULL,
    created TEXT NOT NULL
)
"""


class Verdict(StrEnum):
    """What a person says about an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    WRONG_PLACE = "wrong place"
    SHOULD_HAVE_REFUSED = "should have refused"


@dataclass(frozen=True)
class Feedback:
    """One person's word on one answer.

    Attributes:
        verdict: One of the four verdicts.
        comment: What the person adds, at most ``COMMENT_LIMIT`` characters.
        question: The question as asked.
        history: The earlier questions, oldest first.
        answer: The answer as JSON-ready data (``Answer.to_dict()``).
        settings: The settings it was made with, as JSON-ready data.
        created: When it was given, UTC in ISO 8601; now by default.
        id: Its number in the store, from 1; 0 until it is stored.

    Raises:
        FeedbackError: If the verdict is none of the four, the question is empty or the comment is too long.
    """

    verdict: str
    question: str
    answer: Mapping[str, Any]
    comment: str = ""
    history: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    id: int = 0

    def __post_init__(self) -> None:
        if self.verdict not in set(Verdict):
            raise FeedbackError(f"{self.verdict!r} is no verdict.", f"There are: {', '.join(Verdict)}.")
        if not self.question.strip():
            raise FeedbackError("Feedback without a question.", "Give the question that was answered.")
        if len(self.comment) > COMMENT_LIMIT:
            raise FeedbackError(
                f"The comment has {len(self.comment):,} characters; at most {COMMENT_LIMIT:,} are kept.", "Shorten it."
            )


def feedback_path(data: Path | None = None) -> Path:
    """Return where feedback is kept: in the folder given, ``REPORT_QA_DATA``, or the user's data folder."""
    from index.store import data_folder

    return data_folder(data) / FILE_NAME


class FeedbackStore:
    """Feedback in an SQLite file, which the first ``add`` creates; threads and processes may share it.

    Args:
        path: The file, by default ``feedback_path()``.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or feedback_path()

    def add(self, feedback: Feedback) -> int:
        """Store feedback and return its number.

        Raises:
            FeedbackError: If the file cannot be written, is damaged, or is not this program's.
        """
        row = (
            str(feedback.verdict),
            _storable(feedback.comment),
            _storable(feedback.question),
            *(_dumped(value) for value in (feedback.history, feedback.answer, feedback.settings)),
            feedback.created,
        )
        with self._opened() as connection, connection:
            stored = connection.execute(f"INSERT INTO feedback ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            return int(stored.lastrowid or 0)

    def all(self) -> tuple[Feedback, ...]:
        """Return all feedback, oldest first; none where there is no file yet.

        Raises:
            FeedbackError: If the file cannot be read, is damaged, or is not this program's.
        """
        if not self.path.exists():
            return ()
        with self._opened() as connection:
            rows = connection.execute(f"SELECT id, {_COLUMNS} FROM feedback ORDER BY id").fetchall()
            return tuple(map(_loaded, rows))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give a connection of its own to each call: SQLite's may not be shared between threads."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # What people wrote is for their own eyes, and whoever runs this.
            self.path.touch(mode=0o600)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS)) as connection:
                self._prepare(connection)
                yield connection
        except (sqlite3.Error, ValueError, TypeError, OSError) as error:
            raise FeedbackError(
                f"The feedback file {self.path} cannot be used: {error}.",
                "If it is damaged, move it away; a new one is made with the next feedback.",
            ) from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the table in a new file, and check that an old one is of this program and version."""
        if _is_new(connection):
            with connection:
                # The lock is taken before looking again, so that two first calls do not both make the table.
                connection.execute("BEGIN IMMEDIATE")
                if _is_new(connection):
                    connection.execute(_SCHEMA)
                    connection.execute(f"PRAGMA application_id={_APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        if _value(connection, "PRAGMA application_id") != _APPLICATION_ID:
            raise FeedbackError(f"{self.path} is no feedback file.", "Give another path.")
        version = _value(connection, "PRAGMA user_version")
        if version > SCHEMA_VERSION:
            raise FeedbackError(
                f"The feedback file {self.path} is of version {version}; this program reads {SCHEMA_VERSION}.",
                "Update report-qa.",
            )


def _is_new(connection: sqlite3.Connection) -> bool:
    return not _value(connection, "SELECT count(*) FROM sqlite_master")


def _value(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _storable(text: str) -> str:
    """Return text that UTF-8 can hold: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _dumped(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise FeedbackError(f"Feedback that JSON cannot hold: {error}.", "Give JSON-ready data.") from error


def _loaded(row: tuple[Any, ...]) -> Feedback:
    number, verdict, comment, question, history, answer, settings, created = row
    return Feedback(
        verdict=verdict,
        comment=comment,
        question=question,
        history=tuple(json.loads(history)),
        answer=json.loads(answer),
        settings=json.loads(settings),
        created=created,
        id=number,
    )
