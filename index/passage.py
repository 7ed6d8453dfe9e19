"""The unit that is indexed and cited."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import BlockKind, TextMap


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage: offsets into the passage's text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A stretch of one block that is embedded, found and cited.

    Attributes:
        passage_id: Stable id: a hash of document id, span and text only.
        doc_id: The report's id.
        ref: The place, such as ``para:14``.
        label: What a person reads, such as ``para. 14``.
        kind: What kind of block it comes from.
        section: Breadcrumb of headings, outermost first.
        title: Title of the block (boxes, tables), or ``None``.
        text: The passage, a substring of its block's text.
        start: Source offset of the first character.
        end: Source offset after the last character.
        textmap: Maps offsets in ``text`` to the source.
        sentences: The sentences of ``text``, in order, covering all of its words.
    """

    passage_id: str
    doc_id: str
    ref: str
    label: str
    kind: BlockKind
    section: tuple[str, ...]
    title: str | None
    text: str
    start: int
    end: int
    textmap: TextMap = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)

    def sentence_text(self, index: int) -> str:
        """Return the text of one sentence."""
        sentence = self.sentences[index]
        return self.text[sentence.start : sentence.end]
