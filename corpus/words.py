"""The words of a text and their stems, as search, reading and auditing compare them."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

from corpus.stopwords import STOPWORDS

WORD = re.compile(r"[^\W_]+(?:[’'.,&-][^\W_]+)*", re.UNICODE)
_NUMBER = re.compile(r"\d[\d.,]*")
_stemmer_lock = threading.Lock()


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


def snowball(word: str) -> str:
    """Return the Snowball English stem of a word in lower case."""
    # A PyStemmer object keeps its state between calls and must not be shared by threads unguarded.
    with _stemmer_lock:
        stemmed: str = _stemmer().stemWord(word)
    return stemmed


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word's stem: accents folded, possessive dropped, Snowball English stem, commas out of numbers."""
    folded = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    bare = bare.removesuffix("'s").strip("'.,-&")
    return bare.replace(",", "") if _NUMBER.fullmatch(bare) else snowball(bare)


def words(text: str) -> list[str]:
    """Return the words of a text as written; hyphenated words also give their parts."""
    found = []
    for word in WORD.findall(text):
        found.append(word)
        if "-" in word:
            found.extend(part for part in word.split("-") if len(part) > 2)
    return found


def content_stems(text: str) -> tuple[str, ...]:
    """Return the distinct stems of the words that carry meaning, in order of appearance."""
    stems = dict.fromkeys(stem(word) for word in words(text) if word.lower() not in STOPWORDS)
    return tuple(found for found in stems if found and found not in STOPWORDS)
