"""The whole report as a readable page."""

from __future__ import annotations


def anchor(ref: str) -> str:
    """Return the id of a place's element: ``para-14`` for ``para:14``, ``annex-I-1`` for ``annex:I:1``."""
    return ref.replace(":", "-")
