"""Answers a question on which the report contradicts itself: both figures, both places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.conflicts import Conflict, ConflictKind
from corpus.document import Document
from corpus.statements import FigureKind, Statement
from qa.answer import Citation
from qa.compose import Quotation
from qa.demands import in_language
from qa.understand import Query
from qa.wanted import Wanted

_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_KINDS = {Wanted.COUNT: FigureKind.COUNT, Wanted.MONEY: FigureKind.MONEY, Wanted.SHARE: FigureKind.SHARE}
_SENTENCES = {
    ConflictKind.VALUES: {
        "en": "The report gives two figures that differ: {} [1] and {} [2].",
        "fr": "Le rapport donne deux chiffres qui diffèrent : {} [1] et {} [2].",
        "es": "El informe da dos cifras que difieren: {} [1] y {} [2].",
    },
    ConflictKind.NAMES: {
        "en": "The report gives {} under two names [1] [2].",
        "fr": "Le rapport donne {} sous deux noms [1] [2].",
        "es": "El informe da {} con dos nombres [1] [2].",
    },
}


def conflict_asked_about(
    query: Query, quoted: Sequence[Quotation], statements: Sequence[Statement], conflicts: Sequence[Conflict]
) -> Conflict | None:
    """Return the conflict that concerns what a question asks, or ``None``.

    A conflict of values concerns it if the sentences that answer hold one of its figures and that figure, of all in
    those sentences, is the one the question's words are about. A figure with two names concerns a question that
    names the figure, or both names.

    Args:
        query: The question, understood.
        quoted: The sentences that answer it.
        statements: All figures that the report states.
        conflicts: The report's conflicts.
    """
    for conflict in conflicts:
        if conflict.kind is ConflictKind.NAMES and _names_figure(query, conflict):
            return conflict
    kinds = {_KINDS[wanted] for wanted in query.wanted if wanted in _KINDS}
    spans = [quotation.passage.textmap.to_source(quotation.start, quotation.end) for quotation in quoted]
    inside = [
        found
        for found in statements
        if found.kind in kinds and any(start <= found.start and found.end <= end for start, end in spans)
    ]
    terms = frozenset(query.terms)
    best = max(inside, key=lambda statement: _closeness(statement, terms), default=None)
    if best is None:
        return None
    for conflict in conflicts:
        own = best in (conflict.first, conflict.second)
        # The words of the quantity are those that follow either figure.
        if own and conflict.kind is ConflictKind.VALUES and terms & (conflict.first.unit | conflict.second.unit):
            return conflict
    return None


def _closeness(statement: Statement, terms: frozenset[str]) -> tuple[int, int]:
    return len(statement.unit & terms), len(statement.about & terms)


def _names_figure(query: Query, conflict: Conflict) -> bool:
    digits = set(_FIGURE.findall(conflict.first.figure))
    if digits & set(query.figures):
        return True
    terms = frozenset(query.terms)
    own = (conflict.first.about - conflict.second.about, conflict.second.about - conflict.first.about)
    return all(len(names & terms) > 0 for names in own) and Wanted.MONEY in query.wanted


def conflict_answer(conflict: Conflict, document: Document, language: str) -> tuple[str, tuple[Citation, ...]]:
    """Return the words that state both figures, with one citation for each place."""
    frames = _SENTENCES[conflict.kind]
    frame = in_language(frames, language)
    figures = (conflict.first.figure, conflict.second.figure)
    opening = frame.format(*figures) if conflict.kind is ConflictKind.VALUES else frame.format(figures[0])
    places = tuple(_citation(found, document, number) for number, found in enumerate(_sides(conflict), start=1))
    sentences = " ".join(
        f"{found.text} [{place.marker}]" for found, place in zip(_sides(conflict), places, strict=True)
    )
    return f"{opening} {sentences}", places


def _sides(conflict: Conflict) -> tuple[Statement, Statement]:
    return conflict.first, conflict.second


def _citation(found: Statement, document: Document, marker: int) -> Citation:
    section = next((block.section for block in document.place(found.ref)), ())
    quote = " ".join(document.source[found.start : found.end].split())
    return Citation(marker, found.ref, found.label, document.doc_id, section, quote, found.start, found.end)
