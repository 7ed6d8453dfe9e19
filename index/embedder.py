"""What an embedding model has to offer, and a fake one for tests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their similarity.

    Attributes:
        name: What a user types to choose the model; also the name of the index folder.
        fingerprint: Changes whenever the vectors could: the weights, the prefixes, the pooling.
        dimensions: Length of a vector.
    """

    @property
    def name(self) -> str:
        """The name a user types."""
        ...

    @property
    def fingerprint(self) -> str:
        """A short text that changes when the vectors could."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def embed_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per question or word, as rows."""
        ...

    def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per stretch of the report, as rows."""
        ...


def normalized(vectors: NDArray[np.floating]) -> Vectors:
    """Return the rows scaled to length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def encodable(text: str) -> str:
    """Return the text without what UTF-8 or a C string cannot hold (lone surrogates, NUL)."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


class RememberingEmbedder:
    """An embedder that embeds no question or word twice, for many small texts that share their words.

    Args:
        embedder: The embedder that does the work.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The name of the embedder that does the work."""
        return self._embedder.name

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the embedder that does the work."""
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._embedder.dimensions

    def embed_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per question or word, as rows."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed_queries(new, show_progress), strict=True))
        rows = [self._known[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimensions)

    def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per stretch of a text, as rows; these are not remembered."""
        return self._embedder.embed_passages(texts, show_progress)


class HashEmbedder:
    """A fake model: the bag of words, each hashed to one signed dimension.

    Two texts are similar when they share words. Needs no files and gives the same vectors on
    every machine, so tests and examples can use it in place of a real model.

    Args:
        dimensions: Length of a vector; more of them mean fewer collisions of words.
    """

    def __init__(self, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        """The name a user types."""
        return "hash"

    @property
    def fingerprint(self) -> str:
        """The scheme and its size."""
        return f"hash-v1-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._dimensions

    def embed_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per question or word, as rows."""
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per text, as rows; progress is never shown, it is instant."""
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
                place = int.from_bytes(digest[:4], "big") % self._dimensions
                vectors[row, place] += 1.0 if digest[4] % 2 else -1.0
        return normalized(vectors)
