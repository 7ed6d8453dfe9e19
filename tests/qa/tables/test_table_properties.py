"""Random cells, rows and columns of the shipped and of generated tables, against values computed here."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from corpus.document import Document, Table
from corpus.loading import load_report
from corpus.parse import Metadata, parse_report
from qa.tables.country_tables import country_tables
from qa.tables.engine import TableEngine
from qa.tables.query import Operation, TableQuery
from qa.tables.results import value

COUNTRIES = (
    "Ghana", "Peru", "Viet Nam", "Norway", "Netherlands (Kingdom of the)", "Bolivia (Plurinational State of)",
    "Kenya", "Japan", "Türkiye", "Côte d'Ivoire", "Morocco", "Sri Lanka",
)  # fmt: skip
GRADES = ("G-1", "G-2", "G-3", "G-4")


def generated(seed: int) -> Document:
    """Return a report with a table of people by country and one of vehicles by year, filled at random."""
    rng = random.Random(seed)
    lines = ["## STAFF", "", "1. Staff stand in the annexes.", "", "**Annex A**"]
    lines += ["**General Service staff by nationality, grade and sex**", ""]
    lines += ["Country of nationality\tGrade\t\t\t\tTotal\tSex\t", "\t" + "\t".join(GRADES) + "\t\tF\tM"]
    for country in COUNTRIES:
        counts = [rng.choice((0, 0, *range(1, 40))) for _ in GRADES]
        women = rng.randint(0, sum(counts))
        cells = [str(count or "") for count in counts]
        lines.append("\t".join([country, *cells, str(sum(counts)), str(women or ""), str(sum(counts) - women or "")]))
    lines += ["", "**Annex B**", "", "**Table 1. Number of boats and lorries (2027–2031)**", ""]
    lines.append("\t" + "\t".join(str(year) for year in range(2027, 2032)))
    for name in ("Boats", "Lorries"):
        lines.append("\t".join([name, *(str(rng.randint(5, 900)) for _ in range(5))]))
    return parse_report("\n".join(lines) + "\n", Metadata("made", "t", "c", "b", 2031, "o", "en", "p"))


def cell(table: Table, row: str, column: str) -> float:
    """Return a cell's number from the table's own lines, not by the engine's ways."""
    number = [found.label for found in table.columns].index(column)
    return next(found for found in table.rows if found.label == row).cells[number].value or 0.0


def answered(document: Document, question: str) -> tuple[Operation, float]:
    query = TableEngine(document).parse(question)
    assert isinstance(query, TableQuery), question
    return query.operation, value(query)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{a}: {g} headcount", lambda t, a, b, g: cell(t, a, g)),
        ("What is the count of {g} staff holding {a} nationality?", lambda t, a, b, g: cell(t, a, g)),
        ("total employees from {a}", lambda t, a, b, g: cell(t, a, "Total")),
        ("number of female colleagues from {a}", lambda t, a, b, g: cell(t, a, "F")),
        (
            "{a} and {b} staff combined, {g} and higher",
            lambda t, a, b, g: sum(cell(t, x, grade) for x in (a, b) for grade in GRADES[GRADES.index(g) :]),
        ),
        (
            "What is the difference between the number of staff from {a} and from {b}?",
            lambda t, a, b, g: abs(cell(t, a, "Total") - cell(t, b, "Total")),
        ),
        (
            "How many nationalities have at least 20 staff at {g}?",
            lambda t, a, b, g: sum(cell(t, c, g) >= 20 for c in COUNTRIES),
        ),
        (
            "How many countries have no staff at {g}?",
            lambda t, a, b, g: sum(cell(t, c, g) == 0 and cell(t, c, "Total") > 0 for c in COUNTRIES),
        ),
        ("Which nationality has the most staff at {g}?", lambda t, a, b, g: max(cell(t, c, g) for c in COUNTRIES)),
        (
            "Where does {a} rank by number of staff?",
            lambda t, a, b, g: 1 + sum(cell(t, c, "Total") > cell(t, a, "Total") for c in COUNTRIES),
        ),
    ],
)
def test_nationals_generated_table_gives_the_value_computed_apart(
    seed: int, template: str, expected: Callable[[Table, str, str, str], float]
) -> None:
    document = generated(seed)
    rng = random.Random(seed + 100)
    first, second = rng.sample(COUNTRIES, 2)
    grade = rng.choice(GRADES)
    table = document.tables[0]
    if not cell(table, first, "Total") or not cell(table, second, "Total"):
        pytest.skip("a row without staff has no rank")
    _, found = answered(document, template.format(a=first, b=second, g=grade))
    assert abs(found) == expected(table, first, second, grade)


@pytest.mark.parametrize("seed", range(8))
def test_labelled_generated_table_gives_the_value_computed_apart(seed: int) -> None:
    document = generated(seed)
    table = document.tables[1]
    rng = random.Random(seed)
    row = rng.choice(("Boats", "Lorries"))
    early, late = sorted(rng.sample(range(2027, 2032), 2))
    before, after = cell(table, row, str(early)), cell(table, row, str(late))
    name = row.lower()
    years = [str(year) for year in range(2027, 2032)]
    assert answered(document, f"{name} {late}") == (Operation.CELL, after)
    assert answered(document, f"How did the number of {name} change between {early} and {late}?")[1] == after - before
    assert answered(document, f"percentage growth of {name}, {early} to {late}")[1] == pytest.approx(
        100 * (after - before) / before
    )
    assert answered(document, f"average number of {name} from 2027 to 2031")[1] == pytest.approx(
        sum(cell(table, row, year) for year in years) / 5
    )
    assert answered(document, f"In what year did we have the fewest {name}?")[1] == min(
        cell(table, row, year) for year in years
    )


def test_nationals_random_rows_of_the_report_give_sums_and_shares_computed_apart() -> None:
    report = load_report()
    rng = random.Random(5)
    tables = country_tables(report)
    for _ in range(60):
        found = rng.choice(tables)
        code, row = rng.choice(sorted(found.rows.items()))
        total = sum(cell(t.table, t.rows[code].label, "Total") for t in tables if code in t.rows)
        assert answered(report, f"{row.label} nationals across the organization, both annexes together")[1] == total
        own = cell(found.table, row.label, "Total")
        if own:
            words = "local staff" if found.table.ref == "annex:II" else "international staff"
            share = 100 * cell(found.table, row.label, "F") / own
            question = f"Among {words} from {row.label}, what percentage are female?"
            assert answered(report, question) == (Operation.SHARE, pytest.approx(share))
