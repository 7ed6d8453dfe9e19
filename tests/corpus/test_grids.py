from __future__ import annotations

import pytest

from corpus.document import CellKind
from corpus.grids import read_grid, scale_of, typed_figure

GRID = [
    ["", "Years ended 30 June", "", ""],
    ["($ in thousands)", "FY19", "FY18", "Change (%)"],
    ["Revenue:", "", "", ""],
    ["Boats", "$ 1,452.4", "(1,146.2)", "3.7%"],
    ["Total revenue", "–", "56", "1"],
]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("(168)", -168.0, CellKind.NUMBER),
        ("$ 1,452.4", 1452.4, CellKind.NUMBER),
        ("3.7%", 3.7, CellKind.PERCENT),
        ("—", 0.0, CellKind.NUMBER),
        ("", None, CellKind.EMPTY),
        ("n/m", None, CellKind.TEXT),
    ],
)
def test_typed_figure_of_a_statement_of_account(text: str, value: float | None, kind: CellKind) -> None:
    assert typed_figure(text) == (value, kind)


def test_grid_headings_rows_and_scale_are_read() -> None:
    grid = read_grid(GRID)
    assert grid.scale == "thousand"
    assert [column.label for column in grid.table.columns] == ["2019", "2018", "Change (%)"]
    assert grid.table.columns[0].group == "Years ended 30 June"
    assert [row.label for row in grid.table.rows] == ["Revenue:", "Boats", "Total revenue"]
    assert grid.table.rows[1].cells[1].value == -1146.2
    assert grid.table.rows[2].is_total
    assert grid.percent_columns == frozenset({2})


def test_grid_with_years_down_is_turned() -> None:
    grid = read_grid([["Year", "Boats", "Lorries"], ["2018", "4", "5"], ["2019", "6", "7"]])
    assert [column.label for column in grid.table.columns] == ["2018", "2019"]
    assert [(row.label, [cell.value for cell in row.cells]) for row in grid.table.rows] == [
        ("Boats", [4.0, 6.0]), ("Lorries", [5.0, 7.0]),
    ]  # fmt: skip


def test_scale_of_a_caption() -> None:
    assert [scale_of(text) for text in ("(in thousands)", "US$m", "RMB billion", "persons")] == [
        "thousand", "million", "billion", "",
    ]  # fmt: skip
