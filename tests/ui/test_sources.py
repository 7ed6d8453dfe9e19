"""The source panel's HTML: places, marked quotes, folded context."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import BlockKind, Document, TextMap
from qa.answer import Span
from ui.chips import preview
from ui.made_up import cite
from ui.quotes import CONTEXT, marked, quote_span
from ui.sources import card, cited_block, panel
from ui.testing import ScriptedAssistant
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
    html = card(report, (answer.citations[0],), answer, 1)
    assert '<span class="place">para. 1</span></h3>' in html
    assert "Ferries and crossings" in html
    assert f'<mark data-marker="1">{answer.citations[0].quote}</mark>' in html
    assert "Show the whole paragraph" in html


def test_card_short_paragraph_has_nothing_to_unfold(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("figures")
    assert "Show the whole" not in card(report, (answer.citations[1],), answer, 1)


def test_card_box_shows_its_title_and_folds_other_paragraphs(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("storm")
    html = card(report, (answer.citations[0],), answer, 1)
    assert '<p class="title">The storm of February</p>' in html
    assert '<p class="rest">The storm of February was the strongest in thirty years.</p>' in html
    assert "Show the whole box" in html


def test_card_place_that_is_not_in_the_report_still_shows_the_quote(
    assistant: ScriptedAssistant, report: Document
) -> None:
    answer = assistant.ask("passengers")
    lost = replace(answer.citations[0], ref="para:99", quote="<b>Lost</b>")
    assert "<mark>Lost</mark>" in card(report, (lost,), answer, 1)


def test_card_acronym_shows_its_entry_and_folds_the_others(assistant: ScriptedAssistant, report: Document) -> None:
    block = replace(report.blocks[0], ref="acronyms", label="Acronyms", kind=BlockKind.ACRONYMS, start=9000, end=9100)
    document = replace(report, blocks=(*report.blocks, block))
    answer = assistant.ask("passengers")
    citation = replace(answer.citations[0], ref="acronyms", label="Acronyms", start=9000, end=9018, quote="BSS")
    html = card(document, (citation,), answer, 1)
    assert "<div><dt>BSS</dt><dd><mark>Bay Safety Service</mark></dd></div>" in html
    assert '<div class="rest"><dt>OI</dt>' in html


def test_marked_text_far_from_the_quote_is_folded_and_none_of_it_is_lost(report: Document) -> None:
    citation = cite(report, "para:1", "carried 48,200 passengers")
    block = replace(report.place("para:1")[0], text="x " * 300 + "carried 48,200 passengers" + " y" * 300)
    html = marked(replace(block, textmap=TextMap(())), (citation,))
    shown_before = html.split("</span>")[2].split("<mark")[0]
    assert len(shown_before) <= CONTEXT + 1
    assert html.count("x") == 300
    assert html.count("y") == 300


def test_marked_report_markup_around_the_quote_reads_plainly(report: Document) -> None:
    html = marked(report.place("para:1")[0], (cite(report, "para:1", "Two boats were replaced"),))
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


def test_card_two_quotes_of_one_paragraph_are_marked_in_one_card(
    report: Document, assistant: ScriptedAssistant
) -> None:
    first, second = cite(report, "para:1", "The Office runs the ferries"), cite(report, "para:1", "on weekdays", 2)
    html = card(report, (first, second), assistant.ask("passengers"), 1)
    assert html.count("<article") == 1
    assert '<mark data-marker="1">The Office runs the ferries</mark>' in html
    assert '<mark data-marker="2">on weekdays</mark>' in html
    # What lies between them, far from both, is folded and not lost.
    assert html.count("48,200") == 1
    assert "48,200" in html.split('class="rest">')[1].split("</span>")[0]


def test_card_of_an_answer_with_a_lead_marks_that_sentence_of_the_quote_only(
    report: Document, assistant: ScriptedAssistant
) -> None:
    whole = cite(report, "para:2", report.place("para:2")[0].text)
    lead = "Fresh water was delivered to 6 islands."
    answer = replace(
        assistant.ask("passengers"), text=f"{whole.quote} [1]", citations=(whole,), lead=Span(0, len(lead))
    )
    html = card(report, (whole,), answer, 1)
    assert f'<mark data-marker="1">{lead}</mark> The Office delivered 900 m³' in html
    assert preview(whole, answer) == lead


def test_card_lead_that_stands_in_no_quote_leaves_the_quote_whole(
    report: Document, assistant: ScriptedAssistant
) -> None:
    answer = replace(assistant.ask("passengers"), lead=Span(0, 3), text="Not in the report. [1]")
    assert f'<mark data-marker="1">{answer.citations[0].quote}</mark>' in card(report, answer.citations, answer, 1)


def test_marked_overlapping_quotes_mark_each_letter_once(report: Document) -> None:
    block = report.place("para:3")[0]
    quotes = cite(report, "para:3", "In total The Office"), cite(report, "para:3", "The Office carried", 2)
    html = marked(block, quotes)
    assert '<mark data-marker="1">In total The Office</mark><mark data-marker="2"> carried</mark>' in html


def test_card_leads_into_the_report(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("storm")
    assert 'href="report#box-1" aria-label="Open Box 1 in the report"' in card(report, answer.citations, answer, 1)


def test_card_place_with_two_tables_shows_the_quoted_one(assistant: ScriptedAssistant, report: Document) -> None:
    answer = assistant.ask("Which is the busiest pier?")
    other = replace(report.tables[1], title="Cars of each pier", rows=(), start=9500, end=9600)
    html = card(replace(report, tables=(other, *report.tables)), answer.citations, answer, 1)
    assert "Passengers of each pier" in html
    assert "Cars of each pier" not in html


def test_preview_of_a_table_answer_names_the_cells_of_the_row(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("Which is the busiest pier?")
    assert preview(answer.citations[0], answer) == "Old Harbour, Total: 20,200"


def test_preview_long_quote_is_cut_at_a_word(assistant: ScriptedAssistant) -> None:
    answer = assistant.ask("passengers")
    long = replace(answer.citations[0], quote="word " * 200)
    assert preview(long, answer).endswith("word …")
    assert len(preview(long, answer)) < 410
