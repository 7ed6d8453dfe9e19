"""Judges what a reading found: how sure the answer is, what would be quoted, what the evidence lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.text import plain
from corpus.words import stem, words
from qa.compose import Quotation
from qa.confidence import confidence_features, model_for
from qa.extent import quotations
from qa.ranking import Ranker
from qa.reader import Reading
from qa.requirements import unmet
from qa.settings import Settings
from qa.understand import Query
from qa.vocabulary import Vocabulary

_POINTS_BACK = re.compile(r"\b(?:it|he|him|she|they|them|il|elles?|ils|ello|ellos|ellas)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Judged:
    """A reading with what it is worth.

    Attributes:
        reading: What was found.
        confidence: The probability that its first sentence answers, 0 to 1.
        found: What would be quoted.
        lacking: What the evidence lacks of what the question requires, in words.
        sure: Whether the confidence reaches the setting.
    """

    reading: Reading
    confidence: float = 0.0
    found: tuple[Quotation, ...] = ()
    lacking: tuple[str, ...] = ()
    sure: bool = False

    @property
    def supports(self) -> bool:
        """Whether it is to be answered."""
        return self.sure and bool(self.found) and not self.lacking


class Judge:
    """Judges readings against the settings.

    Args:
        vocabulary: The report's vocabulary.
        ranker: The fitted weights.
        settings: The least confidence and the longest quotes.
        report_year: The year that the report is about.
    """

    def __init__(self, vocabulary: Vocabulary, ranker: Ranker, settings: Settings, report_year: int) -> None:
        self._vocabulary = vocabulary
        self._ranker = ranker
        self._settings = settings
        self._year = report_year

    def judge(self, reading: Reading) -> Judged:
        """Return what a reading is worth."""
        if not reading.candidates:
            return Judged(reading)
        confidence = model_for(reading, self._ranker).probability(confidence_features(reading))
        found = quotations(reading, self._settings.max_sentences)
        quoted = " ".join(plain(quotation.text) for quotation in found)
        read = max((odds for one in reading.candidates if (odds := one.log_odds) is not None), default=None)
        passage = found[0].passage
        until = plain(passage.text[: max(one.end for one in found)])
        lacking = unmet(_about(reading), quoted, until, passage, self._vocabulary, self._year, read)
        return Judged(reading, confidence, found, lacking, confidence >= self._settings.min_confidence)


def beside_each_other(judged: Sequence[Judged], least: float) -> tuple[Judged, ...]:
    """Return the parts of one question judged, those half as sure as needed taken where another part is answered.

    What is asked in one breath mostly stands in one place.

    Args:
        judged: Each part.
        least: The confidence that a question needs by itself.
    """
    places = {found.reading.candidates[0].passage.ref for found in judged if found.supports}
    return tuple(
        replace(found, sure=True)
        if found.reading.candidates
        and found.confidence >= least / 2
        and found.reading.candidates[0].passage.ref in places
        else found
        for found in judged
    )


def _about(reading: Reading) -> Query:
    """Return the part of the question that is answered, with the names of the whole where it only points to them."""
    focus, whole = reading.focus, reading.query
    if focus.names or not _POINTS_BACK.search(focus.text):
        return focus
    # "Sanitation" may name a programme; as typed, "sanitation" is what the other part is about.
    typed = {stem(word) for word in words(whole.english) if not word.islower()}
    names = tuple(name for name in whole.names if name in typed)
    return replace(focus, names=names, unknown=whole.unknown, meanings=whole.meanings)
