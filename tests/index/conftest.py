"""Small hand-made reports for the tests of the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from corpus.document import Block, BlockKind, Document, Metadata, TextMap
from index.embedder import HashEmbedder

TEXTS = (
    "The water programmes reached 2.5 million people. They worked in 43 countries.",
    "Shelter kits were given to 900 families.",
    "Staff of the G-5 grade were trained. Training was online.",
)


def make_document(
    texts: Sequence[str] = TEXTS,
    doc_id: str = "small-report",
    kind: BlockKind = BlockKind.PARAGRAPH,
    title: str | None = None,
) -> Document:
    """Return a report of one block per text, under the heading "Operations"."""
    blocks, position = [], 0
    for number, text in enumerate(texts, start=1):
        end = position + len(text)
        textmap = TextMap(((0, position, len(text)),))
        block = Block(f"para:{number}", f"para. {number}", kind, ("Operations",), title, text, position, end, textmap)
        blocks.append(block)
        position = end + 2
    metadata = Metadata(doc_id, "Report", "R/1", "Council", 2023, "Org", "en", "typed by hand")
    return Document(metadata, "\n\n".join(texts), (), tuple(blocks), (), ())


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def document_of() -> Callable[..., Document]:
    return make_document
