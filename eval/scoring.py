"""Whether one answer is right, by the rules of the question sets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Document
from eval.citations import citation_problems
from eval.samples import Sample
from qa.answer import Answer

_INSIDE_NUMBER = re.compile(r"(?<=\d)[, \u00a0\u202f](?=\d)")


@dataclass(frozen=True)
class Score:
    """The judgement of one answer.

    Attributes:
        right: Whether it is right.
        reasons: Why it is not; empty when it is.
        quotes_true: Whether every quote and marker bears checking against the report.
    """

    right: bool
    reasons: tuple[str, ...]
    quotes_true: bool


def normalized(text: str) -> str:
    """Return a text as answers are compared: case folded, white space collapsed, numbers without separators."""
    return _INSIDE_NUMBER.sub("", " ".join(text.casefold().split()))


def score(sample: Sample, answer: Answer, document: Document) -> Score:
    """Return the judgement of an answer.

    An unanswerable question is right when it is refused. Any other is right when of every group in ``must``
    one alternative occurs in the text, none of ``must_not`` does, and every group in ``refs`` is cited.
    """
    quotes_true = not citation_problems(answer, document)
    if not sample.answerable:
        unrefused = ("should have been refused",) if answer.answered else ()
        return Score(not unrefused, unrefused, quotes_true)
    if not answer.answered:
        return Score(False, ("refused",), quotes_true)
    text = normalized(answer.text)
    cited = {citation.ref for citation in answer.citations}
    reasons = (
        *(
            f"lacks {' | '.join(group)}"
            for group in sample.must
            if not any(normalized(found) in text for found in group)
        ),
        *(f"must not say {found}" for found in sample.must_not if normalized(found) in text),
        *(f"does not cite {' | '.join(group)}" for group in sample.refs if not cited & set(group)),
    )
    return Score(not reasons, reasons, quotes_true)
