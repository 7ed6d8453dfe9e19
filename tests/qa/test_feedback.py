from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FeedbackError
from qa.feedback import COMMENT_LIMIT, Feedback, FeedbackStore, feedback_path


def feedback(**changes: Any) -> Feedback:
    return Feedback(
        **{"verdict": "right", "question": "How many wells?", "answer": {"text": "40 wells [1]"}, **changes}
    )


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "data" / "feedback.sqlite3")


def test_store_gives_back_what_was_added_with_its_number(store: FeedbackStore) -> None:
    given = feedback(
        verdict="wrong place",
        comment="It's in Box 2; DROP TABLE feedback; — 'é'",
        history=("Where?", "When?"),
        settings={"k": 5},
    )
    number = store.add(given)
    (kept,) = store.all()
    assert (kept.id, kept.history, kept.settings, kept.comment) == (number, given.history, {"k": 5}, given.comment)
    assert kept.answer == {"text": "40 wells [1]"}
    assert datetime.fromisoformat(kept.created).tzinfo == UTC


def test_store_without_a_file_is_empty_and_makes_none(store: FeedbackStore) -> None:
    assert store.all() == ()
    assert not store.path.exists()


def test_store_is_private_to_its_owner(store: FeedbackStore) -> None:
    store.add(feedback())
    assert store.path.stat().st_mode & 0o077 == 0


def test_store_many_threads_lose_nothing(store: FeedbackStore) -> None:
    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(lambda n: store.add(feedback(question=f"Question {n}?")), range(200)))
    assert sorted(numbers) == list(range(1, 201))
    assert {kept.question for kept in store.all()} == {f"Question {n}?" for n in range(200)}


def test_store_two_processes_lose_nothing(store: FeedbackStore) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.feedback import Feedback, FeedbackStore\n"
        "for _ in range(50): FeedbackStore(Path(sys.argv[1])).add(Feedback('right', 'q', {}))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(store.path)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert len(store.all()) == 100


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"verdict": "nice"}, "'nice' is no verdict. There are: right, wrong, wrong place, should have refused"),
        ({"question": " "}, "without a question"),
        ({"comment": "x" * (COMMENT_LIMIT + 1)}, "2,001 characters; at most 2,000"),
    ],
)
def test_feedback_that_cannot_be_kept_says_why(changes: dict[str, str], reason: str) -> None:
    with pytest.raises(FeedbackError, match=reason):
        feedback(**changes)


def test_store_answer_that_json_cannot_hold_is_an_error(store: FeedbackStore) -> None:
    with pytest.raises(FeedbackError, match="JSON cannot hold"):
        store.add(feedback(answer={"confidence": float("nan")}))


def test_store_half_a_surrogate_pair_is_replaced(store: FeedbackStore) -> None:
    store.add(feedback(comment="a\ud800"))
    assert store.all()[0].comment == "a?"


def test_store_damaged_file_is_an_error_with_a_remedy(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"no database at all, but long enough to have a header" * 10)
    with pytest.raises(FeedbackError, match="cannot be used: file is not a database.*move it away"):
        store.add(feedback())


def test_store_row_that_is_not_json_is_an_error(store: FeedbackStore) -> None:
    store.add(feedback())
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE feedback SET answer = '{'")
    with pytest.raises(FeedbackError, match="cannot be used"):
        store.all()


def test_store_newer_file_is_an_error(store: FeedbackStore) -> None:
    store.add(feedback())
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version=2")
    with pytest.raises(FeedbackError, match="is of version 2; this program reads 1"):
        store.all()


def test_store_other_programs_file_is_left_as_it_is(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    before = store.path.read_bytes()
    with pytest.raises(FeedbackError, match="is no feedback file"):
        store.add(feedback())
    assert store.path.read_bytes() == before


def test_feedback_path_is_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPORT_QA_DATA", str(tmp_path))
    assert feedback_path() == FeedbackStore().path == tmp_path / "feedback.sqlite3"
