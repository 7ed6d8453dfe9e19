"""An assistant over a small text, with the hash embedder: no model, no network."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.paragraphs import document_from_paragraphs
from qa import Assistant, Settings

PARAGRAPHS = [
    (
        "Wells",
        "The Council dug wells in Hilltown. In 2031, 40 wells were dug in 12 villages. These gave water to 900 people.",
    ),
    ("Pumps", "Pumps were mended because broken pumps waste water. The work cost USD 5 million."),
    (
        "Schools",
        "Teachers from Lakeside and Hilltown were trained. The training was held in Arabic, English and French.",
    ),
    ("Roads", "The road to Lakeside was opened on 3 May 2031. Mayor Ana Silva cut the ribbon."),
    (
        "Forests",
        "Forest wardens planted cedar and pine. In 2030, they planted 70 trees; in 2031, they planted 95 trees.",
    ),
]


@pytest.fixture(scope="session")
def document() -> Document:
    return document_from_paragraphs("small", PARAGRAPHS)


@pytest.fixture(scope="session")
def assistant(document: Document) -> Assistant:
    # The hash embedder's cosines are not those the confidence was fitted on, so only the requirements refuse here.
    return Assistant.from_document(document, Settings(embedder="hash", min_confidence=0.0))
