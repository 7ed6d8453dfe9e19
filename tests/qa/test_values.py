from __future__ import annotations

from dataclasses import replace

import pytest

from qa.understand import understand
from qa.values import short_value
from qa.vocabulary import Vocabulary

EMPTY = Vocabulary((), (), {}, frozenset(), (), {})


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("How many nets were sold?", "In 2023, 35 shops sold 1,204 nets.", "1,204"),
        ("How much did the boats cost?", "The 35 boats cost USD 3.5 million.", "USD 3.5 million"),
        ("What percentage of boats sank?", "Of 35 boats, 12 per cent sank.", "12 per cent"),
        ("When did the harbour open?", "The harbour opened on 14 June 2021 after a delay.", "14 June 2021"),
        ("Who built the harbour?", "The harbour was built by Maria Silva.", "Maria Silva"),
        ("Who built the harbour?", "It was built by Maria Silva and John Ode.", None),
        # The figure of the year asked for, or of the latest, never another year's.
        ("How many trees were planted in 2031?", "In 2030, they planted 70 trees; in 2031, they planted 95.", "95"),
        ("How many trees were planted in 2030?", "In 2030, they planted 70 trees; in 2031, they planted 95.", "70"),
        ("How many views were there?", "Views rose from 503 in 2022 to 735 in 2023.", "735"),
        (
            "How much was received?",
            "USD 45.6 million was received, up from USD 33.2 million in 2022.",
            "USD 45.6 million",
        ),
        ("How many members signed?", "They were signed by 106 of the 186 members.", "106"),
        ("How many countries do we work in?", "In 65 countries 11 million people were helped by working hard.", "65"),
        ("How many views, compared to 2022?", "There were 735 views, compared with 503 in 2022.", "735"),
        ("How many were sold?", "In all 35 boats and 40 nets went.", None),
        # What stands in brackets is a part, and hides no year.
        ("How many came in 2030?", "In 2031, 50 (20 of them by sea) came, compared with 40 (9 by sea) in 2030.", "40"),
        ("How many came in 2031?", "In 2031, 50 (20 of them by sea) came, compared with 40 (9 by sea) in 2030.", "50"),
        ("Did it cost much?", "The boats cost USD 5 million.", None),
        ("Why did it sink?", "It sank on 14 June 2021.", None),
    ],
)
def test_short_value_marks_what_answers(question: str, sentence: str, value: str | None) -> None:
    found = short_value(understand(question, EMPTY, "en"), sentence)
    assert (sentence[slice(*found)] if found else None) == value


def test_short_value_name_that_stands_all_over_the_report_answers_nothing() -> None:
    query = understand("Who won the award?", EMPTY, "en")
    sentence = "The award showed solutions for the Council."
    assert short_value(query, sentence) is not None
    assert short_value(replace(query, common_names=frozenset({"council"})), sentence) is None
