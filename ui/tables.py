"""Tables as HTML: the arithmetic behind a computed answer, its cells where they stand, a table as a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.document import Cell, Document, Row, Table
from qa.answer import Calculation, CellUse
from ui.markup import escape, shown

ROWS_SHOWN = 8
COLUMNS_SHOWN = 5
"""A table with more columns is shown with the used ones only: more do not fit the panel or a phone."""

_UNNAMED = '<span class="unseen">Row</span>'

Used = Callable[[Row, int], bool]


def row_of(document: Document, cell: CellUse) -> tuple[Table, Row] | None:
    """Return the table and the row that a used cell stands in, or ``None`` if the report has no such cell."""
    for table in document.tables_at(cell.ref):
        for row in table.rows:
            if row.label == cell.row and any(_is(table, row, n, cell) for n in range(len(row.cells))):
                return table, row
    return None


def _is(table: Table, row: Row, number: int, cell: CellUse) -> bool:
    column = table.columns[number]
    names = {column.label, column.group, heading(table, number)}
    return row.label == cell.row and cell.column in names and row.cells[number].text == cell.text


def _used(table: Table, cells: Sequence[CellUse]) -> Used:
    own = [cell for cell in cells if cell.ref == table.ref]
    return lambda row, number: any(_is(table, row, number, cell) for cell in own)


def arithmetic(found: Calculation, text: str) -> str:
    """Return a computed answer's arithmetic, one operand a line.

    Empty where the answer's text says it already, or where each operand is a cell that the excerpt shows.
    """
    operands = found.expression.split("; ")
    told = found.expression.rsplit(" = ", 1)[0] in text
    single = len(operands) == len(found.cells) and " = " not in found.expression
    if not found.expression or told or single:
        return ""
    lines = "".join(f"<li>{shown(line)}</li>" for line in operands)
    return f'<ul class="expression">{lines}</ul>'


def excerpts(found: Calculation, document: Document) -> str:
    """Return the tables that the cells come from, cut to the rows and columns used, the cells marked.

    Many rows are folded away behind their number.
    """
    tables: dict[int, tuple[Table, dict[int, Row]]] = {}
    for cell in found.cells:
        place = row_of(document, cell)
        if place is not None:
            table, row = place
            tables.setdefault(id(table), (table, {}))[1][row.start] = row
    html = "".join(_excerpt(table, tuple(rows.values()), found.cells) for table, rows in tables.values())
    count = sum(len(rows) for _, rows in tables.values())
    if count <= ROWS_SHOWN:
        return html
    return f'<details class="fold"><summary>The {count} rows used</summary>{html}</details>'


def _excerpt(table: Table, rows: tuple[Row, ...], cells: Sequence[CellUse]) -> str:
    used = _used(table, cells)
    numbers = tuple(range(len(table.columns)))
    if len(numbers) > COLUMNS_SHOWN:
        numbers = _used_columns(table, rows, used)
    body = "".join(_row(row, numbers, used, "") for row in rows)
    return _grid(table, numbers, body, f"<b>{shown(table.label)}</b> {shown(table.title)}")


def _used_columns(table: Table, rows: Sequence[Row], used: Used) -> tuple[int, ...]:
    """Return the numbers of the columns in which a used cell stands."""
    return tuple(n for n in range(len(table.columns)) if any(n < len(row.cells) and used(row, n) for row in rows))


def source_table(
    table: Table, spans: Sequence[tuple[int, int]], cells: tuple[CellUse, ...], caption: bool = True
) -> str:
    """Return a table of the report with the quoted rows shown, the others folded, and used cells marked.

    Of many columns those without a used cell are folded too.

    Args:
        table: The table.
        spans: Source offsets of the quotes.
        cells: The cells that the answer's calculation used.
        caption: Whether the table's title stands above it.
    """
    used = _used(table, cells)
    numbers = tuple(range(len(table.columns)))
    kept = _used_columns(table, table.rows, used) if len(numbers) > COLUMNS_SHOWN else ()
    folded = frozenset(numbers) - frozenset(kept) if kept else frozenset()

    def kind(row: Row) -> str:
        quoted = any(row.start < end and start < row.end for start, end in spans)
        touched = any(used(row, number) for number in range(len(row.cells)))
        if not quoted and not touched:
            return "rest"
        return "total" if row.is_total else "" if touched else "whole"

    body = "".join(_row(row, numbers, used, kind(row), folded) for row in table.rows)
    return _grid(table, numbers, body, shown(table.title) if caption else "", folded)


def _grid(table: Table, numbers: Sequence[int], body: str, caption: str, folded: frozenset[int] = frozenset()) -> str:
    head = "".join(
        f'<th scope="col"{_rest(number in folded)}>{shown(heading(table, number))}</th>' for number in numbers
    )
    # The caption stands outside the frame, so that it is not cut where the table scrolls in it.
    above = f'<p class="caption">{caption}</p>' if caption else ""
    frame = f'<div class="scroll" tabindex="0" role="region" aria-label="{shown(table.label)}">'
    return (
        f'{above}{frame}<table aria-label="{shown(table.label)}: {shown(table.title)}"><thead><tr><th scope="col">'
        f"{shown(table.row_heading) or _UNNAMED}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _rest(folded: bool) -> str:
    return ' class="rest"' if folded else ""


def heading(table: Table, number: int) -> str:
    """Return a column's heading, with the one that spans it where its own stands twice in the table."""
    column = table.columns[number]
    twice = [other.label for other in table.columns].count(column.label) > 1
    return f"{column.group}, {column.label}" if column.group and twice else column.label or column.group or ""


def _row(row: Row, numbers: Sequence[int], used: Used, kind: str, folded: frozenset[int] = frozenset()) -> str:
    """Return one row; a row quoted as a whole has all its cells marked."""
    wrap = _mark if kind == "whole" else escape
    cells = "".join(
        f'<td class="number{" rest" if n in folded else ""}">'
        f"{_mark(_printed(row.cells[n])) if used(row, n) else wrap(row.cells[n].text)}</td>"
        for n in numbers
        if n < len(row.cells)
    )
    name = f' class="{kind}"' if kind else ""
    return f'<tr{name}><th scope="row">{wrap(row.label)}</th>{cells}</tr>'


def _printed(cell: Cell) -> str:
    return cell.text or "0 (empty)"


def _mark(text: str) -> str:
    return f"<mark>{escape(text)}</mark>" if text else ""
