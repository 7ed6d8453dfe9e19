"""What people said about answers, turned into evaluation samples.

An answer that people found right is a sample with its gold answer; a wrong one lacks the gold answer, which only a
person can give. The two never mix: see ``Converted``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import BaseModel, ValidationError

from corpus.statements import figures_in
from eval.samples import UNANSWERABLE, Groups, Sample
from eval.scoring import normalized
from qa.answer import AnswerKind
from qa.feedback import Feedback, Verdict

NEEDS_GOLD = "needs gold"
_MARKER = re.compile(r"\[\d{1,3}\]")
_NOTE_LENGTH = 400


class _Value(BaseModel):
    text: str


class _Cited(BaseModel):
    ref: str
    label: str = ""
    quote: str = ""


class _Calculation(BaseModel):
    result: float | str | list[str] | None = None


class _Answer(BaseModel):
    """What a sample needs of a stored answer."""

    answered: bool
    kind: str = ""
    text: str = ""
    language: str = "en"
    citations: list[_Cited] = []
    value: _Value | None = None
    calculation: _Calculation | None = None


@dataclass(frozen=True)
class Converted:
    """Samples from feedback.

    Attributes:
        gold: Samples that an answer can be judged by.
        to_complete: Samples whose gold answer a person has to fill in. Their ``must`` holds words that no answer
            has, so that one used by mistake counts as wrong, never as right.
    """

    gold: tuple[Sample, ...]
    to_complete: tuple[Sample, ...]


def converted(feedback: Iterable[Feedback]) -> Converted:
    """Return the samples that feedback makes, one for each question, in the order of the questions' first feedback.

    Where people do not agree on a question, a person has to decide.
    """
    by_question: dict[tuple[str, ...], list[Feedback]] = {}
    for given in feedback:
        key = (*(normalized(earlier) for earlier in given.history), normalized(given.question))
        by_question.setdefault(key, []).append(given)
    gold: list[Sample] = []
    to_complete: list[Sample] = []
    for group in by_question.values():
        sample = _agreed(group)
        if sample is not None:
            gold.append(sample)
        else:
            to_complete.append(_to_complete(group))
    return Converted(tuple(gold), tuple(to_complete))


def _agreed(group: Sequence[Feedback]) -> Sample | None:
    """Return the sample that all feedback on a question agrees on, or ``None``."""
    samples = [_gold(given) for given in group]
    first = samples[0]
    same = all(sample is not None and first is not None and _judges(sample) == _judges(first) for sample in samples)
    return first if same else None


def _judges(sample: Sample) -> tuple[object, ...]:
    return sample.kind, sample.must, sample.refs


def _gold(given: Feedback) -> Sample | None:
    """Return the sample of one person's feedback, or ``None`` if it does not say what the answer should be."""
    answer = _answer(given)
    if answer is None:
        return None
    refused_rightly = given.verdict == Verdict.RIGHT and not answer.answered
    if given.verdict == Verdict.SHOULD_HAVE_REFUSED or refused_rightly:
        return _sample(given, answer.language, UNANSWERABLE, note=_note(given))
    if given.verdict != Verdict.RIGHT or not answer.citations:
        return None
    value = _value(answer)
    return _sample(
        given,
        answer.language,
        _type(given, answer),
        must=((value,),) if value else (),
        refs=_refs(answer, value),
        note=_note(given, answer.text),
    )


def _value(answer: _Answer) -> str:
    """Return the words that a right answer has to hold: its value, its result, or its only figure; else nothing."""
    if answer.value is not None:
        return answer.value.text.strip()
    result = answer.calculation.result if answer.calculation else None
    if isinstance(result, float) and (printed := f"{result:.10g}") in normalized(answer.text):
        return printed
    figures = {figure.text.strip() for figure in figures_in(_MARKER.sub("", answer.text))}
    return figures.pop() if len(figures) == 1 else ""


def _refs(answer: _Answer, value: str) -> Groups:
    """Return the places to cite: both sides of a conflict; else any place that has the value, or any cited one."""
    places = tuple(dict.fromkeys(cited.ref for cited in answer.citations))
    if answer.kind == AnswerKind.CONFLICT:
        return tuple((place,) for place in places)
    having = tuple(dict.fromkeys(cited.ref for cited in answer.citations if value and value in cited.quote))
    return (having or places,)


def _type(given: Feedback, answer: _Answer) -> str:
    if given.history:
        return "followup"
    return answer.kind if answer.kind in (AnswerKind.TABLE, AnswerKind.CONFLICT) else "fact"


def _to_complete(group: Sequence[Feedback]) -> Sample:
    """Return a sample that tells a person what was said about a question's answers."""
    told = "; ".join(f"{verdict}: {_told(list(same))}" for verdict, same in groupby(group, lambda given: given.verdict))
    answer = _answer(group[0])
    language = answer.language if answer else "en"
    return _sample(group[0], language, "fact", must=((NEEDS_GOLD,),), note=f"{NEEDS_GOLD}: {told}")


def _told(group: Sequence[Feedback]) -> str:
    answer = _answer(group[0])
    said = "an answer that cannot be read" if answer is None else f"“{_short(answer.text)}”"
    places = ", ".join(cited.label or cited.ref for cited in answer.citations) if answer else ""
    comments = " / ".join(_short(given.comment) for given in group if given.comment.strip())
    return said + (f" from {places}" if places else "") + (f", comment: {comments}" if comments else "")


def _note(given: Feedback, text: str = "") -> str:
    parts = (f"feedback of {given.created}", _short(text), _short(given.comment))
    return "; ".join(part for part in parts if part)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _NOTE_LENGTH else f"{words[:_NOTE_LENGTH]}…"


def _answer(given: Feedback) -> _Answer | None:
    try:
        return _Answer.model_validate(given.answer)
    except ValidationError:
        return None


def _sample(given: Feedback, language: str, kind: str, must: Groups = (), refs: Groups = (), note: str = "") -> Sample:
    return Sample(
        sample_id=f"feedback-{given.id}",
        question=given.question,
        history=given.history,
        language=language,
        kind=kind,
        must=must,
        must_not=(),
        refs=refs,
        note=note,
    )
