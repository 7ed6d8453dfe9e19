"""Example questions and the overview, made from the report."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Document
from qa.answer import Answer
from ui.examples import TRIES, Example, candidates, examples
from ui.overview import contents, header, welcome
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


def test_examples_unanswered_questions_are_left_out(assistant: ScriptedAssistant) -> None:
    chosen = examples(assistant.document, assistant.ask)
    # The script knows no acronym, so that question is tried and dropped.
    assert {example.ref for example in chosen} == {"para:1", "annex:I:1", "box:1"}


def test_examples_answer_from_another_place_does_not_count(assistant: ScriptedAssistant) -> None:
    elsewhere = assistant.ask("storm")
    assert {example.ref for example in examples(assistant.document, lambda _: elsewhere)} == {"box:1"}


def test_examples_stop_after_a_bounded_number_of_tries(assistant: ScriptedAssistant) -> None:
    acronyms = tuple(replace(assistant.document.acronyms[0], short="A" * n) for n in range(2, 60))
    tried: list[str] = []

    def refuse(question: str) -> Answer:
        tried.append(question)
        return assistant.ask("Who?")

    assert examples(replace(assistant.document, acronyms=acronyms), refuse) == ()
    assert len(tried) == TRIES


def test_contents_counts_places_and_leaves_out_what_is_not_there(report: Document) -> None:
    assert contents(report) == "3 paragraphs, 1 box, 1 table"
    assert contents(replace(report, tables=())) == "3 paragraphs, 1 box"


def test_header_shows_title_owner_and_contents_escaped(report: Document) -> None:
    html = header(replace(report, metadata=replace(report.metadata, title="A <b>&</b> C")))
    assert "<h1>A &amp; C</h1>" in html
    assert "3 paragraphs" in html


def test_welcome_example_stands_escaped_in_the_attribute_that_asks_it(report: Document) -> None:
    html = welcome(report, [Example("T", 'Who is "x"?', "para:1")])
    assert 'data-ask="Who is &quot;x&quot;?"' in html


def test_welcome_without_examples_offers_none(report: Document) -> None:
    assert "Questions to start from" not in welcome(report, [])
