"""Whether one answer is right, by the rules of the question sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.document import Document
from eval.citations import citation_problems
from eval.samples import Sample
from qa.answer import Answer

REFUSED = "refused"
SHOULD_REFUSE = "should have refused"
MISSING = "missing"
FORBIDDEN = "forbidden"
UNCITED = "not cited"
ERROR = "error"

_INSIDE_NUMBER = re.compile(r"(?<=\d)[, ](?=\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_MARKER = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Score:
    """The judgement of one answer.

    Attributes:
        right: Whether it is right, by the rule of the question sets to the letter.
        strict: Whether it is right when figures must match as whole numbers; a diagnostic.
        reasons: Why it is not right, each beginning with one of this module's constants; empty when it is.
        citations: What is wrong with its citations; they do not decide ``right``.
    """

    right: bool
    strict: bool
    reasons: tuple[str, ...]
    citations: tuple[str, ...]


def normalized(text: str) -> str:
    """Return a text as answers are compared: case folded, white space collapsed, numbers without separators."""
    return _INSIDE_NUMBER.sub("", " ".join(text.casefold().split()))


def occurs(wanted: str, text: str) -> bool:
    """Return whether a text contains another, as the rule of the question sets has it."""
    return normalized(wanted) in normalized(text)


def occurs_whole(wanted: str, text: str) -> bool:
    """Return whether a text contains another whose figures are whole numbers there: "25" is not in "1,250".

    Unlike ``occurs``, only separators of thousands go, so that "in 2023 117 countries" keeps two numbers, and
    citation markers do not count as text.
    """
    needle = _grouped(wanted)
    before = r"(?<!\d)(?<!\d[.,])" if needle[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if needle[-1:].isdigit() else ""
    return bool(re.search(before + re.escape(needle) + after, _grouped(_MARKER.sub(" ", text))))


def _grouped(text: str) -> str:
    flat = " ".join(text.casefold().split())
    return _GROUPED.sub(lambda found: re.sub(r"[, ]", "", found[0]), flat)


def score(sample: Sample, answer: Answer, document: Document) -> Score:
    """Return the judgement of an answer.

    An unanswerable question is right when it is refused. Any other is right when of every group in ``must``
    one alternative occurs in the text, none of ``must_not`` does, and every group in ``refs`` is cited.
    """
    reasons = _reasons(sample, answer, occurs)
    strict = not _reasons(sample, answer, occurs_whole)
    return Score(not reasons, strict, reasons, citation_problems(answer, document))


def _reasons(sample: Sample, answer: Answer, occurs_in: Callable[[str, str], bool]) -> tuple[str, ...]:
    if not sample.answerable:
        return (SHOULD_REFUSE,) if answer.answered else ()
    if not answer.answered:
        return (REFUSED,)
    cited = {citation.ref for citation in answer.citations}
    missing = [group for group in sample.must if not any(occurs_in(item, answer.text) for item in group)]
    uncited = [group for group in sample.refs if not cited & set(group)]
    return (
        *(f"{MISSING}: {' | '.join(group)}" for group in missing),
        *(f"{FORBIDDEN}: {item}" for item in sample.must_not if occurs_in(item, answer.text)),
        *(f"{UNCITED}: {' | '.join(group)}" for group in uncited),
    )
