"""Questions made from a report by the form of its sentences, headings and tables.

No question is written down here: sentences with figures, names and places, titles of sections, boxes and
tables, and acronyms are turned into questions. Whether the report answers them is for the caller to try.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Block, BlockKind, Document, Table
from corpus.text import plain

RARE = 3
"""A name that stands more often than this is too broad to ask about one passage with it."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = r"\d+(?:[,. ]\d{3})*(?:\.\d+)?(?:\s(?:thousand|million|billion))?"
_REACH = r"(?:(?:over|about|around|nearly|almost|some|approximately|more than|a total of)\s)?"
_PLACE = r"(?:in|across|through|from|on|for|at|via|under|during)"
_WHERE = rf"(?:(?P<where> {_PLACE} [^,.;:()\d]{{3,60}})(?=[,.;:])|(?=[,.;:]| and | with | to | {_PLACE} ))"
_NUMBER_OF = re.compile(r"^Number of [^()]*?\b(?P<where>(?:in|among|at|by) [^()]+?)\s*(?:\(|$)")
_PASSIVE = re.compile(
    rf"(?<![\w-])(?<!per )(?P<number>{_NUMBER}) (?P<what>[a-z][a-z-]+(?: [a-z-]+){{0,2}}?) "
    rf"were (?P<verb>[a-z]+ed){_WHERE}"
)
# A name ends where its sentence goes on: before another noun it would only describe that one.
_NAME = re.compile(
    r"\bthe (?P<name>[A-Z][a-z]+(?: (?:(?:of the|of|for|on|in) )?[A-Z][a-z]+){1,6})"
    r"(?=[,.;)]| (?:and|to|in|for|with|was|is|has|had|on|by|which|that|as) [^A-Z])"
)
# After a word in small letters: "Mobility in Climate" is part of a name.
_IN_PLACE = re.compile(
    r"(?<![^\s(])[a-z][\w-]*,? in (?P<place>[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)*)(?=[,.;]| and | to | IOM )"
)
_MONTHS = frozenset(calendar.month_name[1:])
_PROSE = (BlockKind.PARAGRAPH, BlockKind.BOX)


@dataclass(frozen=True)
class Example:
    """A question that the report may answer.

    Attributes:
        theme: The heading it belongs to.
        question: The question.
        refs: The places it was made of, of which the answer must cite one.
    """

    theme: str
    question: str
    refs: tuple[str, ...]


def figures(document: Document) -> Iterator[Example]:
    """Yield "How many people did X reach?" from "X reached 5 million people", and its passive."""
    words = Counter(_WORD.findall(document.source))
    organization = document.metadata.organization
    active = re.compile(
        rf"\b{re.escape(organization)} (?:also )?(?P<verb>[a-z]{{3,}}ed) {_REACH}{_NUMBER} "
        rf"(?P<what>[a-z][a-z-]+(?: [a-z-]+){{0,2}}?){_WHERE}"
    )
    for block in _blocks(document):
        text = " ".join(plain(block.text).split())
        for match in active.finditer(text):
            verb = _infinitive(match["verb"], words)
            if verb and _counted(match["what"]):
                question = f"How many {match['what']} did {organization} {verb}{match['where'] or ''}?"
                yield _example(document, block, question)
        for match in _PASSIVE.finditer(text):
            if _counted(match["what"]) and not re.fullmatch(r"(?:19|20)\d\d", match["number"]):
                yield _example(document, block, f"How many {match['what']} were {match['verb']}{match['where'] or ''}?")


def _counted(what: str) -> bool:
    """Whether words after a figure are what it counts.

    "... 35 initiatives aimed at": a participle is no part of what is counted.
    """
    return not what.startswith(("per ", "of ", "and ", "or ", "in ", "members ")) and not what.endswith(("ed", " who"))


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


