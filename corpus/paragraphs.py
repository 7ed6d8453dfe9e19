"""Plain paragraphs as a Document, for texts that are no report of the usual form."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Block, BlockKind, Document, Metadata
from corpus.text import heal


def document_from_paragraphs(doc_id: str, paragraphs: Sequence[tuple[str, str]]) -> Document:
    """Return a Document of numbered paragraphs, ``para:1`` to ``para:n``.

    Args:
        doc_id: The document's id.
        paragraphs: Section title and text of each paragraph; the title may be empty.
    """
    blocks: list[Block] = []
    offset = 0
    source = "\n\n".join(text for _, text in paragraphs)
    for number, (title, text) in enumerate(paragraphs, start=1):
        start, end = offset, offset + len(text)
        offset = end + 2
        healed, textmap = heal(source, [(start, end, "")])
        if not healed:
            continue
        section = (title,) if title else ()
        blocks.append(
            Block(
                f"para:{number}",
                f"para. {number}",
                BlockKind.PARAGRAPH,
                section,
                None,
                healed,
                start,
                end,
                textmap,
            )
        )
    metadata = Metadata(doc_id, doc_id, doc_id, "", 0, "", "en", "plain paragraphs")
    return Document(metadata, source, (), tuple(blocks), (), ())
