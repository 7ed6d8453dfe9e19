"""The assistant: a report, its index, and the way from a question to a checked answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.document import Document
from corpus.loading import load_report
from index.embedders import open_embedder
from index.report_index import ReportIndex
from index.store import build_index, index_folder, open_or_build
from qa.answer import Answer
from qa.conversation import Conversation
from qa.explain import Explanation
from qa.pipeline import Pipeline
from qa.retrieve import Hit
from qa.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine


class Assistant:
    """Answers questions about one report.

    Make one with ``Assistant.open()``; the constructor takes parts that are already loaded.

    Args:
        index: The report's index.
        settings: How questions are answered.
    """

    def __init__(self, index: ReportIndex, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._pipeline = Pipeline(index, settings)

    @classmethod
    def open(cls, settings: Settings | None = None, show_progress: bool = False) -> Assistant:
        """Return the assistant over a report; builds the index if there is none that fits.

        Args:
            settings: The settings; the defaults when ``None``.
            show_progress: Show a bar on stderr while an index is built.

        Raises:
            ReportQAError: If the report, the model or the index folder cannot be used; says what to do.
        """
        settings = settings or Settings()
        return cls.from_document(load_report(settings.report), settings, save=True, show_progress=show_progress)

    @classmethod
    def from_document(
        cls,
        document: Document,
        settings: Settings | None = None,
        save: bool = False,
        show_progress: bool = False,
    ) -> Assistant:
        """Return the assistant over a Document; its index is kept in memory unless ``save`` is set."""
        settings = settings or Settings()
        embedder = open_embedder(settings.embedder)
        if not save:
            return cls(build_index(document, embedder, None, show_progress), settings)
        folder = index_folder(document.doc_id, embedder.name, settings.data)
        return cls(open_or_build(document, embedder, folder, show_progress), settings)

    @property
    def document(self) -> Document:
        """The report."""
        return self._index.document

    @property
    def index(self) -> ReportIndex:
        """The report's index."""
        return self._index

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self._settings

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the checked answer to a question.

        A question that cannot be taken (empty, too long, in an unknown script) gives a refusal whose
        ``problem`` says why; nothing is raised.

        Args:
            question: The question, in English, French or Spanish.
            history: The earlier user questions, oldest first.
        """
        started = time.perf_counter()
        answer = self._pipeline.answer(question, tuple(history))
        return replace(answer, seconds=time.perf_counter() - started)

    def explain(self, question: str, history: Sequence[str] = ()) -> Explanation:
        """Return in words why a question is answered as it is: the passage, the sentence, the confidence.

        Raises:
            QuestionError: If the question is empty, too long or in a script that is not read.
        """
        return self._pipeline.explain(question, tuple(history))

    def ask_many(
        self,
        questions: Iterable[str],
        histories: Iterable[Sequence[str]] | None = None,
        show_progress: bool = False,
    ) -> tuple[Answer, ...]:
        """Return the answers to many questions, in their order.

        Args:
            questions: The questions.
            histories: The earlier questions of each, in the same order.
            show_progress: Show a bar on stderr.
        """
        asked = list(questions)
        given = list(histories) if histories is not None else [()] * len(asked)
        pairs: Iterable[tuple[str, Sequence[str]]] = zip(asked, given, strict=True)
        if show_progress:
            from tqdm import tqdm

            pairs = tqdm(pairs, total=len(asked), unit="question")
        return tuple(self.ask(question, history) for question, history in pairs)

    def search(self, text: str, k: int | None = None) -> tuple[Hit, ...]:
        """Return the passages nearest to a text, best first.

        Args:
            text: What to look for.
            k: How many; the setting ``k`` when ``None``.
        """
        return self._pipeline.search(text, k or self._settings.k)

    def retrieve(self, question: str, history: Sequence[str] = (), k: int | None = None) -> tuple[Hit, ...]:
        """Return the passages that an answer to a question would be read from, best first."""
        return self._pipeline.search(self._pipeline.stand_alone(question, tuple(history)), k or self._settings.k)

    def conversation(self) -> Conversation:
        """Return a conversation that remembers its questions."""
        return Conversation(self)

    def as_query_engine(self) -> CustomQueryEngine:
        """Return a LlamaIndex query engine over the same pipeline."""
        from qa.query_engine import query_engine

        return query_engine(self)

    def describe(self) -> dict[str, Any]:
        """Return what answers depend on: report, model, sizes and settings, as JSON-ready data."""
        return {
            "report": self.document.doc_id,
            "embedder": self._index.embedder.name,
            "embedder_fingerprint": self._index.embedder.fingerprint,
            "passages": len(self._index.passages),
            "sentences": len(self._index.sentence_rows),
            "settings": self._settings.to_dict(),
        }
