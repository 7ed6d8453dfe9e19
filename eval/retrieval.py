"""How high the right place is ranked, by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Retrieval:
    """How high the right place is ranked, over judged questions.

    Attributes:
        values: ``R@1``, ``R@5`` and ``MRR@10``; empty when nothing was judged.
        n: How many questions were judged.
    """

    values: dict[str, float]
    n: int


def retrieval(qrels: Mapping[str, Sequence[str]], runs: Mapping[str, Sequence[str]]) -> Retrieval:
    """Return how high right places are ranked.

    ``R@k`` is the share of questions with a right place among the first k places (``Success@k`` of
    ir-measures; with one right place it is recall), ``MRR@10`` the mean reciprocal rank of the first one, 0
    below rank 10. Every judged question counts, also one without hits. A place found twice counts at its better
    rank. Scores are rewritten from ranks, so that the tool's rule for ties cannot reorder a ranking.

    Args:
        qrels: Right places by question.
        runs: Places found by question, best first.
    """
    if not qrels:
        return Retrieval({}, 0)
    import ir_measures
    from ir_measures import RR, Success

    wanted = {"R@1": Success @ 1, "R@5": Success @ 5, "MRR@10": RR @ 10}
    judged = [ir_measures.Qrel(query, place, 1) for query, places in qrels.items() for place in places]
    scored = [
        ir_measures.ScoredDoc(query, place, 1.0 / rank)
        for query in qrels
        for rank, place in enumerate(dict.fromkeys(runs.get(query, ())), start=1)
    ]
    # The tool does not take an empty run.
    if not scored:
        return Retrieval(dict.fromkeys(wanted, 0.0), len(qrels))
    found = ir_measures.calc_aggregate(list(wanted.values()), judged, scored)
    return Retrieval({name: float(found[measure]) for name, measure in wanted.items()}, len(qrels))
