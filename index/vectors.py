"""Similarity of a question to every passage, by FAISS inside LlamaIndex's vector store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedder import Vectors

if TYPE_CHECKING:
    from llama_index.vector_stores.faiss import FaissVectorStore


class PassageVectors:
    """The passages' vectors in an exact inner-product FAISS index, kept by a LlamaIndex ``FaissVectorStore``.

    The store makes, fills and writes the FAISS index. A saved one is opened by FAISS alone, because importing
    LlamaIndex takes longer than everything else before a process's first answer; the store around it is made
    when it is asked for.

    Args:
        faiss_index: The FAISS index; its ids are the passages' row numbers.
    """

    def __init__(self, faiss_index: Any) -> None:
        self._index = faiss_index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @cached_property
    def store(self) -> FaissVectorStore:
        """The LlamaIndex store around the FAISS index."""
        from llama_index.vector_stores.faiss import FaissVectorStore

        return FaissVectorStore(faiss_index=self._index)

    @classmethod
    def build(cls, ids: Sequence[str], texts: Sequence[str], vectors: Vectors, dimensions: int) -> PassageVectors:
        """Return a store of one node per passage.

        Args:
            ids: The passages' ids.
            texts: What was embedded.
            vectors: Their unit vectors, as rows.
            dimensions: Length of a vector, which an empty report cannot tell.
        """
        import faiss
        from llama_index.core.schema import TextNode
        from llama_index.vector_stores.faiss import FaissVectorStore

        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimensions))
        rows = zip(ids, texts, vectors, strict=True)
        store.add([TextNode(id_=id_, text=text, embedding=row.tolist()) for id_, text, row in rows])
        return cls(store.client)

    def scores(self, query_vector: Vectors) -> Vectors:
        """Return the cosine of the question's vector with every passage's, in passage order."""
        scores = np.zeros(len(self), dtype=np.float32)
        if len(self):
            query = np.ascontiguousarray(query_vector, dtype=np.float32).reshape(1, -1)
            similarities, rows = self._index.search(query, len(self))
            scores[rows[0]] = similarities[0]
        return scores

    def save(self, path: Path) -> None:
        """Write the FAISS index to a file."""
        self.store.persist(str(path))

    @classmethod
    def load(cls, path: Path) -> PassageVectors:
        """Return the vectors that a store saved in a file."""
        import faiss

        return cls(faiss.read_index(str(path)))
