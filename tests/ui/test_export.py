"""Conversations as files, opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest

from corpus.document import Document
from ui.export import to_markdown, to_word
from ui.testing import ScriptedAssistant
from ui.turn import Turn, take

MADE = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)
CITED = "Harbour Office, Annual Report for 2023 (7th Session)"


@pytest.fixture
def turns(assistant: ScriptedAssistant) -> list[Turn]:
    asked: list[Turn] = []
    for question in ("How many passengers?", "Which figures?", "How many men?", "Who is the king?", "x" * 2001):
        asked.append(take(assistant, question, asked))
    return [*asked, Turn("Still under way?")]


def test_to_markdown_has_each_question_with_its_answer_and_place(turns: list[Turn], report: Document) -> None:
    text = to_markdown(turns, report, MADE)
    assert text.startswith(
        "# Questions to: Annual Report of the Harbour Office\n\n*3 May 2024*\n\n## How many passengers?"
    )
    assert f"[1] {CITED}, para. 1\n\n> “Throughout the year, The Office carried 48,200 passengers" in text
    assert f"[2] {CITED}, para. 3" in text
    assert "13 − 11 = 2" in text
    assert "## Who is the king?\n\nThe report does not say." in text
    assert "*Closest passages, which do not answer the question: para. 1, para. 2*" in text
    assert "at most 2,000 are read. Shorten it." in text
    assert "Made up for tests." in text


def test_to_markdown_question_under_way_is_left_out(turns: list[Turn], report: Document) -> None:
    assert "Still under way?" not in to_markdown(turns, report, MADE)


def test_to_markdown_follow_up_says_what_was_searched(assistant: ScriptedAssistant, report: Document) -> None:
    asked = [Turn("The harbour?", assistant.ask("The harbour?"))]
    asked.append(take(assistant, "and passengers?", asked))
    assert "*Searched for: The harbour? and passengers?*" in to_markdown(asked, report, MADE)


def test_to_markdown_markup_in_a_question_stays_text(report: Document) -> None:
    text = to_markdown([Turn("# <script>\n## *x*", failure="Failed.")], report, MADE)
    assert "\n## \\# \\<script> ## \\*x\\*\n" in text


def test_to_word_opened_again_holds_question_answer_quote_and_citation(turns: list[Turn], report: Document) -> None:
    file = docx.Document(BytesIO(to_word(turns, report, MADE)))
    by_style: dict[str, list[str]] = {}
    for paragraph in file.paragraphs:
        assert paragraph.style is not None
        by_style.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    assert by_style["Title"] == ["Questions to: Annual Report of the Harbour Office"]
    assert by_style["Heading 1"][:4] == [
        "How many passengers?",
        "Which figures?",
        "How many men?",
        "Who is the king?",
    ]
    assert "The number of women in the crews rose by 2. [1]" in by_style["Normal"]
    assert f"[1] {CITED}, Annex I, Table 1" in by_style["Normal"]
    assert "“In total The Office carried 51,000 passengers in 2023”" in by_style["Quote"]
    assert "3 May 2024" in by_style["Caption"]
    assert file.core_properties.title == "Questions to: Annual Report of the Harbour Office"


def test_to_word_used_cells_are_a_real_table_with_a_head(turns: list[Turn], report: Document) -> None:
    (table,) = docx.Document(BytesIO(to_word(turns, report, MADE))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Table", "Row", "Column", "Value"],
        ["Annex I, Table 1", "Women", "2022", "11"],
        ["Annex I, Table 1", "Women", "2023", "13"],
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_to_word_characters_that_xml_cannot_hold_are_dropped(assistant: ScriptedAssistant, report: Document) -> None:
    question = "How\x00 many\x0b passengers\ud800 <b>?"
    answer = replace(assistant.ask("passengers"), question=question, searched="a\x00b")
    file = docx.Document(BytesIO(to_word([Turn(question, answer)], report)))
    assert "How many passengers <b>?" in [paragraph.text for paragraph in file.paragraphs]
