"""Which of the supported languages a question is in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.stopwords import ENGLISH, FRENCH, SPANISH

if TYPE_CHECKING:
    from lingua import LanguageDetector

SUPPORTED = ("en", "fr", "es")

# Below this the detector only guesses (names, numbers, single words), and the report's
# own language is the safer reading.
_MIN_CERTAINTY = 0.45
_FOREIGN_MARKS = r"[¿¡à-ÿœ]"


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    languages = (Language.ENGLISH, Language.FRENCH, Language.SPANISH)
    return LanguageDetectorBuilder.from_languages(*languages).build()


def detect_language(text: str) -> str:
    """Return ``en``, ``fr`` or ``es``: the language a question is most likely written in.

    Names and acronyms are left out of the vote where lower-case words remain, because they are
    alike in all three languages.
    """
    if _is_plainly_english(text):
        return "en"
    words = [word for word in text.split() if not any(character.isdigit() for character in word)]
    common = [word for word in words[1:] if word[:1].islower()]
    voting = " ".join(words[:1] + common) if len(common) >= 2 else " ".join(words)
    if not voting.strip():
        return "en"
    ranked = _detector().compute_language_confidence_values(voting)
    if not ranked or ranked[0].value < _MIN_CERTAINTY:
        return "en"
    found: str = ranked[0].language.iso_code_639_1.name.lower()
    return found if found == "en" or _shows(found, text) else "en"


def _is_plainly_english(text: str) -> bool:
    """Whether only English function words stand in a text, two at least; the detector takes half a second to load."""
    found = set(re.findall(r"[^\W\d_]+", text.lower()))
    foreign = found & ((FRENCH | SPANISH) - ENGLISH) or re.search(_FOREIGN_MARKS, text.lower())
    return not foreign and len(found & (ENGLISH - FRENCH - SPANISH)) >= 2


def _shows(language: str, text: str) -> bool:
    """Whether a text has a function word, an accent or a mark of a language; keywords and typos have none."""
    function_words = FRENCH if language == "fr" else SPANISH
    return bool(set(re.findall(r"[^\W\d_]+", text.lower())) & function_words) or bool(
        re.search(_FOREIGN_MARKS, text.lower())
    )


def latin_share(text: str) -> float:
    """Return the share of letters that belong to the Latin script; 1.0 where there are none."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return 1.0
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
    return latin / len(letters)
