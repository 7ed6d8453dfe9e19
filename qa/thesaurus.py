"""English words that a report may use for the same thing: "die" and "death", "buy" and "procurement".

Vectors of single words find forms and translations of a word better than other words of its meaning, so language
models wrote a thesaurus of everyday English and of the language of reports (``data/glossary/en.tsv``), and everyday
words that describe what has a word of its own there: "rent" and "building" for "premises" (``described.tsv``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from corpus.words import stem


@lru_cache(maxsize=1)
def described_by() -> Mapping[str, frozenset[str]]:
    """Return the stems of the words that a word may be said of, by its stem: "premises" for "rent" and "building"."""
    text = resources.files("qa").joinpath("data/glossary/described.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        word, telling = line.split("\t")
        for other in telling.split("|"):
            found.setdefault(stem(other), set()).add(stem(word))
    return {key: frozenset(words - {key}) for key, words in found.items()}


@lru_cache(maxsize=1)
def same_meaning() -> Mapping[str, frozenset[str]]:
    """Return the stems of words that may stand for a word, by its stem; of two such words each stands for the other."""
    text = resources.files("qa").joinpath("data/glossary/en.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        word, others = line.split("\t")
        # What takes two words to say is not found by looking for either.
        for other in others.split("|"):
            if " " not in other and " " not in word:
                found.setdefault(stem(word), set()).add(stem(other))
                found.setdefault(stem(other), set()).add(stem(word))
    return {key: frozenset(others - {key}) for key, others in found.items()}
