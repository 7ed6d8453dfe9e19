"""Serves the report's page at ``/report``."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from corpus.document import Document
from ui.reader import reader_page, script, style

if TYPE_CHECKING:
    from fastapi import APIRouter


def router(document: Document) -> APIRouter:
    """Return the routes of the reader: ``GET /report``, which is made when it is first asked for."""
    from fastapi import APIRouter
    from fastapi.responses import HTMLResponse

    @cache
    def page() -> str:
        return reader_page(document)

    headers = {
        "Content-Security-Policy": _policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
    routes = APIRouter()

    @routes.get("/report", include_in_schema=False)
    def report() -> HTMLResponse:
        return HTMLResponse(page(), headers=headers)

    return routes


def _policy() -> str:
    """Return what the page may do: run its own script and style, load fonts from its own host, nothing else."""
    return (
        f"default-src 'none'; script-src {_hash(script())}; style-src {_hash(style())}; font-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
