"""Exact match and numeracy-focused F1, as TAT-QA defines them.

Zhu et al., "TAT-QA: A Question Answering Benchmark on a Hybrid of Tabular and Textual Content in Finance" (ACL
2021), section 5, and the benchmark's evaluation script: numbers are compared as numbers after their scale is
applied, rounded to two decimals before; other answers as bags of words; the answers of a list are sorted and read as
one. For computed and counted answers F1 is exact match.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "percent": 1e-2}
_MARKS = str.maketrans("", "", "'\"\\$€£¥%(),[]")
_FIGURE = re.compile(r"[+-]?\d+(?:\.\d+)?|[+-]?\.\d+")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def score(
    gold: Sequence[object], gold_scale: str, answer_type: str, predicted: Sequence[object], scale: str
) -> tuple[float, float]:
    """Return exact match and F1 of a predicted answer, each from 0 to 1.

    Args:
        gold: The gold answers, one or several.
        gold_scale: ``thousand``, ``million``, ``billion``, ``percent`` or empty.
        answer_type: ``span``, ``multi-span``, ``arithmetic`` or ``count``.
        predicted: The predicted answers; empty for a refusal.
        scale: The predicted scale.
    """
    if not predicted or not gold:
        return 0.0, 0.0
    expected = _joined(gold, gold_scale)
    candidates = [_joined(predicted, scale)]
    only = str(predicted[0])
    if len(predicted) == 1 and not scale and "%" not in only and is_number(only):
        # A fraction stands for its percentage.
        value = to_number(only)
        if value is not None:
            candidates.append(f"{value:.4f}")
    results = [_compared(candidate, expected) for candidate in candidates]
    exact, f1 = max(results)
    return exact, exact if answer_type in ("arithmetic", "count") else f1


def _joined(answers: Sequence[object], scale: str) -> str:
    return " ".join(_scaled(text, scale) for text in sorted(str(answer) for answer in answers))


def _scaled(text: str, scale: str) -> str:
    value = to_number(text) if is_number(text) else None
    if value is None:
        return f"{text} {scale}" if scale else text
    return f"{value:.4f}" if "%" in text else f"{round(value, 2) * _SCALES.get(scale, 1.0):.4f}"


def is_number(text: str) -> bool:
    """Return whether a text is a number, alone or followed by a scale word."""
    parts = " ".join(word.translate(_MARKS) for word in text.split()).split()
    if not parts:
        return False
    try:
        value = float(parts[0])
    except ValueError:
        return False
    return value == value and (len(parts) < 2 or _scale_in(parts[1]) != 1.0)


def _scale_in(text: str) -> float:
    return next((value for name, value in _SCALES.items() if name in text.lower()), 1.0)


def to_number(text: str) -> float | None:
    """Return the number in a text, its scale word, brackets and per cent sign applied."""
    found = _FIGURE.search(text.translate(_MARKS))
    if found is None:
        return None
    word = re.search(r"[\d.]+\s?[a-zA-Z]+", text)
    scale = _scale_in(word.group()) if word else 1.0
    sign = -1.0 if re.search(r"\([\d.\s]+\)", text.strip()) else 1.0
    percent = 0.01 if re.search(r"[\d.\s]+%", text.strip()) else 1.0
    return round(float(found.group()) * scale * sign * percent, 4)


def _normalized(text: str) -> str:
    words = []
    for token in text.split(" "):
        word = token.lower()
        word = word if is_number(word) else word.translate(_PUNCTUATION)
        if is_number(word):
            word = str(to_number(word))
        words.extend(_ARTICLES.sub(" ", word).split())
    return " ".join(words)


def _compared(predicted: str, gold: str) -> tuple[float, float]:
    first, second = _normalized(predicted), _normalized(gold)
    one, other = set(first.split()), set(second.split())
    shared = len(one & other)
    precision = shared / len(one) if one else 1.0
    recall = shared / len(other) if other else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return float(first == second), round(f1, 2)
