"""The same pipeline as a LlamaIndex query engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine

    from qa.answer import Answer
    from qa.assistant import Assistant


def _response(answer: Answer) -> Any:
    from llama_index.core.base.response.schema import Response
    from llama_index.core.schema import NodeWithScore, TextNode

    nodes = [
        NodeWithScore(
            node=TextNode(
                text=citation.quote, metadata={**citation.to_dict(), "section": " › ".join(citation.section)}
            ),
            score=answer.confidence,
        )
        for citation in answer.citations
    ]
    return Response(response=answer.text, source_nodes=nodes, metadata={"answer": answer.to_dict()})


def query_engine(assistant: Assistant) -> CustomQueryEngine:
    """Return a LlamaIndex query engine over an assistant.

    Its response holds the answer's text; ``source_nodes`` are the citations, and
    ``metadata["answer"]`` is the answer's JSON.
    """
    from llama_index.core.query_engine import CustomQueryEngine

    class ReportQueryEngine(CustomQueryEngine):  # type: ignore[misc]
        """Asks the assistant; nothing of LlamaIndex's own retrieval or synthesis is used."""

        def custom_query(self, query_str: str) -> Any:
            """Return the response to one question."""
            return _response(assistant.ask(query_str))

    return ReportQueryEngine()
