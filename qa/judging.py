"""Judges what a reading found: how sure the answer is, what would be quoted, what the evidence lacks."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Metadata
from corpus.text import plain
from qa.compose import Quotation
from qa.confidence import confidence_features
from qa.extent import quotations
from qa.ranking import Ranker
from qa.reader import Reading
from qa.requirements import unmet
from qa.settings import Settings
from qa.vocabulary import Vocabulary


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
        report: What the report is.
    """

    def __init__(self, vocabulary: Vocabulary, ranker: Ranker, settings: Settings, report: Metadata) -> None:
        self._vocabulary = vocabulary
        self._ranker = ranker
        self._settings = settings
        self._report = report

    def judge(self, reading: Reading) -> Judged:
        """Return what a reading is worth."""
        if not reading.candidates:
            return Judged(reading)
        confidence = self._ranker.confidence(confidence_features(reading))
        found = quotations(reading, self._settings.max_sentences)
        quoted = " ".join(plain(quotation.text) for quotation in found)
        lacking = unmet(reading.focus, quoted, found[0].passage, self._vocabulary, self._report)
        return Judged(reading, confidence, found, lacking, confidence >= self._settings.min_confidence)
