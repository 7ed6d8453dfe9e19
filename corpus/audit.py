"""What the parser found, and every printed figure whose arithmetic does not hold.

The audit knows no table by name. It looks for relations that the cells themselves show: a column that is the sum
of others in nearly every row, a total row, a percentage of one row in the total, a change between printed
percentages; and it reports the cells that break a relation which the rest of the table keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Block, BlockKind, Document
from corpus.relations import Finding, table_findings
from corpus.text import ends_sentence


@dataclass(frozen=True)
class Structure:
    """What a report is made of.

    Attributes:
        paragraphs: How many numbered paragraphs.
        boxes: How many boxes.
        tables: How many tables.
        footnotes: How many footnotes.
        acronyms: How many acronyms.
        sections: How many sections.
        broken: Refs of paragraphs and boxes that do not end as a sentence ends.
        repeated: Pairs of refs whose text is the same word for word.
    """

    paragraphs: int
    boxes: int
    tables: int
    footnotes: int
    acronyms: int
    sections: int
    broken: tuple[str, ...]
    repeated: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the structure as JSON-ready data."""
        return {
            "paragraphs": self.paragraphs,
            "boxes": self.boxes,
            "tables": self.tables,
            "footnotes": self.footnotes,
            "acronyms": self.acronyms,
            "sections": self.sections,
            "broken": list(self.broken),
            "repeated": [list(pair) for pair in self.repeated],
        }


def audit_structure(document: Document) -> Structure:
    """Return what a report is made of, with the places that look wrong."""
    running = (BlockKind.PARAGRAPH, BlockKind.BOX)
    return Structure(
        paragraphs=_count(document, BlockKind.PARAGRAPH),
        boxes=_count(document, BlockKind.BOX),
        tables=len(document.tables),
        footnotes=_count(document, BlockKind.FOOTNOTE),
        acronyms=len(document.acronyms),
        sections=len(document.sections),
        broken=tuple(block.ref for block in document.blocks if block.kind in running and not ends_sentence(block.text)),
        repeated=_repeated([block for block in document.blocks if block.kind in running]),
    )


def _count(document: Document, kind: BlockKind) -> int:
    return sum(block.kind is kind for block in document.blocks)


def _repeated(blocks: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    first: dict[str, str] = {}
    pairs = []
    for block in blocks:
        text = " ".join(block.text.replace("’", "'").split()).casefold()
        if text in first:
            pairs.append((first[text], block.ref))
        else:
            first[text] = block.ref
    return tuple(pairs)


def audit_tables(document: Document) -> tuple[Finding, ...]:
    """Return every table cell that contradicts the table's own arithmetic, in reading order."""
    return tuple(finding for table in document.tables for finding in table_findings(table))


def format_audit(structure: Structure, findings: Sequence[Finding]) -> str:
    """Return the audit as a person reads it."""
    lines = [
        f"{structure.paragraphs} numbered paragraphs, {structure.boxes} boxes, {structure.tables} tables, "
        f"{structure.footnotes} footnote{'' if structure.footnotes == 1 else 's'}, {structure.acronyms} acronyms, "
        f"{structure.sections} sections",
        f"Paragraphs and boxes broken off: {', '.join(structure.broken) or 'none'}",
        f"Standing twice word for word: {', '.join(f'{a} = {b}' for a, b in structure.repeated) or 'none'}",
        "",
        f"{len(findings)} figures whose arithmetic does not hold:" if findings else "All table arithmetic holds.",
    ]
    lines += [f"- {finding.sentence}" for finding in findings]
    return "\n".join(lines)
