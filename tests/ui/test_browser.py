"""The page in a real browser, over a real server."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Visit:
    """A visitor's page: what it asks for and what it shows.

    Args:
        browser: The browser.
        url: The server's address.
        options: Playwright's options of a browser context.
    """

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": DESKTOP, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.failed: list[str] = []
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", self._received)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", self._interrupted)
        self.page.goto(url)
        self.page.wait_for_selector("#question textarea")

    def _received(self, reply: Any) -> None:
        if reply.status >= 400:
            self.failed.append(reply.url)

    def _interrupted(self, dialog: Any) -> None:
        """A dialog means that text was run as a script."""
        self.troubles.append(dialog.message)
        dialog.dismiss()

    def ask(self, question: str) -> Any:
        """Type a question, wait for its turn and return it."""
        count = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(f"#turn-{count + 1}")
        turn.locator(".reply:not(.pending)").wait_for()
        return turn

    def picture(self, path: Path) -> None:
        """Take a screenshot once movement has ended."""
        self.page.wait_for_timeout(500)
        self.page.screenshot(path=path)


@pytest.fixture
def visit(browser: Any, scripted_server: Any) -> Iterator[Visit]:
    visit = Visit(browser, scripted_server.url)
    yield visit
    visit.context.close()
    assert visit.troubles == []


def test_page_answer_has_chips_and_the_quote_is_marked_in_the_source_panel(visit: Visit) -> None:
    turn = visit.ask("How many passengers were carried?")
    assert "48,200 passengers" in turn.locator(".says").inner_text()
    assert turn.locator(".says .chip").inner_text() == "1"
    assert "48,200 passengers" in visit.page.locator("#source .card mark").inner_text()
    assert visit.page.locator("#source .card h3").inner_text().split() == ["1", "para.", "1"]


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


def test_page_refusal_is_plain_and_offers_closest_passages(visit: Visit) -> None:
    turn = visit.ask("Who is the king?")
    assert turn.locator(".refusal").inner_text() == "The report does not say."
    assert turn.locator(".chip").count() == 0
    passage = turn.locator("details .passage").first
    assert not passage.is_visible()
    turn.locator("summary").first.click()
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


def test_page_follow_up_is_asked_with_the_question_before_it(visit: Visit) -> None:
    visit.ask("What about the harbour?")
    turn = visit.ask("and the passengers?")
    assert turn.locator(".searched").inner_text() == ("Searched for: What about the harbour? and the passengers?")


def test_page_conflict_shows_both_figures_and_table_answer_its_arithmetic(visit: Visit) -> None:
    assert visit.ask("Which figures?").locator(".figure").all_inner_texts() == ["48,200", "51,000"]
    assert "13 − 11 = 2" in visit.ask("How did women change?").locator(".calculation").inner_text()
    assert visit.page.locator("#source table mark:visible").all_inner_texts() == ["11", "13"]


def test_page_example_is_asked_with_one_click(visit: Visit) -> None:
    example = visit.page.locator(".example").first
    text = example.get_attribute("data-ask")
    example.click()
    visit.page.locator("#turn-1 .reply:not(.pending)").wait_for()
    assert visit.page.locator("#turn-1 .ask p").inner_text() == text


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
    assert visit.page.locator(".turn, .card").count() == 0


def test_page_works_with_the_keyboard_alone(visit: Visit) -> None:
    visit.page.keyboard.type("How many passengers were carried?")
    visit.page.keyboard.press("Enter")
    visit.page.locator("#turn-1 .basis").wait_for()
    for _ in range(30):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.classList.contains('chip')"):
            break
    assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "source-1-1"


def test_page_names_its_parts_for_screen_readers(visit: Visit) -> None:
    assert visit.page.get_attribute("html", "lang") == "en"
    assert visit.page.get_by_role("log", name="Conversation").count() == 1
    assert visit.page.get_by_role("complementary", name="Sources").count() == 1
    assert visit.page.get_by_role("textbox", name="Your question").count() == 1
    assert visit.page.locator("footer:visible").count() == 0


def test_page_everything_comes_from_this_host_and_nothing_is_missing(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.wait_for_timeout(500)
    hosts = {url.split("/")[2].rsplit(":", 1)[0] for url in visit.requests if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}
    assert visit.failed == []
    assert not [url for url in visit.page.evaluate("Object.keys(localStorage)") if "run" in url]


def test_page_phone_shows_sources_as_a_sheet_and_scrolls_in_no_other_direction(
    browser: Any, scripted_server: Any
) -> None:
    visit = Visit(browser, scripted_server.url, viewport=PHONE, has_touch=True)
    turn = visit.ask("How many passengers were carried?")
    assert not visit.page.locator("#source .card").is_visible()
    turn.locator(".chip").first.click()
    visit.page.wait_for_timeout(400)
    assert visit.page.locator("#source .card").is_visible()
    visit.page.keyboard.press("Escape")
    visit.page.locator("#source .card").wait_for(state="hidden")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    visit.context.close()


def test_server_interrupted_stops_cleanly(start_server: Any) -> None:
    server = start_server("-m", "ui.testing")
    assert server.stop(signal.SIGINT) == 0
    assert "Traceback" not in server.output


@pytest.mark.integration
def test_page_on_the_real_report_answers_cites_and_refuses(browser: Any, real_server: Any, artifacts: Path) -> None:
    visit = Visit(browser, real_server.url)
    assert "158 paragraphs, 11 boxes, 9 tables" in visit.page.locator("#masthead").inner_text()
    assert visit.page.locator(".example").count() >= 4
    visit.picture(artifacts / "start.png")
    turn = visit.ask("How many people did the WASH programmes reach?")
    assert "11.2 million" in turn.locator(".says").inner_text()
    assert "para. 14" in turn.locator(".basis").inner_text()
    assert "11.2 million" in visit.page.locator("#source .card mark").first.inner_text()
    visit.picture(artifacts / "cited-answer.png")
    refused = visit.ask("What is the capital of Australia?")
    assert refused.locator(".refusal").count() == 1
    visit.picture(artifacts / "refusal.png")
    assert all(url.startswith((real_server.url, "data:")) for url in visit.requests)
    assert visit.troubles == []
    visit.context.close()


@pytest.mark.integration
@pytest.mark.parametrize(
    ("name", "options"),
    [("dark", {"color_scheme": "dark"}), ("phone", {"viewport": PHONE, "device_scale_factor": 2})],
)
def test_page_on_the_real_report_is_readable_in_the_dark_and_on_a_phone(
    browser: Any, real_server: Any, artifacts: Path, name: str, options: dict[str, Any]
) -> None:
    visit = Visit(browser, real_server.url, **options)
    turn = visit.ask("How many people did the WASH programmes reach?")
    visit.picture(artifacts / f"{name}.png")
    turn.locator(".chip").first.click()
    visit.picture(artifacts / f"{name}-source.png")
    assert visit.page.locator("#source .card mark").first.is_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= visit.page.viewport_size["width"]
    visit.context.close()
