"""What the wording of a question demands that a text says: a cost, a death, that something ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from qa.language import SUPPORTED
from qa.understand import Query

T = TypeVar("T")


def in_language(said: Mapping[str, T], language: str) -> T:
    """Return what is said in a language, in English where it is not said in that."""
    return said.get(language, said["en"])


class Demand(NamedTuple):
    """A wording, and what a text must say to answer it.

    Attributes:
        asked: The wording, by language: "fines" is one word in English and another in Spanish.
        told: What the text must say, in English as the report is.
        names: What is missing where it does not, by language.
    """

    asked: Mapping[str, re.Pattern[str]]
    told: re.Pattern[str]
    names: Mapping[str, str]

    def made_by(self, query: Query) -> bool:
        """Whether a question is so worded."""
        return bool(in_language(self.asked, query.language).search(query.text))

    def missing(self, query: Query, text: str) -> list[str]:
        """Return what a text lacks that a question demands, in words; empty if nothing."""
        unmet = self.made_by(query) and not self.told.search(text)
        return [in_language(self.names, query.language)] if unmet else []


def demand(asked: tuple[str, str, str], told: str, names: tuple[str, str, str]) -> Demand:
    """Return a demand from its words.

    Args:
        asked: The alternatives of a pattern in English, French and Spanish, which whole words must match.
        told: The alternatives of what the text must say.
        names: What is missing, in the same languages.
    """
    return Demand(
        {language: _words(found) for language, found in zip(SUPPORTED, asked, strict=True)},
        _words(told),
        dict(zip(SUPPORTED, names, strict=True)),
    )


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
