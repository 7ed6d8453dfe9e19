from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.loading import load_report
from corpus.parse import Metadata, parse_report
from qa.tables.answering import execute
from qa.tables.country_tables import country_tables
from qa.tables.engine import TableEngine
from qa.tables.followups import completed
from qa.tables.query import Operation, TableQuery, TableRefusal

# Field staff of a made-up office: G-1, G-2, total, women, men.
SMALL = """## STAFF

1. Staff stand in the annex.

**Annex A**
**General Service staff by nationality, grade and sex**

Country of nationality\tGrade\t\tTotal\tSex\t
\tG-1\tG-2\t\tF\tM
Ghana\t3\t4\t7\t5\t2
Netherlands (Kingdom of the)\t\t6\t6\t1\t5
Peru\t\t\t0\t\t
Syrian Arabic Republic\t2\t\t2\t2\t
<b>Total</b>\t<b>5</b>\t<b>1010</b>\t<b>15</b>\t<b>8</b>\t<b>7</b>
"""


@pytest.fixture(scope="module")
def small() -> Document:
    return parse_report(SMALL, Metadata("small", "t", "c", "b", 2031, "o", "en", "p"))


@pytest.fixture(scope="module")
def report() -> Document:
    return load_report()


def ask(document: Document, question: str) -> tuple[Operation, object, str]:
    query = TableEngine(document).parse(question)
    assert isinstance(query, TableQuery), query
    answer = execute(query, document.doc_id)
    return query.operation, answer.calculation.result, answer.text


@pytest.mark.parametrize(
    ("question", "operation", "result"),
    [
        ("How many Ghanaians are at G-2?", Operation.CELL, 4.0),
        ("number of Dutch staff", Operation.CELL, 6.0),
        ("How many Ghanaian women are there?", Operation.CELL, 5.0),
        ("What share of Ghanaian staff are women?", Operation.SHARE, 71.4),  # 5 of 7
        ("By how many do men outnumber women among Dutch staff?", Operation.DIFFERENCE, 4.0),  # 5 - 1
        ("Ghanaians and Syrians in total?", Operation.SUM, 9.0),  # 7 + 2
        ("How many staff are at G-2?", Operation.SUM, 10.0),  # 4 + 6; the printed 1010 is garbled
        ("For how many countries does the table show zero staff?", Operation.COUNT, 1.0),
        ("Which countries have no staff?", Operation.LIST, ("Peru",)),
        ("Which nationality has the most staff?", Operation.MAXIMUM, "Ghana"),
    ],
)
def test_engine_question_is_computed_from_the_cells(
    small: Document, question: str, operation: Operation, result: object
) -> None:
    assert ask(small, question)[:2] == (operation, result)


@pytest.mark.parametrize(
    "question",
    [
        "How many people in Ghana got water?",  # not about staff
        "How many staff work in Ghana?",  # where they work, not where they come from
        "Why do Ghanaians migrate?",
        "How many wells were dug?",
        "What is the name of the P-5 from Ghana?",
        "Who is the P-5 from Ghana?",
        "",
        "How many countries do we work in?",
        "How many Member States are there?",
        "¿Cuántos Estados Miembros hay?",
    ],
)
def test_engine_question_for_the_text_is_left_to_it(small: Document, question: str) -> None:
    assert TableEngine(small).parse(question) is None


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many Ghanaian women are at G-1?", "sex is given for each nationality in all"),
        ("How many Ghanaians did we have in 2030?", "for 2031, not 2030"),
        ("How many Germans work here?", "no table lists Germans"),
        ("How many staff come from the Democratic People's Republic of Korea?", "no table lists"),
    ],
)
def test_engine_what_the_tables_do_not_give_is_refused(small: Document, question: str, reason: str) -> None:
    query = TableEngine(small).parse(question)
    assert isinstance(query, TableRefusal)
    assert reason in query.reason


def test_execute_citation_is_the_row_as_it_stands(small: Document) -> None:
    query = TableEngine(small).parse("How many Ghanaians are at G-2?")
    assert isinstance(query, TableQuery)
    answer = execute(query, "small")
    (citation,) = answer.citations
    assert (citation.ref, citation.quote) == ("annex:A", "Ghana 3 4 7 5 2")
    assert small.source[citation.start : citation.end].split() == citation.quote.split()
    assert answer.text == "4: Ghana, G-2, in Annex A. [1]"
    assert answer.calculation.cells[0].to_dict() == {
        "ref": "annex:A", "label": "Annex A", "row": "Ghana", "column": "G-2", "value": 4.0, "text": "4",
    }  # fmt: skip


def test_execute_sum_shows_its_arithmetic_with_the_result(small: Document) -> None:
    query = TableEngine(small).parse("Ghanaians and Syrians in total?")
    assert isinstance(query, TableQuery)
    calculation = execute(query, "small").calculation
    assert calculation.expression == "7 (Annex A, Ghana, Total) + 2 (Annex A, Syrian Arabic Republic, Total) = 9"


TEMPLATES = (
    "How many {category} from {country} are there at {grade}?",
    "{grade} {category}, {country} nationals",
    "Tell me the number of {country} citizens in {grade} ({category})",
)


