"""Finds passages: dense and lexical scores fused into one ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.text import plain
from index.passage import Passage
from qa.evidence import Floats


@dataclass(frozen=True)
class Hit:
    """A passage found, with its fused score and its rank from 1."""

    passage: Passage
    score: float
    rank: int

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as JSON-ready data."""
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "ref": self.passage.ref,
            "label": self.passage.label,
            "section": list(self.passage.section),
            "text": plain(self.passage.text),
            "start": self.passage.start,
            "end": self.passage.end,
        }


def ranked_passages(scores: Floats, passages: tuple[Passage, ...], k: int) -> tuple[Hit, ...]:
    """Return the ``k`` best passages; ties are broken by ``passage_id``."""
    k = min(k, len(passages))
    order = sorted(range(len(passages)), key=lambda row: (-float(scores[row]), passages[row].passage_id))
    return tuple(Hit(passages[row], float(scores[row]), rank) for rank, row in enumerate(order[:k], start=1))


def reranked(hits: tuple[Hit, ...], best: Mapping[str, float], weight: float) -> tuple[Hit, ...]:
    """Return hits in a new order: a passage loses what its best sentence is worse than the best of all, weighed.

    A passage whose sentences were not compared, such as a table, loses nothing.

    Args:
        hits: Passages, best first.
        best: The score of each passage's best sentence, by ``passage_id``.
        weight: What one unit of that score counts.
    """
    top = max(best.values(), default=0.0)
    moved = [replace(hit, score=hit.score - weight * (top - best.get(hit.passage.passage_id, top))) for hit in hits]
    moved.sort(key=lambda hit: (-hit.score, hit.rank))
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(moved, start=1))
