"""A place of the report as data: its text and its tables."""

from __future__ import annotations

from typing import Any

from corpus.document import Block, Document, Table
from ui.api.schema import PlaceOut


def place(document: Document, ref: str) -> PlaceOut | None:
    """Return the place at a ref, its blocks joined by blank lines; ``None`` when there is none."""
    blocks, tables = document.place(ref), document.tables_at(ref)
    first: Block | Table | None = next(iter(blocks), None) or next(iter(tables), None)
    if first is None:
        return None
    # As it stands in the report, links and footnote marks kept: an answer's quotes are found in it.
    texts = [block.text for block in blocks] or [row.text for table in tables for row in table.rows]
    return PlaceOut(
        ref=first.ref,
        label=first.label,
        report=document.doc_id,
        section=list(first.section),
        title=first.title,
        text="\n\n".join(texts),
        tables=[_table(table) for table in tables],
    )


def unknown_place(document: Document, ref: str) -> str:
    """Return the sentence for a ref that the report does not have: what there is instead."""
    kinds: dict[str, str] = {}
    for block in document.blocks:
        kinds.setdefault(block.ref.split(":")[0], block.ref)
    return f"There is no place {ref[:80]!r} in this report; places look like {', '.join(kinds.values())}."


def _table(table: Table) -> Any:
    return {
        "title": table.title,
        "row_heading": table.row_heading,
        "columns": [{"label": column.label, "group": column.group} for column in table.columns],
        "rows": [
            {
                "label": row.label,
                "is_total": row.is_total,
                "cells": [{"text": cell.text, "value": cell.value, "kind": str(cell.kind)} for cell in row.cells],
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
    }
