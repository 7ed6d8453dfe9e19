"""Who may use the server: a file of ``name:hash`` lines, the hash by scrypt with its own salt.

A request signs in with HTTP Basic, or with ``Bearer name:password``, which is how clients that only
know an API key can do it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import ReportQAError

# 16 MB and about 50 ms a guess: RFC 7914's parameters for interactive sign-in.
_COST, _BLOCK, _PARALLEL, _LENGTH = 2**14, 8, 1, 32
_NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")
_HASH = re.compile(r"scrypt\$(?P<salt>[0-9a-f]{32})\$(?P<key>[0-9a-f]{64})")
_REMEDY = "Add a user with: report-qa add-user FILE NAME"
_REMEMBERED = 256


class AuthFileError(ReportQAError):
    """The file of users cannot be read or written."""


def hashed(password: str) -> str:
    """Return a password's line part: ``scrypt$salt$key``, both in hexadecimal."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_key(password, salt).hex()}"


def _key(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, dklen=_LENGTH)


class Users:
    """The users of a server.

    Args:
        hashes: Each user's hash.
    """

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = dict(hashes)
        # Checked in place of an unknown user's hash, so that both take as long.
        self._nobody = hashed(secrets.token_hex())
        self._secret = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, str] = OrderedDict()

    def __len__(self) -> int:
        return len(self._hashes)

    def remembered(self, authorization: str) -> str | None:
        """Return the user of a header that was checked before, at once; ``None`` where it has to be checked."""
        return self._known.get(self._digest(authorization))

    def check(self, authorization: str) -> str | None:
        """Return the user that a header signs in, or ``None``; takes about 50 ms."""
        name, password = credentials(authorization)
        found = _HASH.fullmatch(self._hashes.get(name, self._nobody))
        if found is None or not name:
            return None
        key = _key(password, bytes.fromhex(found["salt"]))
        if not hmac.compare_digest(key, bytes.fromhex(found["key"])) or name not in self._hashes:
            return None
        self._known[self._digest(authorization)] = name
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return name

    def _digest(self, authorization: str) -> bytes:
        """Return what a checked header is remembered by: nothing that a reader of the memory could sign in with."""
        return hmac.digest(self._secret, authorization.encode(), "sha256")


def credentials(authorization: str) -> tuple[str, str]:
    """Return the name and password of an Authorization header; empty where it has none."""
    scheme, _, value = authorization.partition(" ")
    value = value.strip()
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value, validate=True).decode()
        except ValueError:
            return "", ""
    elif scheme.lower() != "bearer":
        return "", ""
    name, colon, password = value.partition(":")
    return (name, password) if colon else ("", "")


def load_users(path: Path) -> Users:
    """Return the users of a file; blank lines and lines that begin with ``#`` are left out.

    Raises:
        AuthFileError: If it cannot be read, a line is malformed, or there is no user in it.
    """
    found = _read(path)
    if not found:
        raise AuthFileError(f"There is no user in {path}.", _REMEDY)
    return Users(found)


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AuthFileError(f"The file of users {path} cannot be read: {error}.", _REMEDY) from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            name, _, value = line.strip().partition(":")
            if not _NAME.fullmatch(name) or not _HASH.fullmatch(value) or name in found:
                raise AuthFileError(f"{path}, line {number}, is not a new name and its hash.", _REMEDY)
            found[name] = value
    return found


def save_user(path: Path, name: str, password: str) -> bool:
    """Write a user into a file, readable by its owner only; return whether the user is new.

    Raises:
        AuthFileError: If the name or the password cannot be used or the file cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise AuthFileError(f"{name!r} cannot be a name.", "Use 1 to 64 letters, digits and . _ @ - only.")
    if len(password) < 8:
        raise AuthFileError("The password is too short.", "Use at least 8 characters.")
    users = _read(path) if path.exists() else {}
    new = name not in users
    users[name] = hashed(password)
    text = "".join(f"{user}:{value}\n" for user, value in users.items())
    try:
        # A file made this way is readable by its owner only; replacing it is one step.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError as error:
        raise AuthFileError(
            f"{path} cannot be written: {error.strerror}.", "Choose a folder that you can write."
        ) from (error)
    return new
