"""An index of one report: scores of a question against every passage and every sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.embedder import Embedder, Vectors
from index.languages import LanguageMeans, parallel_questions
from index.lexical import LexicalIndex
from index.manifest import Source
from index.passage import Passage
from index.vectors import PassageVectors
from index.views import SentenceView, passage_texts, sentence_texts
from index.word_vectors import WordVectors, report_words

if TYPE_CHECKING:
    from llama_index.vector_stores.faiss import FaissVectorStore


@dataclass(frozen=True)
class IndexOptions:
    """What is indexed.

    Attributes:
        max_characters: Longest passage, in characters.
        sentence_views: The sentence vectors that are made. With the default model a thousand
            sentences take about a minute of processor time alone, and two minutes in context.
    """

    max_characters: int = 1500
    sentence_views: tuple[SentenceView, ...] = (SentenceView.ALONE,)


PASSAGES, WORDS, QUESTIONS = "passages", "words", "questions"


class SentenceRow(NamedTuple):
    """Where a row of the sentence scores stands."""

    passage: int
    sentence: int


@dataclass(frozen=True)
class ReportIndex:
    """Passages of a report with everything needed to score them against a question.

    All scores are arrays in the order of ``passages`` or of ``sentence_rows``.

    Attributes:
        document: The report.
        embedder: The model that embeds questions.
        passages: The passages, in reading order.
        passage_vectors: Their vectors.
        sentence_vectors: Vectors of their sentences, by view.
        word_vectors: Vectors of the report's words.
        language_means: Where each language lies among the model's vectors.
        passage_words: Word search over the passages, with their headings.
        source: What the index was made from.
    """

    document: Document = field(repr=False)
    embedder: Embedder
    passages: tuple[Passage, ...] = field(repr=False)
    passage_vectors: PassageVectors = field(repr=False)
    sentence_vectors: Mapping[SentenceView, Vectors] = field(repr=False)
    word_vectors: WordVectors = field(repr=False)
    language_means: LanguageMeans = field(repr=False)
    passage_words: LexicalIndex = field(repr=False)
    source: Source

    @cached_property
    def sentence_rows(self) -> tuple[SentenceRow, ...]:
        """The passage and sentence number of every row of the sentence scores."""
        return tuple(
            SentenceRow(row, sentence)
            for row, passage in enumerate(self.passages)
            for sentence in range(len(passage.sentences))
        )

    @cached_property
    def first_sentence_rows(self) -> NDArray[np.intp]:
        """The row of each passage's first sentence, and the number of rows at the end."""
        counts = [len(passage.sentences) for passage in self.passages]
        return np.concatenate([[0], np.cumsum(counts, dtype=np.intp)]).astype(np.intp)

    @property
    def vector_store(self) -> FaissVectorStore:
        """The LlamaIndex store of the passage vectors; node ids are row numbers."""
        return self.passage_vectors.store

    def embed_query(self, text: str, language: str | None = None) -> Vectors:
        """Return the unit vector of one question.

        Args:
            text: The question.
            language: Its language (ISO 639-1), if its vector is to be moved to the language of the report.
        """
        vector: Vectors = self.embedder.embed_queries([text])[0]
        if language is None:
            return vector
        return self.language_means.moved(vector, language, self.document.metadata.language)

    def passage_scores(self, query_vector: Vectors) -> Vectors:
        """Return the cosine similarity of every passage, -1 to 1."""
        return self.passage_vectors.scores(query_vector)

    def sentence_scores(self, query_vector: Vectors, view: SentenceView | None = None) -> Vectors:
        """Return the cosine similarity of every sentence, -1 to 1.

        Args:
            query_vector: The question's unit vector.
            view: Which sentence vectors; the first that was built by default.

        Raises:
            ValueError: If the view was not built.
        """
        chosen = view if view is not None else next(iter(self.sentence_vectors), None)
        if chosen is None or chosen not in self.sentence_vectors:
            built = ", ".join(self.sentence_vectors) or "none"
            raise ValueError(f"no sentence vectors {chosen or ''} in the index (built: {built})")
        return np.asarray(self.sentence_vectors[chosen] @ query_vector, dtype=np.float32)

    def lexical_scores(self, query: str) -> NDArray[np.float32]:
        """Return the BM25 score of every passage, 0 or more."""
        return self.passage_words.scores(query)

    def best_sentence_scores(self, sentence_scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the highest of each passage's sentence scores."""
        if not self.passages:
            return np.zeros(0, dtype=np.float32)
        return np.maximum.reduceat(sentence_scores, self.first_sentence_rows[:-1])

    def ranked(self, scores: NDArray[np.floating], k: int | None = None) -> tuple[int, ...]:
        """Return the rows of the ``k`` best passages, best first, ties by passage id."""
        order = sorted(range(len(self.passages)), key=lambda row: (-float(scores[row]), self.passages[row].passage_id))
        return tuple(order[:k])


def indexed_texts(document: Document, passages: tuple[Passage, ...], options: IndexOptions) -> dict[str, list[str]]:
    """Return the texts to embed, by view.

    ``PASSAGES`` are the passages' own, ``WORDS`` the report's words, ``QUESTIONS`` the parallel questions, language by
    language.
    """
    texts = {PASSAGES: passage_texts(document, passages)}
    texts[WORDS] = report_words(texts[PASSAGES])
    texts[QUESTIONS] = [question for asked in parallel_questions().values() for question in asked]
    for view in options.sentence_views:
        texts[view.value] = sentence_texts(document, passages, view)
    return texts
