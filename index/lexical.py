"""Word search: BM25 over stemmed tokens that keep figures, acronyms and hyphenated words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.words import snowball

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-'./&]\w+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_PARTS = re.compile(r"[-'./&]")
_STOPWORD_LIST = (
    "a about after all also am an and any are as at be been before being both but by can could did do does "
    "during each for from give had has have how i if in into is it its list many me more most much of on or "
    "our out over please say says she he should show so some such than that the their them "
    "then there these they this those through to under up us was we were what when where which while who "
    "whom whose why will with would you your"
)
_STOPWORDS = frozenset(_STOPWORD_LIST.split())


def tokenize(text: str) -> list[str]:
    """Return the search tokens of a text: lower case, stemmed, without accents and stopwords.

    ``3,527.5`` gives ``3527.5``; ``G-5`` gives ``g-5``; ``decision-making`` gives the word and its
    parts; ``T-R-A-N`` gives the spelled word ``tran`` too.
    """
    text = _SPACED_THOUSANDS.sub("", text.replace("\u2019", "'").replace("\u2011", "-"))
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    tokens: list[str] = []
    for match in _TOKEN.finditer(_THOUSANDS.sub("", plain)):
        tokens.extend(_forms(match.group()))
    return tokens


def _forms(printed: str) -> list[str]:
    word = printed.lower().removesuffix("'s")
    if not any(char.isalpha() for char in word):
        return [word]
    if printed.isupper() and len(printed) > 1 and word in _STOPWORDS:
        return [word]  # WHO and IT are names, who and it are not
    parts = [part for part in _PARTS.split(word) if part]
    if len(parts) < 2:
        return [] if word in _STOPWORDS else [snowball(word)]
    if all(len(part) == 1 for part in parts):
        return [word, snowball("".join(parts))]
    return [word, *(snowball(part) for part in parts if len(part) > 1 and part not in _STOPWORDS)]


class LexicalIndex:
    """BM25 scores of a question against a fixed list of texts.

    Args:
        retriever: A bm25s index over the texts' tokens, or ``None`` where the texts have none.
        size: Number of texts.
    """

    def __init__(self, retriever: Any, size: int) -> None:
        self._retriever = retriever
        self._size = size

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Return an index over the texts (Lucene's BM25, k1 1.2, b 0.75)."""
        tokens = [tokenize(text) for text in texts]
        if not any(tokens):
            return cls(None, len(texts))
        import bm25s

        retriever = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numpy")
        retriever.index(tokens, show_progress=False)
        return cls(retriever, len(texts))

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the score of every text, in order; 0 where no word of the question occurs."""
        known = self._known(tokenize(query))
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into an empty or new folder; nothing is pickled."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._retriever is not None:
            self._retriever.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Return the saved index of ``size`` texts."""
        if not any(folder.iterdir()):
            return cls(None, size)
        import bm25s

        return cls(bm25s.BM25.load(str(folder), load_corpus=False, show_progress=False), size)

    def _known(self, tokens: Sequence[str]) -> list[str]:
        if self._retriever is None:
            return []
        return [token for token in tokens if token in self._retriever.vocab_dict]
