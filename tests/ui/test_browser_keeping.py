"""What is kept, copied, saved and linked, in a real browser over a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from qa.feedback import FeedbackStore
from tests.ui.conftest import Visit

pytestmark = pytest.mark.browser

FOOTNOTE = "Harbour Office, Annual Report for 2023 (7th Session), para. 1"


@pytest.fixture
def copying(browser: Any, scripted_server: Any) -> Iterator[Visit]:
    """A visit that may read the clipboard."""
    visit = Visit(browser, scripted_server.url, permissions=["clipboard-read", "clipboard-write"])
    yield visit
    visit.context.close()
    assert visit.troubles == []


def clipboard(visit: Visit) -> str:
    return str(visit.page.evaluate("navigator.clipboard.readText()"))


def titles(visit: Visit) -> list[str]:
    return list(visit.page.locator(".kept .reopen span").all_inner_texts())


def test_conversations_are_listed_by_their_first_question_newest_first(visit: Visit) -> None:
    assert visit.page.get_by_text("They are kept in this browser only.").is_visible()
    visit.ask("How many passengers were carried?")
    visit.ask("and the storm?")
    visit.page.click("#new")
    visit.page.locator(".welcome").wait_for()
    visit.ask("What happened in the storm?")
    assert titles(visit) == ["What happened in the storm?", "How many passengers were carried?"]
    assert visit.page.locator(".reopen small").nth(1).inner_text().startswith("2 questions")


def test_conversations_survive_a_reload_and_show_their_answers_again(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.ask("What about the harbour?")
    visit.page.locator("#turn-2 .edit").click()
    visit.page.fill("textarea.revise", "<b>storm</b>")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text("Both piers reopened").first.wait_for()
    visit.page.reload()
    visit.wait_for_turn(2)
    assert visit.page.locator(".ask p").all_inner_texts() == ["How many passengers were carried?", "<b>storm</b>"]
    assert visit.page.locator("#turn-1 .value").inner_text() == "48,200 passengers"
    assert "asked again" in visit.page.locator(".hint").inner_text()
    assert len(titles(visit)) == 1


def test_conversation_opened_from_the_list_replaces_the_one_shown(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.click("#new")
    visit.page.locator(".welcome").wait_for()
    visit.ask("What happened in the storm?")
    visit.page.locator(".reopen").nth(1).click()
    visit.page.locator("#turn-1 .value").wait_for()
    assert visit.page.locator(".turn").count() == 1
    assert visit.page.locator(".reopen[aria-current]").inner_text().startswith("How many passengers")


def test_conversation_that_goes_on_stays_one_entry(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.reload()
    visit.wait_for_turn(1)
    visit.ask("What happened in the storm?")
    assert titles(visit) == ["How many passengers were carried?"]


def test_conversation_deleted_is_gone_after_a_reload_too(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.click("#new")
    visit.page.locator(".welcome").wait_for()
    visit.ask("What happened in the storm?")
    visit.page.get_by_role("button", name="Delete “What happened in the storm?”").click()
    visit.page.locator(".welcome").wait_for()
    assert titles(visit) == ["How many passengers were carried?"]
    visit.page.reload()
    visit.page.wait_for_selector("html[data-ready]", state="attached")
    assert titles(visit) == ["How many passengers were carried?"]


def test_conversations_all_deleted_after_a_second_press_leave_nothing_in_the_browser(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    button = visit.page.locator(".forget")
    button.click()
    assert button.inner_text() == "Delete all 1? Press again"
    assert len(titles(visit)) == 1
    button.click()
    visit.page.locator(".welcome").wait_for()
    assert titles(visit) == []
    kept = visit.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [key for key in kept if key.startswith("report-qa")] == []


def test_conversations_of_two_visitors_do_not_mix(visit: Visit, browser: Any, scripted_server: Any) -> None:
    other = Visit(browser, scripted_server.url)
    visit.ask("How many passengers were carried?")
    assert other.ask("and the storm?").locator(".searched").count() == 0
    visit.ask("and the king?")
    assert other.page.locator(".turn").count() == 1
    assert titles(other) == ["and the storm?"]
    other.context.close()


def test_storage_that_holds_something_else_is_passed_over(visit: Visit, scripted_server: Any) -> None:
    visit.page.evaluate("localStorage.setItem('report-qa.conversations.harbour-report', '{\"a\": [')")
    visit.open(scripted_server.url)
    visit.ask("What happened in the storm?")
    assert titles(visit) == ["What happened in the storm?"]


def test_feedback_is_stored_with_question_answer_settings_and_comment(visit: Visit, kept: Path) -> None:
    before = len(FeedbackStore(kept / "feedback.sqlite3").all())
    turn = visit.ask("How many passengers were carried?")
    turn.locator(".feedback summary").click()
    turn.get_by_label("Right, but cited from the wrong place").check()
    turn.locator(".feedback textarea").fill("See <para. 3>")
    turn.get_by_role("button", name="Send").click()
    turn.get_by_text("Noted, thank you.").wait_for()
    feedback = FeedbackStore(kept / "feedback.sqlite3").all()[before:]
    assert [(found.verdict, found.question, found.comment) for found in feedback] == [
        ("wrong place", "How many passengers were carried?", "See <para. 3>")
    ]
    assert feedback[0].answer["citations"][0]["ref"] == "para:1"
    assert feedback[0].settings["report"] == "harbour-report"
    visit.ask("What happened in the storm?")
    assert visit.page.locator("#turn-1 .thanks").is_visible()


def test_export_as_word_is_saved_and_reads_back(visit: Visit, tmp_path: Path) -> None:
    from docx import Document as read_word

    visit.ask("How many passengers were carried?")
    visit.ask("Who is the king?")
    visit.page.click(".save summary")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Word file").click()
    assert download.value.suggested_filename == "harbour-report-answers.docx"
    download.value.save_as(tmp_path / "answers.docx")
    text = "\n".join(paragraph.text for paragraph in read_word(str(tmp_path / "answers.docx")).paragraphs)
    assert "How many passengers were carried?" in text
    assert FOOTNOTE in text
    assert "The report does not say." in text


def test_export_as_markdown_is_saved_with_its_sources(visit: Visit, tmp_path: Path) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.click(".save summary")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Markdown file").click()
    download.value.save_as(tmp_path / "answers.md")
    text = (tmp_path / "answers.md").read_text(encoding="utf-8")
    assert text.startswith("# Questions to")
    assert f"[1] {FOOTNOTE}" in text


def test_copy_gives_the_answer_with_its_citation_in_three_forms(copying: Visit) -> None:
    turn = copying.ask("How many passengers were carried?")
    menu = turn.locator(".menu summary").first
    copied = []
    for name in ("With its citation", "As Markdown", "Citation only, for a footnote"):
        menu.click()
        turn.get_by_role("button", name=name).click()
        copying.page.get_by_text("Copied").first.wait_for()
        copied.append(clipboard(copying))
    assert copied[0].startswith("Throughout the year, The Office carried 48,200 passengers")
    assert copied[0].endswith(f"[1] {FOOTNOTE}")
    assert f"[1] {FOOTNOTE}" in copied[1]
    assert copied[2] == FOOTNOTE


def test_link_reproduces_the_question_that_was_searched(copying: Visit) -> None:
    copying.ask("What about the harbour?")
    copying.ask("and the passengers?").locator(".link").click()
    link = clipboard(copying)
    assert parse_qs(urlsplit(link).query) == {"q": ["What about the harbour? and the passengers?"]}
    copying.open(link)
    turn = copying.wait_for_turn(1)
    assert turn.locator(".ask p").inner_text() == "What about the harbour? and the passengers?"
    assert turn.locator(".value").inner_text() == "48,200 passengers"
    # It is asked once: loading the page again shows the conversation that it began.
    assert "q=" not in copying.page.url
    assert titles(copying)[0].startswith("What about the harbour? and")


def test_link_with_markup_stays_text(visit: Visit, scripted_server: Any) -> None:
    visit.open(f"{scripted_server.url}/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    turn = visit.wait_for_turn(1)
    assert turn.locator(".ask p").inner_text() == "<img src=x onerror=alert(1)>"
    assert visit.page.locator("#conversation img, .kept img").count() == 0


def test_link_about_a_place_begins_a_question(visit: Visit, scripted_server: Any) -> None:
    visit.open(f"{scripted_server.url}/?about=para:2")
    visit.page.wait_for_function("document.activeElement.value === 'About para. 2: '")
    visit.page.keyboard.type("how many passengers?")
    visit.page.keyboard.press("Enter")
    assert visit.wait_for_turn(1).locator(".ask p").inner_text() == "About para. 2: how many passengers?"


def test_card_opens_the_report_in_the_panel_at_the_place_and_a_passage_can_be_asked_about(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    visit.page.locator("#source .open-report:visible").click()
    frame = visit.page.frame_locator("#reader iframe")
    frame.locator("#para-1").wait_for()
    assert visit.page.locator("#sources").is_hidden()
    assert visit.page.locator("#reader iframe").bounding_box()["height"] > 600
    assert frame.locator(".back").is_hidden()
    frame.locator("#para-3 a[href*=about]").click()
    visit.page.wait_for_function("document.activeElement.value === 'About para. 3: '")
    assert visit.page.locator(".turn").count() == 1
    visit.page.click("#tab-sources")
    assert visit.page.locator("#source .card mark").first.is_visible()


def test_card_leads_to_the_report_in_a_tab_of_its_own_too(visit: Visit) -> None:
    visit.ask("How many passengers were carried?")
    with visit.context.expect_page() as opened:
        visit.page.locator("#source .open-report:visible").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/report#para-1")
    assert "lit" in (opened.value.locator("#para-1").get_attribute("class") or "")
