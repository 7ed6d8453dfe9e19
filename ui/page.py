"""The Gradio page: components and how they are wired; what they show is made in the formatters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from ui.examples import Example
from ui.format import conversation
from ui.markup import escape
from ui.overview import header, welcome
from ui.sources import panel
from ui.turn import Asks, Turn, take

if TYPE_CHECKING:
    import gradio as gr

Turns = tuple[Turn, ...]


class Shown(NamedTuple):
    """What the page shows after an event, in the order of its components.

    Attributes:
        question: The text in the question field.
        turns: The conversation, kept by the server for this visitor.
        conversation: Its HTML.
        sources: The source panel's HTML.
        hint: The line under the question field, as HTML.
    """

    question: str
    turns: Turns
    conversation: str
    sources: str
    hint: str


HINT = "Answers come from this report only."


class Handlers:
    """What happens on the page's events: each calls the assistant and formats what comes back.

    Args:
        assistant: Answers the questions.
        examples: Questions offered at the start.
    """

    def __init__(self, assistant: Asks, examples: Sequence[Example]) -> None:
        self._assistant = assistant
        self._examples = tuple(examples)

    def start(self) -> Shown:
        """Return the empty conversation."""
        return self._shown(())

    def ask(self, question: str, turns: Turns) -> Iterator[Shown]:
        """Yield the page with the question on it, then with its answer."""
        if not question.strip():
            yield self._shown(turns, "Type a question first.")
            return
        yield self._shown((*turns, Turn(question)))
        yield self._shown((*turns, take(self._assistant, question, turns)))

    def _shown(self, turns: Turns, below: str = HINT) -> Shown:
        document = self._assistant.document
        view = conversation(turns) if turns else welcome(document, self._examples)
        return Shown("", turns, view, panel(document, turns), hint(below))


def hint(text: str) -> str:
    """Return the line under the question field."""
    return f'<p class="hint" role="status">{escape(text)}</p>'


def asset(name: str) -> str:
    """Return the text of a file of ``ui/assets``."""
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")


def build(assistant: Asks, examples: Sequence[Example] = ()) -> gr.Blocks:
    """Return the page, ready to be mounted with ``dress()``."""
    import gradio as gr

    handlers = Handlers(assistant, examples)
    first = handlers.start()
    with gr.Blocks(title=assistant.document.metadata.title, analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        with gr.Row(elem_id="top"):
            gr.HTML(header(assistant.document), elem_id="masthead", **_PLAIN)
            new = gr.Button("New conversation", elem_id="new", size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat"):
                view = gr.HTML(first.conversation, elem_id="conversation", **_PLAIN)
                with gr.Column(elem_id="composer"):
                    question = gr.Textbox(
                        label="Your question",
                        placeholder="Ask a question about the report",
                        elem_id="question",
                        container=False,
                        lines=1,
                        max_lines=6,
                        submit_btn="Ask",
                        autofocus=True,
                    )
                    below = gr.HTML(first.hint, elem_id="hint", **_PLAIN)
            with gr.Column(elem_id="source"):
                sources = gr.HTML(first.sources, elem_id="sources", **_PLAIN)
        shown = [question, turns, view, sources, below]
        # One question at a time: the embedding engine is not shared between threads.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        question.submit(handlers.ask, [question, turns], shown, concurrency_id="ask", concurrency_limit=1, **quiet)
        new.click(handlers.start, None, shown, **quiet)
    return page


_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}


def dress() -> dict[str, Any]:
    """Return how the page looks: theme, style sheet and script, all served from this machine."""
    from gradio.themes import Base

    # In the head as they stand: Gradio's own ``css`` argument rewrites every selector.
    style, script = f"<style>{asset('page.css')}</style>", f"<script>{asset('page.js')}</script>"
    return {
        "theme": Base(font=("Report Sans", "system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace")),
        "head": f'<meta name="color-scheme" content="light dark">{style}{script}',
        "footer_links": [],
    }
