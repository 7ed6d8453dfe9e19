"""The file of users and the command that writes it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from ui.api.users import AuthFileError, credentials, hashed, load_users, save_user
from ui.cli import add_user


def test_saved_user_signs_in_and_the_file_holds_no_password(tmp_path: Path) -> None:
    path = tmp_path / "users"
    assert save_user(path, "ana", "correct horse")
    assert load_users(path).check("Bearer ana:correct horse") == "ana"
    assert "correct" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_saved_again_has_the_new_password_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "users"
    save_user(path, "ana", "first password")
    save_user(path, "bo", "bo's password")
    assert not save_user(path, "ana", "second password")
    users = load_users(path)
    assert len(users) == 2
    assert users.check("Bearer ana:first password") is None
    assert users.check("Bearer ana:second password") == "ana"
    assert users.check("Bearer bo:bo's password") == "bo"


def test_checked_header_is_remembered_and_a_wrong_one_is_not(tmp_path: Path) -> None:
    save_user(tmp_path / "users", "ana", "correct horse")
    users = load_users(tmp_path / "users")
    assert users.remembered("Bearer ana:correct horse") is None
    users.check("Bearer ana:correct horse")
    users.check("Bearer ana:wrong horse")
    assert users.remembered("Bearer ana:correct horse") == "ana"
    assert users.remembered("Bearer ana:wrong horse") is None


def test_same_password_has_another_hash_each_time() -> None:
    assert hashed("correct horse") != hashed("correct horse")


@pytest.mark.parametrize(
    "text",
    ["ana", "ana:plain password", "a na:" + hashed("password"), f"ana:{hashed('password')}\nana:{hashed('password')}"],
)
def test_malformed_line_is_named_by_its_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "users"
    path.write_text(f"# who may ask\n\n{text}\n")
    with pytest.raises(AuthFileError, match=f"line {2 + len(text.splitlines())}, is not"):
        load_users(path)


def test_file_that_is_missing_or_empty_says_how_to_make_it(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(AuthFileError, match="cannot be read.*report-qa add-user"):
        load_users(tmp_path / "none")
    with pytest.raises(AuthFileError, match="There is no user in"):
        load_users(tmp_path / "empty")


@pytest.mark.parametrize(("name", "password"), [("a:b", "long enough"), ("", "long enough"), ("ana", "short")])
def test_unusable_name_or_password_writes_nothing(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(AuthFileError, match="cannot be a name|too short"):
        save_user(tmp_path / "users", name, password)
    assert not list(tmp_path.iterdir())


def test_add_user_asks_for_the_password_twice(tmp_path: Path) -> None:
    path = tmp_path / "users"
    result = CliRunner().invoke(add_user, [str(path), "ana"], input="correct horse\ncorrect horse\n")
    assert result.exit_code == 0, result.output
    assert load_users(path).check("Bearer ana:correct horse") == "ana"
    assert "correct horse" not in result.output


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Basic YTpiOmM=", ("a", "b:c")),
        ("bearer a:b", ("a", "b")),
        ("Bearer token", ("", "")),
        ("Basic \u00e9", ("", "")),
        ("", ("", "")),
    ],
)
def test_credentials_of_a_header(header: str, expected: tuple[str, str]) -> None:
    assert credentials(header) == expected
