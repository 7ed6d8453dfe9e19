"""Asking and reading answers in a real browser, over a real server."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from tests.ui.conftest import Visit

pytestmark = pytest.mark.browser


def test_page_answer_has_chips_and_the_quote_is_marked_in_the_source_panel(visit: Visit) -> None:
    turn = visit.ask("How many passengers were carried?")
    assert "48,200 passengers" in turn.locator(".says").inner_text()
    assert turn.locator(".says .chip").inner_text() == "1"
    assert "48,200 passengers" in visit.page.locator("#source .card mark").inner_text()
    assert visit.page.locator("#source .card h3").inner_text().split() == ["1", "para.", "1"]
    assert turn.locator(".value").inner_text() == "48,200 passengers"


def test_page_chip_of_an_earlier_answer_brings_its_sources_back(visit: Visit) -> None:
    first = visit.ask("How many passengers were carried?")
    visit.ask("What happened in the storm?")
    assert visit.page.locator("#source .card:visible").get_attribute("id") == "source-2-1"
    first.locator(".chip").first.click()
    assert visit.page.locator("#source .card:visible").get_attribute("id") == "source-1-1"
    assert visit.page.evaluate("document.activeElement.id") == "source-1-1"


def test_page_whole_paragraph_unfolds_and_folds(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    end = visit.page.get_by_text("can be seen there on weekdays").last
    assert not end.is_visible()
    visit.page.click(".more")
    assert end.is_visible()
    assert visit.page.get_attribute(".more", "aria-expanded") == "true"
    visit.page.click(".more")
    assert not end.is_visible()


def test_page_refusal_is_plain_and_offers_related_questions_and_closest_passages(visit: Visit) -> None:
    turn = visit.ask("Who is the king?")
    assert turn.locator(".refusal").inner_text() == "The report does not say."
    assert turn.locator(".chip").count() == 0
    assert turn.locator(".related .example").all_inner_texts() == ["How many passengers did The Office carry?"]
    passage = turn.locator("details .passage").first
    assert not passage.is_visible()
    turn.locator(".fold summary").first.click()
    assert passage.is_visible()


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script> passengers",
        "**bold** ![x](http://example.org/x.png) ${alert(1)} {{7*7}} passengers",
    ],
)
def test_page_markup_in_a_question_stays_text(visit: Visit, question: str) -> None:
    turn = visit.ask(question)
    assert turn.locator(".ask p").inner_text() == question
    assert turn.locator(".ask p *").count() == 0
    assert visit.page.locator("#conversation img, #conversation script").count() == 0


def test_page_follow_up_says_what_was_searched_and_lets_it_be_changed(visit: Visit) -> None:
    visit.ask("What about the harbour?")
    turn = visit.ask("and the passengers?")
    assert turn.locator(".searched > span").inner_text() == "What about the harbour? and the passengers?"
    turn.locator(".research").click()
    visit.page.fill("textarea.revise", "What happened in the storm?")
    visit.page.keyboard.press("Enter")
    turn.get_by_text("Both piers reopened").first.wait_for()
    assert turn.locator(".ask p").inner_text() == "and the passengers?"
    assert turn.locator(".searched > span").inner_text() == "What happened in the storm?"


def test_page_conflict_shows_both_figures_side_by_side(visit: Visit) -> None:
    assert visit.ask("Which figures?").locator(".figure").all_inner_texts() == ["48,200", "51,000"]
    assert visit.page.locator("#source .card").count() == 2


def test_page_table_answer_shows_chart_arithmetic_and_marked_cells(visit: Visit) -> None:
    turn = visit.ask("How did women change?")
    assert turn.locator(".value").inner_text() == "+2"
    assert turn.locator(".expression").inner_text() == "13 − 11 = 2"
    assert turn.locator(".scroll mark").all_inner_texts() == ["11", "13"]
    assert visit.page.locator("#source table mark:visible").all_inner_texts() == ["11", "13"]
    heights = [bar.bounding_box()["height"] for bar in turn.locator(".columns .bar").all()]
    assert heights == pytest.approx([140 * count / 13 for count in (8, 11, 13)], abs=1)
    assert turn.locator(".columns td span").all_inner_texts() == ["8", "11", "13"]


def test_page_ranking_has_bars_in_proportion(visit: Visit) -> None:
    turn = visit.ask("Which is the busiest pier?")
    widths = [bar.bounding_box()["width"] for bar in turn.locator(".bars .bar").all()]
    assert widths[1] / widths[0] == pytest.approx(14100 / 20200, abs=0.02)
    assert turn.locator(".bars span").all_inner_texts() == ["20,200", "14,100", "13,900"]


def test_page_lead_stands_out_from_its_context(visit: Visit) -> None:
    turn = visit.ask("When were the piers reopened?")
    assert turn.locator(".context").inner_text().startswith("Crossings were suspended")
    lead, context = (
        turn.locator(part).first.evaluate("part => getComputedStyle(part).color") for part in (".says p", ".context")
    )
    assert lead != context


def test_page_chip_shows_quote_and_place_to_the_pointer_and_the_keyboard(visit: Visit) -> None:
    turn = visit.ask("How many passengers were carried?")
    chip, preview = turn.locator(".says .chip"), visit.page.locator("#preview")
    chip.hover()
    preview.wait_for()
    assert preview.inner_text().startswith("para. 1")
    assert "48,200 passengers" in preview.inner_text()
    visit.page.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    visit.page.mouse.move(5, 5)
    visit.page.focus("#conversation")
    while not visit.page.evaluate("document.activeElement.classList.contains('chip')"):
        visit.page.keyboard.press("Tab")
    preview.wait_for()
    assert chip.get_attribute("aria-describedby") == "preview"


def test_page_chip_of_a_second_quote_lights_that_quote(visit: Visit) -> None:
    turn = visit.ask("When were the piers reopened?")
    turn.locator(".says .chip").nth(1).click()
    assert visit.page.locator("mark.lit").inner_text() == "Both piers reopened after nine days."


def test_page_more_examples_are_other_ones_of_the_report(visit: Visit) -> None:
    button = visit.page.locator(".more-examples")
    assert button.get_attribute("data-page") == "1"
    button.click()
    visit.page.locator(".more-examples[data-page='2']").wait_for()
    assert visit.page.locator(".example").count() >= 1


def test_page_question_is_changed_and_asked_again_with_those_after_it(visit: Visit) -> None:
    visit.ask("What about the harbour?")
    visit.ask("and the king?")
    visit.page.locator("#turn-1 .edit").click()
    visit.page.fill("textarea.revise", "How many passengers were carried?")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text("Asked again, with the questions after it.").wait_for()
    assert visit.page.locator(".turn .value").all_inner_texts() == ["48,200 passengers"] * 2


def test_page_change_that_is_cancelled_leaves_the_question(visit: Visit) -> None:
    turn = visit.ask("How many passengers were carried?")
    turn.locator(".edit").click()
    visit.page.fill("textarea.revise", "Something else")
    visit.page.keyboard.press("Escape")
    assert turn.locator(".ask p").inner_text() == "How many passengers were carried?"
    assert visit.page.evaluate("document.activeElement.className") == "quiet edit"


def test_page_example_is_asked_with_one_click(visit: Visit) -> None:
    example = visit.page.locator(".example").first
    text = example.get_attribute("data-ask")
    example.click()
    visit.page.locator("#turn-1 .reply:not(.pending)").wait_for()
    assert visit.page.locator("#turn-1 .ask p").inner_text() == text


def test_page_long_step_says_what_is_done_and_for_how_long(visit: Visit) -> None:
    visit.page.fill("#question textarea", "How slowly do passengers board?")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text("Reading 3 paragraphs, 1 box, 2 tables…").wait_for()
    visit.page.wait_for_function("/^[2-4] s$/.test(document.querySelector('.elapsed').textContent)")
    assert visit.wait_for_turn(1).locator(".value").inner_text() == "48,200 passengers"


def test_page_blank_question_is_met_with_a_hint(visit: Visit) -> None:
    visit.page.fill("#question textarea", "   ")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text("Type a question first.").wait_for()
    assert visit.page.locator(".turn").count() == 0


def test_page_question_of_ten_thousand_characters_gets_a_polite_answer(visit: Visit) -> None:
    turn = visit.ask("word " * 2000)
    assert "at most 2,000 are read" in turn.locator(".failure").inner_text()
    assert "Traceback" not in visit.page.content()


def test_page_new_conversation_starts_over(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.click("#new")
    visit.page.locator(".welcome").wait_for()
    assert visit.page.locator(".save").is_hidden()
    assert visit.page.locator(".turn, .card").count() == 0


def test_page_everything_comes_from_this_host_and_nothing_is_missing(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.wait_for_timeout(500)
    hosts = {url.split("/")[2].rsplit(":", 1)[0] for url in visit.requests if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}
    assert visit.failed == []
    assert not [url for url in visit.page.evaluate("Object.keys(localStorage)") if "run" in url]


def test_server_interrupted_stops_cleanly(start_server: Any) -> None:
    server = start_server("-m", "ui.testing")
    assert server.stop(signal.SIGINT) == 0
    assert "Traceback" not in server.output
