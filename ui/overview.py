"""What the page shows before the first question: the report's name, what is in it, example questions."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import BlockKind, Document
from ui.examples import Example
from ui.markup import escape, shown

_COUNTED = (
    (BlockKind.PARAGRAPH, "paragraph", "paragraphs"),
    (BlockKind.BOX, "box", "boxes"),
)


def contents(document: Document) -> str:
    """Return what a report holds, as "158 paragraphs, 11 boxes, 9 tables"; parts it lacks are left out."""
    counts = [
        (len({block.ref for block in document.blocks if block.kind is kind}), one, many) for kind, one, many in _COUNTED
    ]
    counts.append((len(document.tables), "table", "tables"))
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count)


def header(document: Document) -> str:
    """Return the page's header: the report's title, whose it is, what it holds."""
    about = document.metadata
    title = about.title.title() if about.title.isupper() else about.title
    facts = [about.organization, about.body, contents(document)]
    line = "".join(f"<span>{shown(fact)}</span>" for fact in facts if fact)
    return f'<div class="masthead"><h1>{shown(title)}</h1><p class="facts">{line}</p></div>'


def welcome(document: Document, examples: Sequence[Example]) -> str:
    """Return the empty conversation: what can be asked, and questions to start from."""
    cards = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(example.question)}">'
        f"<span>{shown(example.theme)}</span>{escape(example.question)}</button></li>"
        for example in examples
    )
    offer = (
        f'<h3 id="examples">Questions to start from</h3><ul aria-labelledby="examples">{cards}</ul>' if cards else ""
    )
    promise = (
        f"Answers are quoted word for word, each with the place to cite{_citation(document)}. "
        "Where the report does not say, you are told so."
    )
    return f'<div class="welcome"><h2>Ask the report</h2><p>{promise}</p>{offer}</div>'


def _citation(document: Document) -> str:
    """Return an example of how a place is cited, from the report itself."""
    label = next((block.label for block in document.blocks if block.kind is BlockKind.PARAGRAPH), "")
    citation = document.metadata.citation
    return f", as in “{shown(citation)}, {shown(label)}”" if citation and label else ""
