"""The page for every person and screen: axe, keyboard alone, dark, phone; on the real report with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import PHONE, Visit

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def coloured(browser: Any, scripted_server: Any, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Visits in the system's two colours; without movement, so that no colour is measured half way."""
    visit = Visit(browser, scripted_server.url, color_scheme=request.param, reduced_motion="reduce")
    yield visit
    visit.context.close()
    assert visit.troubles == []


@pytest.fixture
def phone(browser: Any, scripted_server: Any) -> Iterator[Visit]:
    visit = Visit(browser, scripted_server.url, viewport=PHONE, has_touch=True)
    yield visit
    visit.context.close()
    assert visit.troubles == []


def test_axe_finds_no_serious_fault_at_the_start(coloured: Visit) -> None:
    assert coloured.faults() == []


@pytest.mark.parametrize(
    "question",
    ["How many passengers were carried?", "Who is the king?", "Which figures?", "Which is the busiest pier?"],
)
def test_axe_finds_no_serious_fault_in_an_answer(coloured: Visit, question: str) -> None:
    turn = coloured.ask(question)
    turn.locator(".feedback summary").click()
    assert coloured.faults() == []


def test_axe_finds_no_serious_fault_with_the_report_in_the_panel(coloured: Visit) -> None:
    coloured.ask("How many passengers were carried?")
    coloured.page.click("#tab-report")
    coloured.page.frame_locator("#reader iframe").locator("#para-1").wait_for()
    assert coloured.faults() == []


def test_axe_finds_no_serious_fault_on_a_phone_with_drawer_and_sheet(phone: Visit) -> None:
    turn = phone.ask("How many passengers were carried?")
    phone.page.click(".drawer")
    phone.page.wait_for_timeout(300)
    assert phone.faults() == []
    phone.page.keyboard.press("Escape")
    turn.locator(".chip").first.click()
    phone.page.wait_for_timeout(400)
    assert phone.faults() == []


def tab_to(visit: Visit, selector: str) -> None:
    """Press Tab until an element has the focus, which has to be seen."""
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    pytest.fail(f"Tab never reached {selector}")


def test_page_works_with_the_keyboard_alone(visit: Visit) -> None:
    visit.page.keyboard.type("How many passengers were carried?")
    visit.page.keyboard.press("Enter")
    visit.wait_for_turn(1)
    visit.page.focus("#conversation")
    tab_to(visit, ".chip")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "source-1-1"
    tab_to(visit, ".more")
    visit.page.keyboard.press("Enter")
    assert visit.page.get_attribute(".more", "aria-expanded") == "true"
    visit.page.focus("#conversation")
    tab_to(visit, ".feedback summary")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Space")
    assert visit.page.get_by_label("Right", exact=True).is_checked()
    visit.page.keyboard.press("Escape")
    assert visit.page.locator(".feedback[open]").count() == 0
    visit.page.focus("#tab-sources")
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.evaluate("document.activeElement.id") == "tab-report"
    visit.page.focus("#new")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".welcome").wait_for()


def test_page_names_its_parts_for_screen_readers(visit: Visit) -> None:
    assert visit.page.get_attribute("html", "lang") == "en"
    assert visit.page.get_by_role("log", name="Conversation").count() == 1
    assert visit.page.get_by_role("complementary", name="Sources").count() == 1
    assert visit.page.get_by_role("navigation", name="Conversations").count() == 1
    assert visit.page.get_by_role("textbox", name="Your question").count() == 1
    assert visit.page.locator("footer:visible").count() == 0


def test_page_reads_out_only_the_new_answer(visit: Visit) -> None:
    visit.ask("What happened in the storm?")
    visit.ask("How many passengers were carried?")
    said = visit.page.locator("#said").inner_text()
    assert said.startswith("48,200 passengers")
    assert "piers" not in said


