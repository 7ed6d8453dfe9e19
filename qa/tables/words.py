"""The words by which people name the columns and categories of staff tables."""

from __future__ import annotations

import re

from corpus.document import Table
from qa.tables.countries import folded

# Everyday words for what a table's title says, as pairs of (what people say, what titles say).
CATEGORY_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"general service|gs|national officers?|nos?|gs no|local(?:ly recruited)?|national staff|personnel local",
        "general service",
    ),
    (
        r"international(?:s)?(?: professionals?)?|professionals?(?: and higher)?|p staff|expatriates?|internationaux",
        "professional",
    ),
)
WOMEN = re.compile(r"\b(women|woman|female|females|femmes|mujeres)\b")
MEN = re.compile(r"\b(men|man|male|males|hommes|hombres)\b")
_GRADE = re.compile(r"\b(?:(?:grade|level) )?(no|[a-z]) ?-?([a-d]|\d)\b")
_NOTE = re.compile(r"\b([\w-]+): ([^;.]+)")


def column_names(table: Table) -> dict[str, int]:
    """Return the column numbers by folded heading and by what the notes say it stands for."""
    names: dict[str, int] = {}
    for number, column in enumerate(table.columns):
        names[folded(column.label)] = number
    for note in table.notes:
        for short, long in _NOTE.findall(note):
            place = names.get(folded(short))
            if place is not None:
                names.setdefault(folded(long), place)
                names.setdefault(folded(long).split()[0], place)
    return names


def grades(question: str) -> list[str]:
    """Return the grades that a folded question names, as folded headings ("g 5", "no b")."""
    return list(dict.fromkeys(f"{match[1]} {match[2]}" for match in _GRADE.finditer(question)))
