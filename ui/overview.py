"""The page around the conversation: the report's name, what is in it, the list of conversations, the start."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import BlockKind, Document
from ui.format import offer
from ui.markup import escape, shown
from ui.questions import Example

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
    """Return the page's header: the report's title, whose it is, what it holds, and what can be done with it."""
    about = document.metadata
    title = about.title.title() if about.title.isupper() else about.title
    year = str(about.year) if about.year and str(about.year) not in title else ""
    facts = [about.organization, about.body, year, contents(document)]
    line = "".join(f"<span>{shown(fact)}</span>" for fact in facts if fact)
    return (
        '<div class="masthead"><button type="button" class="quiet drawer" aria-expanded="false" '
        'aria-controls="rail">Conversations</button>'
        f'<div class="name"><h1>{shown(title)}</h1><p class="facts">{line}</p></div>'
        f'<div class="actions">{_export()}<a class="quiet open-report" href="report" aria-label="Read the report">'
        '<span class="long">Read the </span>report</a></div></div>'
    )


def _export() -> str:
    """Return the menu that saves the conversation; the page shows it once there is one."""
    return (
        '<details class="menu save"><summary><span>Save<span class="long"> conversation</span></span></summary>'
        '<div class="items">'
        '<button type="button" class="export" data-form="word">Word file</button>'
        '<button type="button" class="export" data-form="markdown">Markdown file</button></div></details>'
    )


def rail(document: Document) -> str:
    """Return the list of conversations, which the page fills from the browser's storage, and the switch of colours."""
    themes = "".join(
        f'<label><input type="radio" name="colours" value="{value}"><span>{name}</span></label>'
        for value, name in (("", "System"), ("light", "Light"), ("dark", "Dark"))
    )
    return (
        f'<nav class="rail" aria-label="Conversations" data-report="{escape(document.doc_id)}">'
        '<button type="button" id="new" class="strong">New conversation</button>'
        '<h2>Conversations</h2><ul class="kept"></ul>'
        '<p class="none">None yet. They are kept in this browser only.</p>'
        '<button type="button" class="quiet forget">Delete all</button>'
        f'<fieldset class="colours"><legend>Colours</legend>{themes}</fieldset></nav>'
    )


def panel_head() -> str:
    """Return the head of the source panel: the sources or the whole report, and the way out on a phone."""
    return (
        '<header class="panel-head"><div role="tablist" aria-label="What the panel shows">'
        '<button type="button" role="tab" id="tab-sources" aria-selected="true" aria-controls="sources">Sources'
        '</button><button type="button" role="tab" id="tab-report" aria-selected="false" aria-controls="reader" '
        'tabindex="-1">Report</button></div><a class="quiet new-tab" href="report" target="_blank" hidden>New tab</a>'
        '<button type="button" class="quiet close">Close</button></header>'
    )


READER = '<div class="frame"></div>'
"""Where the page's script opens the report, once it is asked for."""


def welcome(document: Document, examples: Sequence[Example], page: int = 0) -> str:
    """Return the empty conversation: what can be asked, and questions to start from.

    Args:
        document: The report.
        examples: The questions.
        page: The number of their set, from 0; the button asks for the one after it.
    """
    return (
        f'<div class="welcome"><h2>Ask the report</h2><p>{_promise(document)}</p>'
        f"{_offers(examples, page) if examples else ''}</div>"
    )


def _promise(document: Document) -> str:
    return (
        f"It has {contents(document)}. Answers are quoted word for word, each with the place to cite"
        f"{_citation(document)}. Where the report does not say, you are told so."
    )


def _offers(examples: Sequence[Example], page: int) -> str:
    cards = "".join(f"<li>{offer(example, f'<span>{shown(example.theme)}</span>')}</li>" for example in examples)
    return (
        '<div class="offers"><h3 id="examples">Questions to start from</h3>'
        f'<button type="button" class="quiet more-examples" data-page="{page + 1}">More examples</button></div>'
        f'<ul aria-labelledby="examples">{cards}</ul>'
    )


def _citation(document: Document) -> str:
    """Return an example of how a place is cited, from the report itself."""
    label = next((block.label for block in document.blocks if block.kind is BlockKind.PARAGRAPH), "")
    citation = document.metadata.citation
    return f", as in “{shown(citation)}, {shown(label)}”" if citation and label else ""
