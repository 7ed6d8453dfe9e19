"""How much of the report an answer quotes: one sentence, or the two or three that belong together."""

from __future__ import annotations

import re

from corpus.document import BlockKind
from corpus.text import ends_sentence, plain
from qa.compose import Quotation
from qa.held import name_missing, value_missing
from qa.reader import Candidate, Reading
from qa.wanted import VALUES, Wanted

# A sentence whose subject is in the sentence before it.
_LEANS_BACK = re.compile(
    r"^(it|its|they|their|these|this|those|he|she|his|her|such|the (report|former|latter|initiative|event|"
    r"programme|project|framework|system|platform|unit|awards?|fund|network))\b",
    re.IGNORECASE,
)
_OPENS_TAKING_UP = re.compile(r"^(these|this|they|those|such)\b", re.IGNORECASE)
_TAKES_UP = re.compile(r"\b(these|this|they|those|such|it)\b", re.IGNORECASE)
# Ranking scores this close (in logits) leave it open which of two sentences of a passage answers. On SQuAD's second
# half it brings the answer into .89 of the quotes (.83 by the first sentence alone) with 1.6 sentences on average.
_CLOSE = 3.0
# This close, a sentence is quoted though others stand between.
_CLOSE_ANYWHERE = 1.5
# A sentence that holds the kind of value asked for may stand this far behind one that does not, in the same passage
# and elsewhere.
_CLOSE_VALUE_HERE, _CLOSE_VALUE = 6.0, 2.0
_LONG_ANSWERS = (Wanted.REASON, Wanted.MANNER)


def quotations(reading: Reading, max_sentences: int) -> tuple[Quotation, ...]:
    """Return what to quote for one question, the likeliest sentence first.

    Args:
        reading: The candidates, best first; at least one.
        max_sentences: Most sentences to quote.
    """
    best = chosen(reading)
    if best.passage.kind is BlockKind.ACRONYMS:
        return (_quotation(best, {best.number}),)
    numbers = {best.number}
    if max_sentences > 1 and best.number and _LEANS_BACK.match(plain(best.passage.sentence_text(best.number))):
        numbers.add(best.number - 1)
    explains = not reading.focus.wanted or set(reading.focus.wanted) & set(_LONG_ANSWERS)
    close = _CLOSE * (1.5 if explains else 1.0)
    for candidate in reading.candidates:
        if len(numbers) >= max_sentences or best.score - candidate.score > close:
            break
        here = candidate.passage.passage_id == best.passage.passage_id and (
            _near(candidate.number, numbers) or best.score - candidate.score <= _CLOSE_ANYWHERE
        )
        # Beside a value only another sentence that holds one may be what was meant.
        if here and not value_missing(reading.focus, plain(candidate.passage.sentence_text(candidate.number))):
            numbers.add(candidate.number)
    if len(numbers) < max_sentences:
        # Two sentences around a third read better with it than without.
        numbers |= {number + 1 for number in numbers if number + 2 in numbers}
    numbers |= _list_items(best, max(numbers)) | _taken_up(reading, best, numbers, max_sentences)
    return tuple(_quotation(best, run) for run in _runs(numbers))


def chosen(reading: Reading) -> Candidate:
    """Return the candidate that answers: the best, or a close one that holds the kind of value or name asked for.

    A close one in the best candidate's own passage comes before one elsewhere.
    """
    best = reading.candidates[0]
    here = [found for found in reading.candidates if found.passage.passage_id == best.passage.passage_id]
    close = [candidate for candidate in here if best.score - candidate.score <= _CLOSE_VALUE_HERE]
    close += [candidate for candidate in reading.candidates if best.score - candidate.score <= _CLOSE_VALUE]
    for candidate in close:
        text = plain(candidate.passage.sentence_text(candidate.number))
        if not value_missing(reading.focus, text) and not name_missing(reading.focus, text):
            return candidate
    return best


def _near(number: int, numbers: set[int]) -> bool:
    return any(abs(number - chosen) <= 2 for chosen in numbers)


def _list_items(best: Candidate, last: int) -> set[int]:
    """Return the sentence after one that introduces it with a colon."""
    has_next = last + 1 < len(best.passage.sentences)
    text = best.passage.sentence_text(last)
    return {last + 1} if has_next and (text.endswith(":") or not ends_sentence(text)) else set()


def _taken_up(reading: Reading, best: Candidate, numbers: set[int], max_sentences: int) -> set[int]:
    """Return the next sentence where it takes up the last one chosen and adds what was asked for."""
    following = max(numbers) + 1
    if len(numbers) >= max_sentences or following >= len(best.passage.sentences):
        return set()
    quoted = " ".join(plain(best.passage.sentence_text(number)) for number in sorted(numbers))
    text = plain(best.passage.sentence_text(following))
    missing = value_missing(reading.focus, quoted)
    if missing:
        return {following} if _TAKES_UP.search(text) and not value_missing(reading.focus, text) else set()
    asks_for_value = any(wanted in VALUES for wanted in reading.focus.wanted)
    return {following} if not asks_for_value and _OPENS_TAKING_UP.match(text) else set()


def _runs(numbers: set[int]) -> list[set[int]]:
    """Return the numbers as runs of consecutive ones, in order."""
    runs: list[set[int]] = []
    for number in sorted(numbers):
        if runs and number - 1 in runs[-1]:
            runs[-1].add(number)
        else:
            runs.append({number})
    return runs


def _quotation(best: Candidate, numbers: set[int]) -> Quotation:
    sentences = best.passage.sentences
    return Quotation(best.passage, sentences[min(numbers)].start, sentences[max(numbers)].end)
