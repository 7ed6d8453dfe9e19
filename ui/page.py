"""The Gradio page: components and how they are wired; what they show is made in the formatters."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ui.examples import Examples
from ui.handlers import Handlers, Notes
from ui.overview import READER, header, panel_head, rail
from ui.turn import Asks

if TYPE_CHECKING:
    import gradio as gr

STYLES = ("page.css", "answers.css", "sources.css")
SCRIPTS = ("base.js", "sources.js", "conversations.js", "tools.js", "page.js")
_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
# The script's orders reach the server through buttons that nobody sees.
_TAKE_ORDER = "(order, turns) => [window.ReportQA.order(), turns]"
_REPLY = "(reply) => window.ReportQA.reply(reply)"
_READY = "() => window.ReportQA.ready()"


def asset(name: str) -> str:
    """Return the text of a file of ``ui/assets``."""
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")


def build(assistant: Asks, examples: Examples, notes: Notes) -> gr.Blocks:
    """Return the page, ready to be mounted with ``dress()``."""
    import gradio as gr

    document = assistant.document
    handlers = Handlers(assistant, examples, notes)
    first = handlers.start()
    with gr.Blocks(title=document.metadata.title, analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        gr.HTML(header(document), elem_id="masthead", **_PLAIN)
        with gr.Row(elem_id="desk"):
            gr.HTML(rail(document), elem_id="rail", **_PLAIN)
            with gr.Column(elem_id="chat"):
                view = gr.HTML(first.conversation, elem_id="conversation", **_PLAIN)
                with gr.Column(elem_id="composer"):
                    question = _question_field(gr)
                    below = gr.HTML(first.hint, elem_id="hint", **_PLAIN)
            with gr.Column(elem_id="source"):
                gr.HTML(panel_head(), elem_id="panel-head", **_PLAIN)
                sources = gr.HTML(first.sources, elem_id="sources", **_PLAIN)
                gr.HTML(READER, elem_id="reader", **_PLAIN)
        order = gr.Textbox(visible="hidden")
        reply = gr.Textbox(visible="hidden")
        obey = gr.Button(visible="hidden", elem_id="obey")
        errand = gr.Button(visible="hidden", elem_id="errand")
        shown = [question, turns, view, sources, below]
        # One question at a time: the embedding engine is not shared between threads.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": 1, **quiet}
        question.submit(handlers.ask, [question, turns], shown, **asking)
        obey.click(handlers.obey, [order, turns], shown, js=_TAKE_ORDER, **asking)
        errand.click(handlers.errand, [order, turns], [turns, reply], js=_TAKE_ORDER, **quiet).then(
            None, [reply], None, js=_REPLY, **quiet
        )
        page.load(None, None, None, js=_READY, **quiet)
    return page


def _question_field(gr: Any) -> gr.Textbox:
    return gr.Textbox(
        label="Your question",
        placeholder="Ask a question about the report",
        elem_id="question",
        container=False,
        lines=1,
        max_lines=6,
        submit_btn="Ask",
        autofocus=True,
    )


def dress() -> dict[str, Any]:
    """Return how the page looks: theme, style sheets and scripts, all served from this machine."""
    from gradio.themes import Base

    # In the head as they stand: Gradio's own ``css`` argument rewrites every selector.
    style = "".join(f"<style>{asset(name)}</style>" for name in STYLES)
    script = "".join(f"<script>{asset(name)}</script>" for name in SCRIPTS)
    return {
        "theme": Base(font=("Report Sans", "system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace")),
        "head": f'<meta name="color-scheme" content="light dark">{style}{script}',
        "footer_links": [],
    }
