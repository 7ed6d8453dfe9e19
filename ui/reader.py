"""The whole report as a page to read, search, cite and ask from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from corpus.document import Block, BlockKind, Document
from ui.markup import escape, shown
from ui.overview import contents as counted
from ui.reader_places import PlaceWriter
from ui.reader_tree import Part, Place, anchor, report_parts, sections

__all__ = ["anchor", "contents_html", "reader_page", "report_html", "script", "style"]


def report_html(document: Document) -> str:
    """Return the report as an article: its sections, and every place with the id ``anchor(ref)``."""
    about, writer = document.metadata, PlaceWriter(document)
    facts = "".join(
        f"<span>{shown(fact)}</span>" for fact in (about.organization, about.body, counted(document)) if fact
    )
    body = "".join(_written(report_parts(document), writer, 2))
    return (
        f'<article class="report" lang="{escape(about.language)}"><header><h1>{shown(about.title)}</h1>'
        f'<p class="facts">{facts}</p></header>{body}</article>'
    )


def _written(items: Sequence[Part | Place], writer: PlaceWriter, level: int) -> Iterator[str]:
    for item in items:
        if isinstance(item, Part):
            inside = "".join(_written(item.items, writer, min(level + 1, 6)))
            heading = f'<h{level} id="{item.anchor}" tabindex="-1">{shown(item.title)}</h{level}>'
            yield f"<section>{heading}{inside}</section>"
        else:
            yield writer.write(item, level)


def contents_html(document: Document) -> str:
    """Return the tree of sections as links to them, each with the numbers of its paragraphs."""
    return f'<nav class="contents" aria-label="Contents">{_list(report_parts(document))}</nav>'


def _list(items: Sequence[Part | Place]) -> str:
    entries = "".join(
        f'<li><a href="#{part.anchor}">{shown(part.title)}{_numbers(part)}</a>{_list(part.items)}</li>'
        for part in sections(items)
    )
    return f"<ol>{entries}</ol>" if entries else ""


def _numbers(part: Part) -> str:
    """Return the first and last number of a section's paragraphs, "46–75"; nothing where it has none."""
    numbers = [place.ref.rpartition(":")[2] for place in _places(part) if _is_paragraph(place)]
    if not numbers:
        return ""
    return f' <span class="numbers">{escape("–".join(dict.fromkeys((numbers[0], numbers[-1]))))}</span>'


def _is_paragraph(place: Place) -> bool:
    return isinstance(place, Block) and place.kind is BlockKind.PARAGRAPH


def _places(part: Part) -> Iterator[Place]:
    for item in part.items:
        if isinstance(item, Part):
            yield from _places(item)
        else:
            yield item


def style() -> str:
    """Return the reader's style sheet."""
    return _asset("reader.css")


def script() -> str:
    """Return the reader's script."""
    return _asset("reader.js")


def _asset(name: str) -> str:
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")


_BAR = (
    '<a class="skip" href="#report">Skip to the report</a>'
    '<header class="bar"><a class="back" href="./"><span aria-hidden="true">←</span> Back to the chat</a>'
    '<button type="button" id="contents-button" aria-expanded="false" aria-controls="contents">Contents</button>'
    '<form role="search" id="search"><input type="search" id="find" aria-label="Search the report" '
    'placeholder="Search the report" autocomplete="off" spellcheck="false" maxlength="200">'
    '<output id="found" for="find"></output>'
    '<button type="button" id="previous" aria-label="Previous match" disabled>↑</button>'
    '<button type="button" id="next" aria-label="Next match" disabled>↓</button>'
    '<label><input type="checkbox" id="only" checked> Only matches</label></form></header>'
)


def reader_page(document: Document) -> str:
    """Return the report as a page that stands alone: style and script are in it, it asks for nothing but fonts."""
    title = shown(document.metadata.title)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<style>{style()}</style></head><body>{_BAR}"
        f'<div class="desk"><div id="contents">{contents_html(document)}</div>'
        f'<main id="report" tabindex="-1">{report_html(document)}</main></div>'
        f'<p id="said" role="status"></p><script>{script()}</script></body></html>'
    )
