"""How a server is run: what it allows and who may use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.api.users import Users

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class ServerOptions:
    """The settings of a server; the defaults are for one that is reached from this machine.

    Attributes:
        users: Who may use it; everybody when ``None``.
        root_path: The path under which a proxy shows it, such as ``/report``; empty for none.
        hosts: The host names it answers to; any when empty.
        body_bytes: Longest body of a request.
        rate: Requests that do work, a minute and client; 0 is no limit.
        workers: Questions answered at the same time.
    """

    users: Users | None = None
    root_path: str = ""
    hosts: tuple[str, ...] = ()
    body_bytes: int = 256 * 1024
    rate: int = 600
    workers: int = 2