def places(document: Document) -> Iterator[Example]:
    """Yield "What did X do in Y?" for the places that few passages name."""
    uses = Counter(match["place"] for block in _blocks(document) for match in _IN_PLACE.finditer(plain(block.text)))
    for block in _blocks(document):
        for match in _IN_PLACE.finditer(" ".join(plain(block.text).split())):
            place = match["place"]
            if uses[place] <= RARE and not set(place.split()) & _MONTHS:
                yield _example(document, block, f"What did {document.metadata.organization} do in {place}?")


def names(document: Document) -> Iterator[Example]:
    """Yield "What is said about the ...?" for programmes and bodies that few passages name."""
    for block in _blocks(document):
        for match in _NAME.finditer(" ".join(plain(block.text).split())):
            if document.source.count(match["name"]) <= RARE:
                yield _example(document, block, f"What does the report say about the {match['name']}?")


def tables(document: Document) -> Iterator[Example]:
    """Yield a question for each table whose title counts something ("Number of ... in ... (2019-2023)")."""
    for table in document.tables:
        title = _NUMBER_OF.match(table.title)
        row = next((row for row in table.rows if not row.is_total and row.label.isalpha()), None)
        if title and row and table.columns:
            question = _count(table, row.label, title["where"])
            if question:
                yield Example(_theme(document, table.section[:1], table.label), question, (table.ref,))


def _count(table: Table, row: str, where: str) -> str:
    year = table.columns[-1].label
    return f"How many {row.lower()} were there {where} in {year}?" if re.fullmatch(r"\d{4}", year) else ""


def sections(document: Document) -> Iterator[Example]:
    """Yield a question for the subject of each section that has paragraphs of its own."""
    own: dict[tuple[str, ...], list[str]] = {}
    for block in _blocks(document):
        if block.section and block.kind is BlockKind.PARAGRAPH:
            own.setdefault(block.section, []).append(block.ref)
    lower = set(_WORD.findall(document.source))
    for section, refs in own.items():
        if len(section) > 1:
            subject = in_a_sentence(plain(section[-1]).strip(), lower)
            yield Example(_theme(document, section[:-1], ""), f"What does the report say about {subject}?", tuple(refs))


def boxes(document: Document) -> Iterator[Example]:
    """Yield a question for the subject of each box."""
    lower = set(_WORD.findall(document.source))
    seen: set[str] = set()
    for block in document.blocks:
        if block.kind is BlockKind.BOX and block.title and block.ref not in seen:
            seen.add(block.ref)
            title = re.sub(r"^Box \d+\.\s*", "", plain(block.title)).strip()
            yield _example(document, block, f"What does the report say about {in_a_sentence(title, lower)}?")


def in_a_sentence(title: str, words: set[str]) -> str:
    """Return a title as it stands inside a sentence: small first letter unless it is a name.

    Args:
        title: The title, not empty.
        words: The words of the report.
    """
    first = _WORD.match(title)
    named = title.partition(" ")[2][:1].isupper() or first is None or first[0].lower() not in words
    return title if named else title[0].lower() + title[1:]


def acronyms(document: Document) -> Iterator[Example]:
    """Yield "What does ... stand for?" for the acronyms that the report uses most."""
    uses = Counter(_WORD.findall(document.source))
    often = sorted(document.acronyms, key=lambda acronym: (-uses[acronym.short], acronym.short))
    for acronym in often:
        if acronym.short.isalpha():
            yield Example("Acronyms", f"What does {acronym.short} stand for?", ("acronyms",))


def _blocks(document: Document) -> Iterator[Block]:
    return (block for block in document.blocks if block.kind in _PROSE)


def _example(document: Document, block: Block, question: str) -> Example:
    return Example(_theme(document, block.section, block.label), question, (block.ref,))


def _theme(document: Document, section: tuple[str, ...], fallback: str) -> str:
    """Return the innermost heading; one in capitals as a person writes it, acronyms kept."""
    title = plain(section[-1]) if section else fallback
    if not title.isupper():
        return title
    kept = {document.metadata.organization, *(acronym.short for acronym in document.acronyms)}
    words = " ".join(word if word in kept else word.lower() for word in title.split())
    return words[:1].upper() + words[1:]