def colour(visit: Visit) -> str:
    return str(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_colours_follow_the_system_until_a_person_chooses_and_are_remembered(visit: Visit) -> None:
    light = colour(visit)
    visit.page.emulate_media(color_scheme="dark")
    visit.page.wait_for_function("document.documentElement.dataset.colours === 'dark'")
    dark = colour(visit)
    assert dark != light
    visit.page.get_by_text("Light", exact=True).click()
    assert colour(visit) == light
    visit.page.reload()
    visit.page.wait_for_selector("html[data-ready]", state="attached")
    assert colour(visit) == light
    assert visit.page.get_by_label("Light", exact=True).is_checked()
    visit.page.get_by_text("System", exact=True).click()
    assert colour(visit) == dark


def test_colours_chosen_hold_in_the_report_too(visit: Visit) -> None:
    visit.page.get_by_text("Dark", exact=True).click()
    visit.page.click("#tab-report")
    frame = visit.page.frame_locator("#reader iframe")
    frame.locator("#para-1").wait_for()
    paper = frame.locator("html").evaluate("root => getComputedStyle(root).backgroundColor")
    assert paper == visit.page.locator("#source").evaluate("panel => getComputedStyle(panel).backgroundColor")


def test_phone_shows_sources_as_a_sheet_and_conversations_as_a_drawer(phone: Visit) -> None:
    turn = phone.ask("How many passengers were carried?")
    card = phone.page.locator("#source .card")
    assert not card.is_visible()
    turn.locator(".chip").first.click()
    phone.page.wait_for_timeout(400)
    assert card.is_visible()
    phone.page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert phone.page.evaluate("document.activeElement.className") == "chip"
    phone.page.click(".drawer")
    phone.page.locator(".reopen").wait_for()
    phone.page.locator(".scrim").click(position={"x": 380, "y": 400})
    phone.page.locator(".reopen").wait_for(state="hidden")


@pytest.mark.parametrize("question", ["Who is the king?", "Which figures?", "Which is the busiest pier?", "women"])
def test_phone_scrolls_in_one_direction_only(phone: Visit, question: str) -> None:
    phone.ask(question)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    wide = phone.page.evaluate(
        "[...document.querySelectorAll('#conversation *')].filter(part => !part.closest('.scroll') "
        "&& part.getBoundingClientRect().right > innerWidth + 1).map(part => part.className)"
    )
    assert wide == []


# The real report, with pictures to look at.

WASH = "How many people did the WASH programmes reach?"
PICTURED = (
    ("cited-answer", WASH, ".says", "11.2 million"),
    ("refusal", "What is the capital of Australia?", ".related", "The report does answer"),
    ("conflict", "How many risk-based internal audit assignments were done in 2023?", ".sides", "22"),
    ("ranking", "Which five countries have the most staff?", ".bars", "1,090"),
    ("table-answer", "By what percentage did total staff grow from 2019 to 2023?", ".columns", "20,972"),
)


@pytest.mark.integration
@pytest.mark.parametrize(("name", "question", "part", "words"), PICTURED)
@pytest.mark.parametrize("kind", ["light", "dark", "phone"])
def test_page_on_the_real_report_answers_cites_and_refuses(
    browser: Any,
    real_server: Any,
    artifacts: Path,
    kind: str,
    name: str,
    question: str,
    part: str,
    words: str,
) -> None:
    options = {
        "light": {},
        "dark": {"color_scheme": "dark"},
        "phone": {"viewport": PHONE, "device_scale_factor": 2},
    }
    visit = Visit(browser, real_server.url, **options[kind])
    turn = visit.ask(question)
    assert words in turn.locator(part).inner_text()
    visit.picture(artifacts / f"{kind}-{name}.png")
    if kind == "phone" and turn.locator(".chip").count():
        turn.locator(".chip").first.click()
        visit.picture(artifacts / f"{kind}-{name}-source.png")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= visit.page.viewport_size["width"]
    assert all(url.startswith((real_server.url, "data:")) for url in visit.requests)
    assert visit.troubles == []
    visit.context.close()


@pytest.mark.integration
def test_page_on_the_real_report_starts_with_what_it_knows_and_goes_on(
    browser: Any, real_server: Any, artifacts: Path
) -> None:
    visit = Visit(browser, real_server.url)
    assert "158 paragraphs, 11 boxes, 9 tables" in visit.page.locator("#masthead").inner_text()
    assert visit.page.locator(".example").count() == 6
    assert len(set(visit.page.locator(".example span").all_inner_texts())) == 6
    visit.picture(artifacts / "light-start.png")
    first = set(visit.page.locator(".example").all_inner_texts())
    visit.page.click(".more-examples")
    visit.page.locator(".more-examples[data-page='2']").wait_for()
    assert not first & set(visit.page.locator(".example").all_inner_texts())
    visit.ask(WASH)
    assert "11.2 million" in visit.page.locator("#source .card mark").first.inner_text()
    follow_up = visit.ask("and in how many countries?")
    assert WASH in follow_up.locator(".searched").inner_text()
    follow_up.locator(".says .chip").first.hover()
    visit.picture(artifacts / "light-follow-up.png")
    follow_up.locator(".feedback summary").click()
    visit.picture(artifacts / "light-feedback.png")
    visit.page.locator("#source .open-report:visible").first.click()
    visit.page.frame_locator("#reader iframe").locator("#para-14.lit").wait_for()
    visit.picture(artifacts / "light-report.png")
    assert visit.faults() == []
    visit.context.close()


@pytest.mark.integration
def test_page_on_the_real_report_asks_what_a_refusal_offers(browser: Any, real_server: Any) -> None:
    visit = Visit(browser, real_server.url)
    offers = visit.ask("What is the capital of Australia?").locator(".related .example")
    assert offers.count() >= 1
    offers.first.click()
    assert visit.wait_for_turn(2).locator(".refusal").count() == 0
    visit.context.close()
