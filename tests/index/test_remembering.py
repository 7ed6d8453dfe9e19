from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedder import HashEmbedder, RememberingEmbedder, Vectors


class Counting(HashEmbedder):
    """Notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        self.asked.extend(texts)
        return super().embed_queries(texts)


def test_remembering_embedder_asks_once_and_gives_the_same_vectors() -> None:
    counting = Counting()
    remembering = RememberingEmbedder(counting)
    first = remembering.embed_queries(["water", "wells", "water"])
    again = remembering.embed_queries(["wells"])
    assert counting.asked == ["water", "wells"]
    np.testing.assert_array_equal(first, HashEmbedder().embed_queries(["water", "wells", "water"]))
    np.testing.assert_array_equal(again[0], first[1])
    assert remembering.embed_queries([]).shape == (0, 256)
