"""Passages in the order of what was found in them."""

from __future__ import annotations

from corpus.paragraphs import document_from_paragraphs
from index.embedder import HashEmbedder
from index.store import build_index
from qa.retrieve import Hit, reranked

PASSAGES = build_index(
    document_from_paragraphs(
        "small", [("Wells", "Wells were dug."), ("Roads", "Roads were built."), ("Sea", "Boats.")]
    ),
    HashEmbedder(),
).passages
HITS = tuple(Hit(passage, 3.0 - row, row + 1) for row, passage in enumerate(PASSAGES))


def test_reranked_passage_with_a_better_sentence_comes_first_with_its_rank() -> None:
    first, second, third = (passage.passage_id for passage in PASSAGES)
    found = reranked(HITS, {first: 2.0, second: 9.0, third: 8.0}, 0.3)
    assert [(hit.passage.passage_id, hit.rank) for hit in found] == [(second, 1), (first, 2), (third, 3)]
    assert found[0].score == HITS[1].score


def test_reranked_passage_without_compared_sentences_loses_nothing() -> None:
    _, second, third = (passage.passage_id for passage in PASSAGES)
    assert reranked(HITS, {second: 1.0, third: 1.0}, 0.3) == HITS
    assert reranked(HITS, {}, 0.3) == HITS
