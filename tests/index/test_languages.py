"""Moving a question's vector between languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.paragraphs import document_from_paragraphs
from index.embedder import HashEmbedder, Vectors, normalized
from index.languages import LanguageMeans, parallel_questions
from index.store import build_index, load_index


class Accented(HashEmbedder):
    """Adds a vector of its own to whatever is written in Spanish, as multilingual models do."""

    def embed_queries(self, texts: list[str], show_progress: bool = False) -> Vectors:  # type: ignore[override]
        vectors = super().embed_queries(texts)
        for row, text in enumerate(texts):
            vectors[row, 7] += 3.0 * text.startswith("¿")
        return normalized(vectors)


def test_parallel_questions_are_the_same_number_of_distinct_ones_in_each_language() -> None:
    asked = parallel_questions()
    assert set(asked) == {"en", "fr", "es"}
    assert len({len(questions) for questions in asked.values()}) == 1
    for questions in asked.values():
        assert len(set(questions)) == len(questions) >= 40
        assert all(question.strip() == question != "" for question in questions)


def test_means_are_of_each_languages_own_vectors() -> None:
    means = LanguageMeans.of(("en", "fr"), np.array([[1, 0], [0, 1], [4, 4], [2, 6]], dtype=np.float32))
    assert means.means.tolist() == [[0.5, 0.5], [3, 5]]


def test_moved_takes_out_what_the_languages_differ_by() -> None:
    means = LanguageMeans(("en", "es"), np.array([[0, 0, 0], [0, 0, 2]], dtype=np.float32))
    moved = means.moved(np.array([3, 4, 2], dtype=np.float32), "es", "en")
    assert moved.tolist() == pytest.approx([0.6, 0.8, 0.0])
    assert np.linalg.norm(moved) == pytest.approx(1.0)


@pytest.mark.parametrize(("source", "target"), [("en", "en"), ("de", "en"), ("en", "de")])
def test_moved_leaves_a_vector_of_the_same_or_an_unknown_language(source: str, target: str) -> None:
    means = LanguageMeans(("en", "es"), np.array([[0, 0], [0, 2]], dtype=np.float32))
    vector = np.array([0.6, 0.8], dtype=np.float32)
    assert means.moved(vector, source, target) is vector


def test_embed_query_in_another_language_lies_nearer_to_the_text(tmp_path: Path) -> None:
    document = document_from_paragraphs("small", [("Sea", "Boats carried cedar."), ("Roads", "Lorries carried pine.")])
    index = build_index(document, Accented(), tmp_path)
    plain = index.passage_scores(index.embed_query("¿boats cedar?"))
    moved = index.passage_scores(index.embed_query("¿boats cedar?", "es"))
    assert moved[0] > plain[0] + 0.1
    loaded = load_index(tmp_path, document, Accented())
    assert np.array_equal(loaded.language_means.means, index.language_means.means)
    assert loaded.language_means.languages == index.language_means.languages
