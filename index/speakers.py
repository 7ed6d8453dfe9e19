"""Who says "I": whoever signs the section, whose name and office only stand below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.text import ends_sentence, plain
from index.passage import Passage

# "I" after a capital is a number: "Annex I".
_FIRST_PERSON = re.compile(r"(?:^|[.;:,] |\b[a-z]+ )I\b|\b[Mm]y\b")
# Characters up to which a text without a full stop is a name or a heading.
SIGNATURE = 60

# Who signs each main section, by its heading.
Signers = Mapping[tuple[str, ...], str]


def signers_of(passages: Sequence[Passage]) -> Signers:
    """Return who signs each main section: the last words of one told in the first person."""
    last: dict[tuple[str, ...], str] = {}
    for passage in passages:
        if passage.sentences:
            last[passage.section[:1]] = plain(passage.sentence_text(len(passage.sentences) - 1))
    personal = {passage.section[:1] for passage in passages if _FIRST_PERSON.search(passage.text)}
    return {
        section: ", ".join(line.strip() for line in text.splitlines())
        for section, text in last.items()
        if section in personal and len(text) <= SIGNATURE and not ends_sentence(text)
    }


def speaker(passage: Passage, text: str, signers: Signers) -> str:
    """Return who says "I" in a text of a passage; empty if nobody does or it is not signed."""
    return signers.get(passage.section[:1], "") if _FIRST_PERSON.search(text) else ""
