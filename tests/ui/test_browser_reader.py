"""The report's page in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PHONE = {"width": 390, "height": 844}


class Reader:
    """A visitor of the report's page.

    Args:
        browser: The browser.
        url: The page, with its anchor.
        options: Playwright's options of a browser context.
    """

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.goto(url)
        self.page.wait_for_selector("html.live")

    def search(self, text: str) -> None:
        """Type a search and wait until it has been made."""
        self.page.fill("#find", text)
        self.page.wait_for_selector("html.searching")
        self.page.wait_for_timeout(300)

    def shown(self) -> list[str]:
        """Return the refs of the places that are not hidden."""
        return self.page.eval_on_selector_all(  # type: ignore[no-any-return]
            ".place:not([hidden])", "places => places.map(place => place.dataset.ref)"
        )


@pytest.fixture(scope="session")
def report_server(start_server: Any) -> Any:
    code = (
        "import click\n"
        "from corpus.loading import load_report\n"
        "from ui.server import address, application, bind, run\n"
        "from ui.testing import ScriptedAssistant\n"
        "class Assistant(ScriptedAssistant):\n"
        "    document = property(lambda self: report)\n"
        "report, listener = load_report(), bind('127.0.0.1', 0)\n"
        "app = application(Assistant())\n"
        "click.echo(address(listener))\n"
        "run(app, listener)\n"
    )
    return start_server("-c", code)


@pytest.fixture
def reader(browser: Any, report_server: Any) -> Iterator[Reader]:
    reader = Reader(browser, f"{report_server.url}/report#para-14")
    yield reader
    reader.context.close()
    assert reader.troubles == []


@pytest.mark.browser
def test_reader_deep_link_scrolls_to_the_place_and_marks_it(reader: Reader) -> None:
    place = reader.page.locator("#para-14")
    assert "lit" in (place.get_attribute("class") or "")
    assert 60 <= place.bounding_box()["y"] <= 200
    assert reader.page.evaluate("document.activeElement.id") == "para-14"
    reader.page.evaluate("location.hash = '#foreword'")
    reader.page.wait_for_function("document.querySelectorAll('.lit').length === 5")
    assert reader.page.locator("#para-14.lit").count() == 0


@pytest.mark.browser
def test_reader_search_filters_marks_and_steps(reader: Reader) -> None:
    reader.search("CHOLERA")
    assert reader.page.locator("#found").inner_text() == "1 of 7"
    assert set(reader.shown()) == {"para:15", "para:48"}
    assert {text.lower() for text in reader.page.locator(".report mark").all_inner_texts()} == {"cholera"}
    reader.page.keyboard.press("Enter")
    assert reader.page.locator("#found").inner_text() == "2 of 7"
    reader.page.keyboard.press("Shift+Enter")
    reader.page.keyboard.press("Shift+Enter")
    assert reader.page.locator("#found").inner_text() == "7 of 7"
    assert reader.page.locator("mark.now").is_visible()
    assert reader.page.locator(".contents li:not([hidden]) .hits").all_inner_texts() == ["7", "6", "1"]
    reader.page.uncheck("#only")
    assert len(reader.shown()) > 158
    reader.page.focus("#find")
    reader.page.keyboard.press("Escape")
    assert reader.page.locator(".report mark").count() == 0
    assert reader.page.input_value("#find") == ""


@pytest.mark.browser
def test_reader_search_in_a_table_leaves_the_rows_that_match(reader: Reader) -> None:
    reader.search("colombia")
    assert reader.page.locator("#annex-II tbody tr:visible th").all_inner_texts() == ["Colombia"]
    assert reader.page.locator("#annex-II thead").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize(("text", "ref"), [("iom’s response plan", "box:2"), ("migrants1 were supported", "para:69")])
def test_reader_search_minds_neither_quotes_nor_links(reader: Reader, text: str, ref: str) -> None:
    reader.search(text)
    assert ref in reader.shown()


@pytest.mark.browser
def test_reader_search_words_that_stand_apart_are_found_together(reader: Reader) -> None:
    reader.search("cholera somalia")
    assert reader.shown() == ["para:15"]
    reader.search("zebra <b>")
    assert reader.page.locator("#found").inner_text() == "No match"
    assert len(reader.shown()) > 158


@pytest.mark.browser
def test_reader_keyboard_alone_searches_and_copies(reader: Reader) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.page.keyboard.press("/")
    assert reader.page.evaluate("document.activeElement.id") == "find"
    reader.page.focus("#para-14")
    for _ in range(3):
        reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("text=Copied")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == "IOM, Annual Report for 2023 (115th Session of the Council), para. 14"


@pytest.mark.browser
def test_reader_nothing_is_asked_of_another_host(reader: Reader, report_server: Any) -> None:
    reader.search("million")
    reader.page.wait_for_timeout(300)
    assert all(url.startswith(report_server.url) for url in reader.requests)
    assert any(url.endswith(".woff2") for url in reader.requests)


@pytest.mark.browser
def test_reader_links_lead_to_the_chat(reader: Reader, report_server: Any) -> None:
    links = reader.page.eval_on_selector_all(".back, #para-14 .actions a", "links => links.map(link => link.href)")
    assert links == [f"{report_server.url}/", f"{report_server.url}/?about=para:14"]


@pytest.mark.browser
def test_reader_phone_has_contents_on_demand_and_scrolls_in_one_direction(
    browser: Any, report_server: Any, artifacts: Path
) -> None:
    reader = Reader(browser, f"{report_server.url}/report#annex-II", viewport=PHONE, has_touch=True, is_mobile=True)
    assert reader.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert not reader.page.locator("#contents").is_visible()
    reader.page.click("#contents-button")
    assert reader.page.get_attribute("#contents-button", "aria-expanded") == "true"
    reader.page.get_by_role("link", name="Workforce").click()
    assert not reader.page.locator("#contents").is_visible()
    assert reader.page.locator("h3", has_text="Workforce").bounding_box()["y"] < 300
    reader.page.screenshot(path=artifacts / "reader-phone.png")
    reader.context.close()
    assert reader.troubles == []


@pytest.mark.browser
def test_reader_dark_follows_the_systems_setting(browser: Any, report_server: Any, artifacts: Path) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        reader = Reader(browser, f"{report_server.url}/report#para-14", color_scheme=scheme)
        grounds[scheme] = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        reader.page.screenshot(path=artifacts / f"reader-{scheme}.png")
        reader.context.close()
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 27, 32)"}
