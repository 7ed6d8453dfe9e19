"""A table of the report in full, with its heads, as the reader shows it."""

from __future__ import annotations

from itertools import groupby

from corpus.document import Column, Row, Table
from ui.markup import escape, shown

LONG_ROWS = 25
"""A table with more rows scrolls in a frame of its own, its heads staying in sight."""
SHORT_HEAD = 8
"""Characters of a head that stays on one line."""


def full_table(table: Table, name: str) -> str:
    """Return a table with all its rows; columns under a common heading have two rows of heads.

    Args:
        table: The table.
        name: The id of the element that names it.
    """
    kind = "scroll long" if len(table.rows) > LONG_ROWS else "scroll"
    body = "".join(map(_row, table.rows))
    return (
        f'<div class="{kind}" role="group" tabindex="0" aria-labelledby="{name}">'
        f'<table aria-labelledby="{name}"><thead>{_heads(table)}</thead><tbody>{body}</tbody></table></div>'
    )


def _heads(table: Table) -> str:
    grouped = any(column.group for column in table.columns)
    depth = 2 if grouped else 1
    corner = _corner(table.row_heading, depth)
    if not grouped:
        return f"<tr>{corner}{''.join(map(_head, table.columns))}</tr>"
    above = "".join(_group(group, list(columns)) for group, columns in groupby(table.columns, _group_of))
    below = "".join(_head(column) for column in table.columns if column.group)
    return f"<tr>{corner}{above}</tr><tr>{below}</tr>"


def _group_of(column: Column) -> str | None:
    return column.group


def _corner(heading: str, depth: int) -> str:
    """Return the head of the row labels; one without words is no head, or it would be read as an empty one."""
    if not heading:
        return f'<td rowspan="{depth}"></td>'
    return f'<th scope="col" rowspan="{depth}">{shown(heading)}</th>'


def _group(group: str | None, columns: list[Column]) -> str:
    if group is None:
        return "".join(_head(column, rows=2) for column in columns)
    return f'<th scope="colgroup" colspan="{len(columns)}">{shown(group)}</th>'


def _head(column: Column, rows: int = 1) -> str:
    # A short head such as "NO-A" is not to be broken at its hyphen.
    kind = ' class="short"' if len(column.label) <= SHORT_HEAD else ""
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f'<th scope="col"{kind}{span}>{shown(column.label)}</th>'


def _row(row: Row) -> str:
    kind = ' class="total"' if row.is_total else ""
    cells = "".join(f"<td>{escape(cell.text)}</td>" for cell in row.cells)
    return f'<tr{kind}><th scope="row">{escape(row.label)}</th>{cells}</tr>'