def test_engine_random_cells_of_the_report_are_found(report: Document) -> None:
    engine = TableEngine(report)
    rng = random.Random(11)
    words = {"annex:II": "local staff", "annex:III": "internationals"}
    for _ in range(120):
        found = rng.choice(country_tables(report))
        code, row = rng.choice(sorted(found.rows.items()))
        column = rng.randrange(len(found.table.columns) - 3)
        grade = found.table.columns[column].label
        if grade in ("UG", "Total") or code is None:
            continue
        question = rng.choice(TEMPLATES).format(category=words[found.table.ref], country=row.label, grade=grade)
        query = engine.parse(question)
        assert isinstance(query, TableQuery), question
        assert sum(slot.cell.value or 0.0 for slot in query.slots) == row.cells[column].value, question


SERIES = """## STAFF

1. Staff stand in the annex.

**Annex B**

**Table 1. Number of drivers and cooks (2029–2031)**

\t2029\t2030\t2031
Drivers\t10\t12\t15
Cooks\t4\t\t5
<b>Total</b>\t<b>14</b>\t<b>12</b>\t<b>20</b>
Percentage of cooks\t29%\t0%\t25%
"""


@pytest.mark.parametrize(
    ("question", "operation", "result"),
    [
        ("How many drivers were there in 2030?", Operation.CELL, 12.0),
        ("cooks in 2030", Operation.CELL, 0.0),
        ("What was the percentage of cooks in 2029?", Operation.CELL, 29.0),
        ("By what percentage did the number of drivers increase from 2029 to 2031?", Operation.PERCENT_CHANGE, 50.0),
        ("By how many did drivers grow between 2029 and 2031?", Operation.DIFFERENCE, 5.0),
    ],
)
def test_series_question_about_years_is_computed(question: str, operation: Operation, result: float) -> None:
    document = parse_report(SERIES, Metadata("series", "t", "c", "b", 2031, "o", "en", "p"))
    assert ask(document, question)[:2] == (operation, result)


@pytest.mark.parametrize(
    "question", ["How many pilots were there in 2030?", "How many drivers in 2010?", "drivers", "in 2030"]
)
def test_series_question_that_the_table_does_not_explain_is_left_alone(question: str) -> None:
    document = parse_report(SERIES, Metadata("series", "t", "c", "b", 2031, "o", "en", "p"))
    assert TableEngine(document).parse(question) is None


def answers(document: Document) -> Callable[[str], bool]:
    engine = TableEngine(document)
    return lambda text: isinstance(engine.parse(text), TableQuery)


@pytest.mark.parametrize(
    ("previous", "question", "searched"),
    [
        ("How many Ghanaians are there?", "What about Peru?", "How many Peruvians are there?"),
        ("How many staff come from Ghana?", "and the Netherlands?", "How many staff come from Netherlands?"),
        ("How many Ghanaians are there?", "and the women among them?", "How many women among Ghanaians are there?"),
        ("How many Ghanaian women are there?", "and men?", "How many Ghanaian men are there?"),
        ("How many Ghanaians are at G-1?", "and at G-2?", "How many Ghanaians are at G-2?"),
        ("How many Ghanaians are there?", "How many wells were dug?", None),
        ("How many wells were dug?", "What about Peru?", None),
    ],
)
def test_follow_up_changes_one_thing_of_the_table_question(
    small: Document, previous: str, question: str, searched: str | None
) -> None:
    assert completed(question, previous, answers(small)) == searched


def test_execute_garbled_figure_is_replaced_and_said() -> None:
    document = parse_report(SMALL, Metadata("small", "t", "c", "b", 2031, "o", "en", "p"))
    query = TableEngine(document).parse("How many staff are at G-2?")
    assert isinstance(query, TableQuery)
    answer = execute(query, "small")
    assert answer.calculation.result == 10.0
    assert "1010 is printed; the sum of the rows above gives 10, used here" in answer.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("top 2 nationalities", "Most staff in Annex A: Ghana (7), Netherlands (Kingdom of the) (6). [1] [2]"),
        (
            "Which nationality has more women than men?",
            "With women in Annex A > men in Annex A: Ghana (5), Syrian Arabic Republic (2). [1] [2]",
        ),
        (
            "Where does Syria rank by staff?",
            "Syrian Arabic Republic ranks 3rd of 3 with any (2, staff in Annex A), after Ghana (7), "
            "Netherlands (Kingdom of the) (6). [1]",
        ),
        (
            "Are there more Ghanaians or more Dutch staff?",
            "Ghana: 7, against 6 for Netherlands (Kingdom of the) (staff in Annex A). [1] [2]",
        ),
        (
            "average of Ghanaians and Dutch",
            "staff in Annex A: 6.5 on average. (7 (Ghana) + 6 (Netherlands (Kingdom of the))) / 2 = 6.5. [1] [2]",
        ),
        (
            "How many nationalities have more than 50 staff?",
            "None (0) with staff in Annex A > 50; the most is 7 (Ghana). [1]",
        ),
    ],
)
def test_execute_says_rankings_and_comparisons_in_one_sentence(small: Document, question: str, text: str) -> None:
    assert ask(small, question)[2] == text


def test_query_prints_on_one_line(small: Document) -> None:
    query = TableEngine(small).parse("Which countries have at least 6 staff?")
    assert str(query) == (
        "list(Ghana: Annex A[Ghana, Total]; "
        "Netherlands (Kingdom of the): Annex A[Netherlands (Kingdom of the), Total]; "
        "Peru: Annex A[Peru, Total]; … 4 in all) where staff in Annex A ≥ 6"
    )
