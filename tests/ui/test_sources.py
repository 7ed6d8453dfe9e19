"""The source panel's HTML: places, marked quotes, folded context."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import BlockKind, Document, TextMap
from qa.answer import Calculation, CellUse
from ui.sources import CONTEXT, card, cited_block, marked, panel, quote_span
from ui.tables import calculation, source_table
from ui.testing import ScriptedAssistant, cite
from ui.turn import Turn


def test_panel_no_turns_says_what_will_stand_here(report: Document) -> None:
    assert "sources appear here" in panel(report, ())


def test_panel_shows_the_last_turns_sources_and_hides_the_others(
    assistant: ScriptedAssistant, report: Document
) -> None:
    turns = [Turn("a", assistant.ask("passengers")), Turn("b", assistant.ask("storm"))]
    html = panel(report, turns)
    assert 'data-turn="1" aria-label="Sources of answer 1" hidden>' in html
    assert 'data-turn="2" aria-label="Sources of answer 2">' in html
    assert 'id="source-1-1"' in html
    assert 'id="source-2-1"' in html


def test_panel_refusal_says_that_nothing_is_cited(assistant: ScriptedAssistant, report: Document) -> None:
    assert "cites no place" in panel(report, [Turn("a", assistant.ask("Who?"))])


def test_card_has_place_breadcrumb_and_marked_quote(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("passengers")
    html = card(report, answer.citations[0], answer, 1)
    assert "para. 1</h3>" in html
    assert "Ferries and crossings" in html
    assert f"<mark>{answer.citations[0].quote}</mark>" in html
    assert "Show the whole paragraph" in html


def test_card_short_paragraph_has_nothing_to_unfold(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("figures")
    assert "Show the whole" not in card(report, answer.citations[1], answer, 1)


def test_card_box_shows_its_title_and_folds_other_paragraphs(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("storm")
    html = card(report, answer.citations[0], answer, 1)
    assert '<p class="title">The storm of February</p>' in html
    assert '<p class="rest">The storm of February was the strongest in thirty years.</p>' in html
    assert "Show the whole box" in html


def test_card_place_that_is_not_in_the_report_still_shows_the_quote(
    assistant: ScriptedAssistant, report: Document
) -> None:
    answer = assistant.ask("passengers")
    lost = replace(answer.citations[0], ref="para:99", quote="<b>Lost</b>")
    assert "<mark>Lost</mark>" in card(report, lost, answer, 1)


def test_card_acronym_shows_its_entry_and_folds_the_others(assistant: ScriptedAssistant, report: Document) -> None:
    block = replace(report.blocks[0], ref="acronyms", label="Acronyms", kind=BlockKind.ACRONYMS, start=9000, end=9100)
    document = replace(report, blocks=(*report.blocks, block))
    answer = assistant.ask("passengers")
    citation = replace(answer.citations[0], ref="acronyms", label="Acronyms", start=9000, end=9018, quote="BSS")
    html = card(document, citation, answer, 1)
    assert "<div><dt>BSS</dt><dd><mark>Bay Safety Service</mark></dd></div>" in html
    assert '<div class="rest"><dt>OI</dt>' in html


def test_marked_text_far_from_the_quote_is_folded_and_none_of_it_is_lost(report: Document) -> None:
    citation = cite(report, "para:1", "carried 48,200 passengers")
    block = replace(report.place("para:1")[0], text="x " * 300 + "carried 48,200 passengers" + " y" * 300)
    html = marked(replace(block, textmap=TextMap(())), citation)
    shown_before = html.split('<span class="gap">…</span>')[1].split("<mark>")[0]
    assert len(shown_before) <= CONTEXT + 1
    assert html.count("x") == 300
    assert html.count("y") == 300


def test_marked_report_markup_around_the_quote_reads_plainly(report: Document) -> None:
    html = marked(report.place("para:1")[0], cite(report, "para:1", "Two boats were replaced"))
    assert "the oldest was given to the maritime museum" in html


def test_quote_span_repeated_quote_is_told_apart_by_its_offsets(report: Document) -> None:
    block = replace(report.place("para:3")[0], text="five men, five", start=0, end=14, textmap=TextMap(((0, 0, 14),)))
    citation = replace(cite(report, "para:3", "51,000"), quote="five", start=10, end=14)
    assert quote_span(block, citation) == (10, 14)


def test_cited_block_several_blocks_of_one_place_gives_the_one_with_the_quote(report: Document) -> None:
    block = report.place("para:1")[0]
    other = replace(block, start=5000, end=5400)
    document = replace(report, blocks=(other, *report.blocks))
    assert cited_block(document, cite(report, "para:1", "Two boats")) == block


def test_source_table_marks_used_cells_and_folds_other_rows(report: Document) -> None:
    table = report.tables[0]
    used = (CellUse(table.ref, table.label, "Women", "2023", 13.0, "13"),)
    html = source_table(table, table.rows[1].start, table.rows[1].end, used)
    assert "<mark>13</mark>" in html
    assert "<mark>11</mark>" not in html
    assert '<tr class="rest"><th scope="row">Men</th>' in html


def test_source_table_quoted_row_without_calculation_is_marked_whole(report: Document) -> None:
    table = report.tables[0]
    html = source_table(table, table.rows[0].start, table.rows[0].end, ())
    assert '<th scope="row"><mark>Men</mark></th>' in html
    assert "<mark>14</mark>" in html


def test_calculation_many_cells_are_folded_behind_their_count() -> None:
    cells = tuple(CellUse("annex:II", "Annex II", f"Row {n}", "Total", float(n), str(n)) for n in range(9))
    html = calculation(Calculation("sum", cells, "0 + 1 + … + 8 = 36", 36.0))
    assert "<summary>The 9 cells used</summary>" in html


def test_calculation_empty_cell_is_said_to_be_zero() -> None:
    cells = (CellUse("annex:II", "Annex II", "Row", "G-1", 0.0, ""),)
    assert "0 (empty)" in calculation(Calculation("lookup", cells, "", 0.0))
