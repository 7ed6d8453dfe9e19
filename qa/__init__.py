"""Questions to a report, answered with checked and cited passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.answer import Answer, AnswerKind, Calculation, CellUse, Citation, ClosestPassage, Span
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.conversation import Conversation
    from qa.retrieve import Hit

__all__ = [
    "Answer",
    "AnswerKind",
    "Assistant",
    "Calculation",
    "CellUse",
    "Citation",
    "ClosestPassage",
    "Conversation",
    "Hit",
    "Settings",
    "Span",
]

_LAZY = {"Assistant": "qa.assistant", "Conversation": "qa.conversation", "Hit": "qa.retrieve"}


def __getattr__(name: str) -> Any:
    """Import the classes that pull in numpy only when they are asked for."""
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
