"""Example questions and the overview, made from the report."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Document
from corpus.errors import QuestionError
from qa.answer import Answer
from ui.examples import TRIES, Examples, candidates
from ui.overview import contents, header, welcome
from ui.questions import Example
from ui.testing import ScriptedAssistant


def questions(report: Document) -> set[str]:
    return {example.question for example in candidates(report)}


def test_candidates_sentence_with_a_figure_becomes_how_many(report: Document) -> None:
    assert "How many passengers did The Office carry?" in questions(report)


def test_candidates_verb_whose_infinitive_the_report_never_uses_is_left_out(report: Document) -> None:
    # "delivered" cannot be turned back safely: "deliver" does not stand in the report.
    assert not any("deliver" in question for question in questions(report))


def test_candidates_box_title_becomes_a_question_in_running_text(report: Document) -> None:
    assert "What does the report say about the storm of February?" in questions(report)


def test_candidates_counting_table_becomes_a_question_for_its_last_year(report: Document) -> None:
    assert "How many men were there in the crews in 2023?" in questions(report)


def test_candidates_acronym_becomes_a_question(report: Document) -> None:
    assert "What does BSS stand for?" in questions(report)


def test_candidates_are_the_same_each_time(report: Document) -> None:
    assert list(candidates(report)) == list(candidates(report))


def test_candidates_passive_sentence_becomes_how_many(report: Document) -> None:
    block = replace(report.blocks[0], text="In 2023, some 310 crossings were cancelled at night, at no charge.")
    assert "How many crossings were cancelled at night?" in questions(replace(report, blocks=(block,)))


def test_candidates_place_named_in_a_sentence_becomes_a_question(report: Document) -> None:
    text = "The Office repaired the quay in Port Royal, and more."
    block = replace(report.blocks[0], text=text)
    named = replace(report, blocks=(block,))
    assert "What did The Office do in Port Royal?" in questions(named)


def test_candidates_name_that_only_describes_the_next_word_is_left_out(report: Document) -> None:
    block = replace(report.blocks[0], text="He read the Harbour Safety Code. She knew the Harbour Safety Code rules.")
    found = questions(replace(report, blocks=(block,)))
    assert "What does the report say about the Harbour Safety Code?" in found
    assert not any("Code rules" in question for question in found)


def test_candidates_theme_in_capitals_reads_as_a_person_writes_it(report: Document) -> None:
    named = replace(report, acronyms=(replace(report.acronyms[0], short="ACTIVITIES"),))
    themes = {example.theme for example in candidates(named)}
    assert "Services and ACTIVITIES" in themes


def test_examples_page_leaves_out_unanswered_questions(assistant: ScriptedAssistant) -> None:
    page = Examples(assistant.document, assistant.ask).page(0)
    # The script knows no acronym, so that question is tried and dropped.
    assert [example.refs for example in page] == [("para:1",), ("annex:I:1",), ("box:1",)]


def test_examples_page_has_one_question_for_each_theme(assistant: ScriptedAssistant) -> None:
    page = Examples(assistant.document, assistant.ask).page(0)
    assert len({example.theme for example in page}) == len(page)


def test_examples_answer_from_another_place_does_not_count(assistant: ScriptedAssistant) -> None:
    elsewhere = assistant.ask("storm")
    page = Examples(assistant.document, lambda _: elsewhere).page(0)
    assert {example.refs for example in page} == {("box:1",)}


def test_examples_pages_differ_and_come_round_again(assistant: ScriptedAssistant) -> None:
    examples = Examples(assistant.document, assistant.ask, size=1)
    first, second = examples.page(0), examples.page(1)
    assert first != second
    assert {examples.page(number) for number in range(2, 40)} >= {first, second}


def test_examples_page_stops_after_a_bounded_number_of_tries(assistant: ScriptedAssistant) -> None:
    acronyms = tuple(replace(assistant.document.acronyms[0], short="A" * n, long=f"Long {n}") for n in range(2, 60))
    tried: list[str] = []

    def refuse(question: str) -> Answer:
        tried.append(question)
        return assistant.ask("Who?")

    Examples(replace(assistant.document, acronyms=acronyms), refuse).page(0)
    assert len(tried) == len(set(tried))
    assert len(tried) >= TRIES


def test_examples_related_come_from_the_given_places_and_are_answered(assistant: ScriptedAssistant) -> None:
    related = Examples(assistant.document, assistant.ask).related(["para:1", "para:2"], "Who is the king?")
    assert [example.question for example in related] == ["How many passengers did The Office carry?"]


def test_examples_related_question_with_shared_words_comes_first(assistant: ScriptedAssistant) -> None:
    answers = {"para:1": assistant.ask("passengers"), "box:1": assistant.ask("storm")}
    examples = Examples(assistant.document, lambda q: answers["box:1" if "storm" in q else "para:1"])
    first = examples.related(["para:1", "box:1"], "How strong was the storm?")[0]
    assert "storm" in first.question


def test_examples_related_question_that_cannot_be_asked_now_is_left_out(assistant: ScriptedAssistant) -> None:
    def busy(question: str) -> Answer:
        raise QuestionError("200 questions are waiting.", "Ask again in a moment.")

    assert Examples(assistant.document, busy).related(["para:1"], "Who is the king?") == ()


def test_examples_related_asks_each_question_once(assistant: ScriptedAssistant) -> None:
    examples = Examples(assistant.document, assistant.ask)
    examples.related(["para:1"], "Who is the king?")
    asked = len(assistant.histories)
    examples.related(["para:1"], "Who is the king?")
    assert len(assistant.histories) == asked


def test_contents_counts_places_and_leaves_out_what_is_not_there(report: Document) -> None:
    assert contents(report) == "3 paragraphs, 1 box, 2 tables"
    assert contents(replace(report, tables=())) == "3 paragraphs, 1 box"


def test_header_shows_title_owner_and_contents_escaped(report: Document) -> None:
    html = header(replace(report, metadata=replace(report.metadata, title="A <b>&</b> C")))
    assert "<h1>A &amp; C</h1>" in html
    assert "3 paragraphs" in html


def test_welcome_example_stands_escaped_in_the_attribute_that_asks_it(report: Document) -> None:
    html = welcome(report, [Example("T", 'Who is "x"?', ("para:1",))])
    assert 'data-ask="Who is &quot;x&quot;?"' in html


def test_welcome_without_examples_offers_none(report: Document) -> None:
    assert "Questions to start from" not in welcome(report, [])
