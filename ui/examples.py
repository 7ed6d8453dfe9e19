"""Example questions, each one tried before it is shown: for the start of the page, and beside a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from corpus.document import Document
from corpus.errors import ReportQAError
from corpus.words import content_stems
from qa.answer import Answer
from ui import questions
from ui.questions import Example

TRIES = 30
"""Most questions that are tried for one set, to bound the time it takes."""

RELATED_TRIES = 8
CLEAR = 0.5
"""Least confidence of the answer to a question that is shown at the start."""


class Examples:
    """Questions that a report answers, made from it and tried as they are needed; the same for every visitor.

    Args:
        document: The report.
        ask: Answers a question.
        size: How many questions stand in a set.
    """

    def __init__(self, document: Document, ask: Callable[[str], Answer], size: int = 6) -> None:
        self._ask = ask
        self._size = size
        self._all = tuple(candidates(document))
        self._left = list(self._all)
        self._pages: list[tuple[Example, ...]] = []
        self._answers: dict[str, Answer] = {}
        # Nearly every question names the organization and the report: sharing that makes no two alike.
        self._everywhere = set(content_stems(f"{document.metadata.organization} report say did do many"))

    def page(self, number: int) -> tuple[Example, ...]:
        """Return a set of examples of different themes; after the last set the first comes again.

        Args:
            number: The set's number, from 0.
        """
        while len(self._pages) <= number and self._left:
            found = self._next_page()
            if len(found) == self._size or (found and not self._pages):
                self._pages.append(found)
        return self._pages[number % len(self._pages)] if self._pages else ()

    def _next_page(self) -> tuple[Example, ...]:
        """Return the next questions with an answer, one for each theme; those of themes seen wait for another set."""
        chosen: list[Example] = []
        waiting: list[Example] = []
        tries = 0
        while self._left and len(chosen) < self._size and tries < TRIES:
            example = self._left.pop(0)
            if example.theme in {other.theme for other in chosen}:
                waiting.append(example)
                continue
            tries += 1
            if self._answers_itself(example, CLEAR):
                chosen.append(example)
        # Without a new theme the rest could only wait again, for ever.
        self._left = waiting + self._left if chosen else self._left
        return tuple(chosen)

    def related(self, refs: Sequence[str], question: str, k: int = 3) -> tuple[Example, ...]:
        """Return questions that the report answers from given places, those nearest to a question's words first.

        Args:
            refs: The places; where there are none, a shared word counts as near.
            question: The question that was not answered.
            k: How many at most.
        """
        asked = set(content_stems(question)) - self._everywhere

        def shared(example: Example) -> int:
            return len(asked & set(content_stems(example.question)))

        others = [example for example in self._all if example.question != question and example.refs != ("acronyms",)]
        near = [example for example in others if set(example.refs) & set(refs)]
        near = near or [example for example in others if shared(example)]
        near.sort(key=lambda example: (-shared(example), len(example.refs)))
        tried = (example for example in near[:RELATED_TRIES] if self._answers_itself(example, 0.0))
        return tuple(islice(tried, k))

    def _answers_itself(self, example: Example, confidence: float) -> bool:
        """Whether the answer cites a place that the question was made of; each question is asked once.

        A question that cannot be asked now, because too many wait, is left out now and tried again later.
        """
        try:
            if example.question not in self._answers:
                self._answers[example.question] = self._ask(example.question)
        except ReportQAError:
            return False
        answer = self._answers[example.question]
        cited = {citation.ref for citation in answer.citations}
        return answer.answered and answer.confidence >= confidence and bool(cited & set(example.refs))


def candidates(document: Document) -> Iterator[Example]:
    """Yield questions made from the report, the kinds taking turns, in a fixed order."""
    kinds = (
        spread(sorted(questions.figures(document), key=_vague)),
        questions.tables(document),
        spread(questions.places(document)),
        spread(questions.boxes(document)),
        spread(questions.names(document)),
        questions.sections(document),
        questions.acronyms(document),
    )
    seen: set[str] = set()
    for group in zip_longest(*kinds):
        for example in group:
            if example is not None and example.question not in seen:
                seen.add(example.question)
                yield example


def _vague(example: Example) -> bool:
    """Whether a question is so short that many sentences could answer it."""
    return len(example.question.split()) < 8


def spread(found: Iterable[Example]) -> list[Example]:
    """Return the examples reordered so that neighbours come from different themes."""
    by_theme: dict[str, list[Example]] = {}
    for example in found:
        by_theme.setdefault(example.theme, []).append(example)
    rounds = zip_longest(*by_theme.values())
    return [example for group in rounds for example in group if example is not None]
