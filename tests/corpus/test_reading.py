from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ReportFormatError, ReportNotFoundError
from corpus.loading import available_reports, load_report
from corpus.paragraphs import document_from_paragraphs
from corpus.sentences import split_sentences
from corpus.text import plain
from tests.corpus.conftest import SMALL


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_split_sentences_abbreviations_and_initials_do_not_end_one() -> None:
    text = (
        "The U.S. Conference met in Washington, D.C., under No. 1266. Amy E. Pope spoke of USD 3.46 billion. It ended."
    )
    assert pieces(text) == [
        "The U.S. Conference met in Washington, D.C., under No. 1266.",
        "Amy E. Pope spoke of USD 3.46 billion.",
        "It ended.",
    ]


def test_split_sentences_blank_line_ends_one() -> None:
    assert pieces("A heading\n\nA sentence.") == ["A heading", "A sentence."]


def test_plain_markup_is_dropped_and_powers_kept() -> None:
    assert plain("The [Zite Manager](#) moved 4,905 m<sup>3</sup> for migrants<sup>1</sup> in <b>2023</b>.") == (
        "The Zite Manager moved 4,905 m³ for migrants in 2023."
    )


def test_load_report_bundled_report_is_listed() -> None:
    assert "iom-annual-report-2023" in available_reports()


def test_load_report_file_without_metadata_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wells.md"
    path.write_text(SMALL, encoding="utf-8")
    document = load_report(path)
    assert (document.doc_id, document.metadata.year) == ("wells", 2031)


def test_load_report_missing_report_names_the_bundled_ones() -> None:
    with pytest.raises(ReportNotFoundError, match="Name a bundled report .iom-annual-report-2023."):
        load_report("no-such-report")


def test_load_report_text_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes("1. Café.".encode("latin-1"))
    with pytest.raises(ReportFormatError, match="not UTF-8"):
        load_report(path)


def test_load_report_altered_text_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(SMALL, encoding="utf-8")
    (tmp_path / "metadata.json").write_text(
        '{"title": "t", "citation": "c", "body": "b", "year": 2031, "organization": "o", "provenance": "p", '
        '"sha256": "0000"}',
        encoding="utf-8",
    )
    with pytest.raises(ReportFormatError, match="not the one its metadata describes"):
        load_report(tmp_path)


def test_document_from_paragraphs_offsets_lead_back() -> None:
    document = document_from_paragraphs("two", [("Wells", "One  well."), ("", "Two wells.")])
    first, second = document.blocks
    assert (first.ref, first.section, first.text) == ("para:1", ("Wells",), "One well.")
    assert document.source[second.start : second.end] == "Two wells."
