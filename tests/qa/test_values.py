from __future__ import annotations

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
        ("Why did it sink?", "It sank on 14 June 2021.", None),
    ],
)
def test_short_value_marks_what_answers(question: str, sentence: str, value: str | None) -> None:
    found = short_value(understand(question, EMPTY, "en"), sentence)
    assert (sentence[slice(*found)] if found else None) == value
