"""Example questions made from a report, each one tried before it is shown.

No question is written down here: sentences with figures, titles of boxes and tables, and acronyms
are turned into questions by their form, and only those that the assistant answers from the very
place they were made of are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from corpus.document import Block, BlockKind, Document, Table
from corpus.text import plain
from qa.answer import Answer

TRIES = 24
"""Most questions that are tried, to bound the time it takes."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = r"\d+(?:[,. ]\d{3})*(?:\.\d+)?(?:\s(?:thousand|million|billion))?"
_REACH = r"(?:(?:over|about|around|nearly|almost|some|approximately|more than|a total of)\s)?"
_PLACE = r"(?:in|across|through|from|on|for|at|via|under|during)"
_NUMBER_OF = re.compile(r"^Number of [^()]*?\b(?P<where>(?:in|among|at|by) [^()]+?)\s*(?:\(|$)")


@dataclass(frozen=True)
class Example:
    """A question that the report answers.

    Attributes:
        theme: The heading it belongs to.
        question: The question.
        ref: The place it was made of, which the answer must cite.
    """

    theme: str
    question: str
    ref: str


def examples(document: Document, ask: Callable[[str], Answer], k: int = 6) -> tuple[Example, ...]:
    """Return example questions of different kinds and themes that the assistant answers.

    Args:
        document: The report.
        ask: Answers a question.
        k: How many to return at most.
    """
    chosen: list[Example] = []
    themes: set[str] = set()
    for tried, example in enumerate(candidates(document)):
        if len(chosen) == k or tried == TRIES:
            break
        if example.theme not in themes and _answers(example, ask(example.question)):
            chosen.append(example)
            themes.add(example.theme)
    return tuple(chosen)


def _answers(example: Example, answer: Answer) -> bool:
    return answer.answered and any(citation.ref == example.ref for citation in answer.citations)


def candidates(document: Document) -> Iterator[Example]:
    """Yield questions made from the report, the kinds taking turns, in a fixed order."""
    kinds = (_spread(_figures(document)), _tables(document), _spread(_figures(document), 1), _boxes(document))
    seen: set[str] = set()
    for group in zip_longest(*kinds, _acronyms(document)):
        for example in group:
            if example is not None and example.question not in seen:
                seen.add(example.question)
                yield example


def _spread(found: Iterable[Example], start: int = 0) -> list[Example]:
    """Return the examples reordered so that neighbours come from different themes."""
    by_theme: dict[str, list[Example]] = {}
    for example in found:
        by_theme.setdefault(example.theme, []).append(example)
    rounds = zip_longest(*by_theme.values())
    return [example for group in rounds for example in group if example is not None][start::2]


def _theme(section: tuple[str, ...], fallback: str) -> str:
    return plain(section[-1]) if section else fallback


def _figures(document: Document) -> Iterator[Example]:
    """Yield "How many people did X reach?" from sentences such as "X reached 5 million people"."""
    words = Counter(_WORD.findall(document.source))
    organization = document.metadata.organization
    pattern = re.compile(
        rf"\b{re.escape(organization)} (?:also )?(?P<verb>[a-z]{{3,}}ed) {_REACH}{_NUMBER} "
        rf"(?P<what>[a-z][a-z-]+(?: [a-z-]+){{0,2}}?)"
        rf"(?:(?P<where> {_PLACE} [^,.;:()\d]{{3,60}})(?=[,.;:])|(?=[,.;:]| and | with | to | {_PLACE} ))"
    )
    for block in document.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for match in pattern.finditer(" ".join(plain(block.text).split())):
            verb = _infinitive(match["verb"], words)
            # "... 35 initiatives aimed at": a participle is no part of what is counted.
            counted = not match["what"].startswith(("per ", "of ")) and not match["what"].endswith("ed")
            if verb and counted:
                question = f"How many {match['what']} did {organization} {verb}{match['where'] or ''}?"
                yield Example(_theme(block.section, block.label), question, block.ref)


def _infinitive(past: str, words: Counter[str]) -> str:
    """Return the infinitive of a regular verb if the report itself uses it, the commoner form first."""
    stem = past[:-2]
    forms = [stem, stem + "e"]
    if stem.endswith("i"):
        forms.append(stem[:-1] + "y")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        forms.append(stem[:-1])
    best = max(forms, key=lambda form: words[form])
    return best if words[best] else ""


def _tables(document: Document) -> Iterator[Example]:
    """Yield a question for each table whose title counts something ("Number of ... in ... (2019-2023)")."""
    for table in document.tables:
        title = _NUMBER_OF.match(table.title)
        row = next((row for row in table.rows if not row.is_total and row.label.isalpha()), None)
        if title and row and table.columns:
            question = _count(table, row.label, title["where"])
            if question:
                yield Example(_theme(table.section[:1], table.label), question, table.ref)


def _count(table: Table, row: str, where: str) -> str:
    year = table.columns[-1].label
    return f"How many {row.lower()} were there {where} in {year}?" if re.fullmatch(r"\d{4}", year) else ""


def _boxes(document: Document) -> Iterator[Example]:
    """Yield a question for the subject of each box."""
    lower = set(_WORD.findall(document.source))
    seen: set[str] = set()
    for block in document.blocks:
        if block.kind is BlockKind.BOX and block.title and block.ref not in seen:
            seen.add(block.ref)
            subject = _subject(block, lower)
            question = f"What does the report say about {subject}?"
            yield Example(_theme(block.section, block.label), question, block.ref)


def _subject(block: Block, words: set[str]) -> str:
    """Return a box's title as it stands inside a sentence: small first letter unless it is a name."""
    title = re.sub(r"^Box \d+\.\s*", "", plain(block.title or "")).strip()
    first = _WORD.match(title)
    named = title.partition(" ")[2][:1].isupper() or first is None or first[0].lower() not in words
    return title if named else title[0].lower() + title[1:]


def _acronyms(document: Document) -> Iterator[Example]:
    """Yield "What does ... stand for?" for the acronyms that the report uses most."""
    uses = Counter(_WORD.findall(document.source))
    often = sorted(document.acronyms, key=lambda acronym: (-uses[acronym.short], acronym.short))
    for acronym in often:
        if acronym.short.isalpha():
            yield Example("Acronyms", f"What does {acronym.short} stand for?", "acronyms")
