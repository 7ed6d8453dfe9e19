"""Puts the chosen sentences together: prose with markers, and the citations they point to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import plain
from index.passage import Passage
from qa.answer import Citation, Span


@dataclass(frozen=True)
class Quotation:
    """Consecutive sentences of one passage: offsets into its text, end exclusive."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The quoted text, to the letter."""
        return self.passage.text[self.start : self.end]


def merged(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Return the quotations in order of appearance, those that touch or overlap joined into one."""
    result: list[Quotation] = []
    for quotation in quotations:
        for position, earlier in enumerate(result):
            if earlier.passage.passage_id != quotation.passage.passage_id:
                continue
            gap = quotation.passage.text[min(earlier.end, quotation.end) : max(earlier.start, quotation.start)]
            if not gap.strip():
                span = min(earlier.start, quotation.start), max(earlier.end, quotation.end)
                result[position] = Quotation(quotation.passage, *span)
                break
        else:
            result.append(quotation)
    return tuple(result)


def citation(quotation: Quotation, marker: int) -> Citation:
    """Return the citation of a quotation."""
    passage = quotation.passage
    start, end = passage.textmap.to_source(quotation.start, quotation.end)
    return Citation(
        marker=marker,
        ref=passage.ref,
        label=passage.label,
        report=passage.doc_id,
        section=passage.section,
        quote=quotation.text,
        start=start,
        end=end,
    )


def span_of(words: str, text: str) -> Span | None:
    """Return where a sentence of a quote stands in an answer's text, or ``None`` if it does not."""
    start = text.find(words) if words else -1
    return Span(start, start + len(words)) if start >= 0 else None


def compose(quotations: Sequence[Quotation]) -> tuple[str, tuple[Citation, ...]]:
    """Return the answer's prose and its citations, numbered in reading order.

    Quotations of one place keep one number each, so that every number opens exactly one quote.
    """
    citations = tuple(citation(quotation, marker) for marker, quotation in enumerate(merged(quotations), start=1))
    prose = " ".join(f"{_as_prose(found)} [{found.marker}]" for found in citations)
    return prose, citations


def _as_prose(found: Citation) -> str:
    """Return a quote as it reads in a sentence; an acronym's entry becomes "SHORT: long form"."""
    short, separator, long = found.quote.partition("\t")
    if separator and found.ref == "acronyms":
        return f"{short.strip()}: {long.strip()}."
    return as_prose(found.quote)


def as_prose(quote: str) -> str:
    """Return quoted text as it reads in a sentence: without markup, white space collapsed."""
    return " ".join(plain(quote).split())
