"""Tables as HTML: the arithmetic behind a computed answer, and a table of the report as a source."""

from __future__ import annotations

from corpus.document import Row, Table
from qa.answer import Calculation, CellUse
from ui.markup import escape, shown

CELLS_SHOWN = 8


def calculation(found: Calculation) -> str:
    """Return a computed answer's arithmetic and the cells it used."""
    notes = "".join(f'<p class="aside">{shown(note)}</p>' for note in found.notes)
    expression = f'<p class="expression">{shown(found.expression)}</p>' if found.expression else ""
    return f'<div class="calculation">{expression}{_cells(found.cells)}{notes}</div>'


def _cells(cells: tuple[CellUse, ...]) -> str:
    """Return the used cells as a table; many of them are folded away."""
    if not cells:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Table", "Row", "Column", "Value"))
    rows = "".join(
        f"<tr><td>{shown(cell.label)}</td><td>{shown(cell.row)}</td><td>{shown(cell.column)}</td>"
        f'<td class="number">{shown(cell.text) or "0 (empty)"}</td></tr>'
        for cell in cells
    )
    table = f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    if len(cells) <= CELLS_SHOWN:
        return table
    return f"<details><summary>The {len(cells)} cells used</summary>{table}</details>"


def source_table(table: Table, start: int, end: int, used: tuple[CellUse, ...]) -> str:
    """Return a table of the report with the quoted rows shown, the others folded, and used cells marked.

    Args:
        table: The table.
        start: Source offset of the quote.
        end: Source offset after it.
        used: The cells that the answer's calculation used.
    """
    marked = {(cell.row, cell.column) for cell in used if cell.ref == table.ref}
    rows_used = {row for row, _ in marked}

    def quoted(row: Row) -> bool:
        return row.label in rows_used or (row.start < end and start < row.end)

    head = "".join(f'<th scope="col">{shown(_heading(table, number))}</th>' for number in range(len(table.columns)))
    body = "".join(_row(table, row, quoted(row), marked) for row in table.rows)
    return (
        f'<div class="scroll"><table><caption>{shown(table.title)}</caption><thead><tr><th scope="col">'
        f"{shown(table.row_heading)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _heading(table: Table, number: int) -> str:
    column = table.columns[number]
    return f"{column.group}, {column.label}" if column.group else column.label


def _row(table: Table, row: Row, quoted: bool, marked: set[tuple[str, str]]) -> str:
    def is_used(number: int) -> bool:
        column = table.columns[number]
        return bool({(row.label, column.label), (row.label, _heading(table, number))} & marked)

    whole = quoted and not any(label == row.label for label, _ in marked)
    wrap = _mark if whole else escape
    cells = "".join(
        f'<td class="number">{_mark(cell.text) if is_used(number) else wrap(cell.text)}</td>'
        for number, cell in enumerate(row.cells)
    )
    kind = ' class="total"' if row.is_total and quoted else "" if quoted else ' class="rest"'
    return f'<tr{kind}><th scope="row">{wrap(row.label)}</th>{cells}</tr>'


def _mark(text: str) -> str:
    return f"<mark>{escape(text)}</mark>" if text else ""
