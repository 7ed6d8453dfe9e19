from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from eval.numeracy import score
from eval.tatqa import format_tatqa, load_tatqa, score_tatqa
from index.embedders import open_embedder


@pytest.mark.parametrize(
    ("gold", "scale", "kind", "predicted", "predicted_scale", "expected"),
    [
        ([172], "million", "arithmetic", [172.0], "million", (1.0, 1.0)),
        ([172], "million", "arithmetic", [172.0], "thousand", (0.0, 0.0)),
        ([23.42], "percent", "arithmetic", [0.2342], "", (1.0, 1.0)),
        (["$1,452.4"], "", "span", ["1452.40"], "", (1.0, 1.0)),
        (["(168)"], "thousand", "span", ["(168)"], "thousand", (1.0, 1.0)),
        (["2018", "2019"], "", "multi-span", ["2019", "2018"], "", (1.0, 1.0)),
        (["the red boat"], "", "span", ["a red boat sank"], "", (0.0, 0.8)),  # 2 of 3 words, 2 of 2: 2 * 2 / 5
        (["3"], "", "count", [3], "", (1.0, 1.0)),
        (["3"], "", "count", [], "", (0.0, 0.0)),
    ],
)
def test_score_counts_numbers_as_numbers_and_words_as_bags(
    gold: list[object],
    scale: str,
    kind: str,
    predicted: list[object],
    predicted_scale: str,
    expected: tuple[float, float],
) -> None:
    assert score(gold, scale, kind, predicted, predicted_scale) == expected


ENTRY = {
    "table": {"table": [["(in millions)", "2019", "2018"], ["Boat sales", "30", "24"], ["Lorry sales", "8", "9"]]},
    "paragraphs": [{"order": 1, "text": "Boat sales rose because the harbour was widened in 2019."}],
    "questions": [
        {
            "question": "What were boat sales in 2018?",
            "answer": ["24"], "scale": "million", "answer_type": "span", "answer_from": "table",
        },
        {
            "question": "What was the percentage change in boat sales from 2018 to 2019?",
            "answer": 25, "scale": "percent", "answer_type": "arithmetic", "answer_from": "table",
        },
        {
            "question": "Why did boat sales rise?",
            "answer": ["Boat sales rose because the harbour was widened in 2019."],
            "scale": "", "answer_type": "span", "answer_from": "text",
        },
    ],
}  # fmt: skip


def test_tatqa_file_is_read_asked_and_scored(tmp_path: Path) -> None:
    path = tmp_path / "tat.json"
    path.write_text(json.dumps([ENTRY]), encoding="utf-8")
    found = score_tatqa(load_tatqa(path), open_embedder("hash"))
    assert (found.questions, found.exact, found.f1) == (3, 1.0, 1.0)
    assert found.errors == {"right": 2}
    assert "arithmetic, table (1): 1.000, 1.000" in format_tatqa(found)


def test_tatqa_other_file_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "tat.json"
    path.write_text('{"data": []}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="not a TAT-QA file"):
        load_tatqa(path)
