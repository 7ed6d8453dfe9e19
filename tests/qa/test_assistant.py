from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corpus.document import Document
from corpus.errors import QuestionError
from corpus.paragraphs import document_from_paragraphs
from qa import Assistant, Settings
from qa.answer import Answer, AnswerKind
from qa.explain import explain_part
from qa.extent import quotations
from qa.judging import Judged, beside_each_other
from qa.reader import Reading, apart, in_one_place
from qa.requirements import unmet
from qa.understand import understand
from qa.verify import problems
from qa.vocabulary import build_vocabulary


def refs(answer: Answer) -> list[str]:
    return [citation.ref for citation in answer.citations]


def test_ask_figure_gives_the_sentence_with_its_place(assistant: Assistant) -> None:
    answer = assistant.ask("How many wells were dug?")
    assert answer.answered
    assert "40 wells were dug in 12 villages. [1]" in answer.text
    assert refs(answer) == ["para:1"]


def test_ask_every_answer_bears_its_own_check(assistant: Assistant, document: Document) -> None:
    questions = [
        "How many wells were dug?",
        "Why were pumps mended?",
        "When was the road opened?",
        "trees planted",
    ]
    for answer in assistant.ask_many(questions):
        assert answer.answered
        assert problems(answer, document) == ()


def test_ask_quote_slices_back_to_the_text(assistant: Assistant, document: Document) -> None:
    (citation,) = assistant.ask("Who cut the ribbon?").citations
    assert document.source[citation.start : citation.end] == citation.quote == "Mayor Ana Silva cut the ribbon."


def test_ask_two_things_answers_and_cites_both(assistant: Assistant) -> None:
    answer = assistant.ask("How many wells were dug, and when was the road to Lakeside opened?")
    assert refs(answer) == ["para:1", "para:4"]
    assert [citation.marker for citation in answer.citations] == [1, 2]


def test_ask_follow_up_is_searched_as_a_question_of_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("And in 2030?", history=["How many trees were planted in 2031?"])
    assert answer.searched == "How many trees were planted in 2030?"
    assert refs(answer) == ["para:5"]


@pytest.mark.parametrize(
    "question",
    [
        "How many wells did UNICEF dig?",  # a name that the text does not have
        "How many wells were dug in 2019?",  # another year
        "How much did the wells in Hilltown cost?",  # no amount beside the wells
    ],
)
def test_ask_what_the_text_does_not_say_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.answered
    assert (answer.kind, answer.citations, answer.text) == (AnswerKind.NONE, (), "The report does not say.")
    assert answer.closest
    assert "[1]" not in answer.text


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "?!", "x" * 10_000, "有多少口井？", "Сколько колодцев?"])
def test_ask_question_that_cannot_be_taken_is_turned_down_with_a_reason(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.problem
    assert answer.problem in answer.text


def test_ask_refusal_speaks_the_language_of_the_question(document: Document) -> None:
    strict = Assistant.from_document(document, Settings(embedder="hash", min_confidence=1.0))
    answer = strict.ask("¿Cuántas escuelas nuevas fueron construidas en Madrid?")
    assert (answer.language, answer.text) == ("es", "El informe no lo dice.")


def test_ask_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("Which languages was the training held in?") for _ in range(2))
    assert first == second


def test_ask_threshold_of_one_refuses_everything(document: Document) -> None:
    strict = Assistant.from_document(document, Settings(embedder="hash", min_confidence=1.0))
    assert not strict.ask("How many wells were dug?").answered


def test_answer_to_dict_has_the_fields_of_the_contract(assistant: Assistant) -> None:
    data = json.loads(json.dumps(assistant.ask("How many wells were dug?").to_dict()))
    fields = "question searched answered kind text confidence citations calculation closest seconds"
    assert set(data) >= set(fields.split())
    assert set(data["citations"][0]) == {
        "marker",
        "ref",
        "label",
        "report",
        "section",
        "quote",
        "start",
        "end",
    }


def test_search_hits_are_ranked_from_one(assistant: Assistant) -> None:
    hits = assistant.search("pumps", k=3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert hits[0].passage.ref == "para:2"
    assert hits[0].score >= hits[1].score >= hits[2].score
    assert assistant.search("  ") == ()


def test_conversation_remembers_its_questions(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.ask("How many trees were planted in 2031?")
    assert conversation.ask("").problem
    assert conversation.ask("And in 2030?").searched == "How many trees were planted in 2030?"
    assert conversation.history == ("How many trees were planted in 2031?", "And in 2030?")


def test_query_engine_gives_the_answer_and_its_citations_as_nodes(assistant: Assistant) -> None:
    response = assistant.as_query_engine().query("How many wells were dug?")
    assert "40 wells" in str(response)
    assert response.source_nodes[0].node.metadata["ref"] == "para:1"
    assert response.metadata["answer"]["answered"] is True


def test_ask_marks_the_value_that_was_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("How many wells were dug?")
    assert answer.value is not None
    assert answer.text[answer.value.start : answer.value.end] == "40"
    assert answer.to_dict()["value"] == {"start": answer.value.start, "end": answer.value.end, "text": "40"}


def test_ask_marks_the_sentence_that_leads_where_others_stand_beside_it(assistant: Assistant) -> None:
    answer = assistant.ask("How many people got water from the wells?")
    assert answer.text.startswith("In 2031, 40 wells")
    assert answer.lead is not None
    assert answer.text[answer.lead.start : answer.lead.end] == "These gave water to 900 people."
    assert assistant.ask("Who cut the ribbon?").lead is None


def test_ask_refusal_says_what_was_looked_for(assistant: Assistant) -> None:
    assert assistant.ask("How many wells were dug in 2019?").lacking == ("the year 2019",)
    assert "UNICEF" in assistant.ask("How many wells did UNICEF dig?").lacking


def test_explain_names_passage_sentence_and_confidence(assistant: Assistant) -> None:
    explained = assistant.explain("How many wells were dug?")
    (part,) = explained.parts
    assert part.passage[0].startswith("para. 1 is number 1 of 5 passages")
    assert "40 wells were dug in 12 villages." in part.sentence[0]
    assert part.confidence[0].endswith("enough to answer (the least is 0.00)")
    assert part.lacking == ()


def test_explain_says_what_the_evidence_lacks(assistant: Assistant) -> None:
    (part,) = assistant.explain("How many wells were dug in 2019?").parts
    assert part.lacking == ("the year 2019",)


def test_explain_word_glossed_by_two_is_told_or_missing_once() -> None:
    texts = [("Nets", "In 2031, 40 nets were given to families. The nets were strong.")]
    settings = Settings(embedder="hash", min_confidence=0.0)
    assistant = Assistant.from_document(document_from_paragraphs("small", texts), settings)
    told = " ".join(assistant.explain("Combien de moustiquaires ont été données ?").parts[0].passage)
    assert told.count("moustiquaires") == 1


def test_ask_courtesies_are_not_searched_for(assistant: Assistant) -> None:
    asked = assistant.ask("Hello, how many wells were dug? Thanks a lot!")
    assert asked.searched == "How many wells were dug?"
    assert refs(asked) == ["para:1"]


def test_explain_names_that_the_report_lacks_are_told_only_of_a_question_that_has_some(assistant: Assistant) -> None:
    for weight, told in ((0.9, False), (-0.9, True)):
        ranker = assistant._pipeline._ranker
        model = replace(ranker.unread, weights={**ranker.unread.weights, "unknown_name": weight})
        for question, unknown in (("How many wells were dug?", False), ("How many wells did Zubrowka dig?", True)):
            judged = assistant._pipeline._judged(question, "en", (question,))[0]
            judged = replace(judged, reading=unread(judged.reading))
            explained = explain_part(judged, replace(ranker, unread=model), 0.4).confidence
            assert ("names that the report does not" in " ".join(explained)) == (told and unknown)


def unread(reading: Reading) -> Reading:
    """Return a reading as if nothing had been read with the question."""
    return replace(reading, candidates=tuple(replace(one, log_odds=None) for one in reading.candidates))


def test_explain_question_that_cannot_be_taken_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="nothing to explain"):
        assistant.explain("  ")


def test_ask_two_things_of_one_passage_cites_it_alone(assistant: Assistant) -> None:
    answer = assistant.ask("How many trees were planted in 2031, and what did forest wardens plant?")
    assert set(refs(answer)) == {"para:5"}
    assert "95 trees" in answer.text
    assert "cedar and pine" in answer.text


def test_beside_each_other_takes_a_part_half_as_sure_in_the_place_that_answers_another(assistant: Assistant) -> None:
    def judged(question: str, confidence: float) -> Judged:
        reading = assistant._pipeline.read(question)
        return Judged(reading, confidence, quotations(reading, 1), (), confidence >= 0.4)

    wells, pumps = "How many wells were dug in Hilltown?", "Why were pumps mended?"
    for question, confidence, taken in ((wells, 0.25, True), (wells, 0.1, False), (pumps, 0.25, False)):
        other = beside_each_other([judged(wells, 0.9), judged(question, confidence)], 0.4)[1]
        assert other.supports == taken
    assert not beside_each_other([judged(wells, 0.3), judged(wells, 0.3)], 0.4)[1].supports


def test_in_one_place_raises_a_passage_that_answers_each_part_nearly_as_well(assistant: Assistant) -> None:
    pipeline = assistant._pipeline
    first, second = (pipeline.read(question) for question in ("Where were wells dug?", "Who was trained?"))
    shared = {c.passage.passage_id for c in first.candidates} & {c.passage.passage_id for c in second.candidates}
    assert shared
    one, two = in_one_place([level(first), level(second)])
    assert one.candidates[0].passage == two.candidates[0].passage
    left = in_one_place([spread(first), spread(second)])
    assert [found.candidates[0] for found in left] == [spread(first).candidates[0], spread(second).candidates[0]]


def test_in_one_place_leaves_what_the_reader_finds_surer_before_the_place_of_the_other_part(
    assistant: Assistant,
) -> None:
    first, second = (level(assistant._pipeline.read(question)) for question in ("Where were wells dug?", "Who came?"))
    place = first.candidates[0].passage.ref
    elsewhere = next(c for c in second.candidates if c.passage.ref != place)
    other = replace(second, candidates=(elsewhere, *(c for c in second.candidates if c.passage.ref == place)))
    first = replace(first, candidates=tuple(c for c in first.candidates if c.passage.ref == place))

    def told(sure: float) -> str:
        odds = [sure, *[-9.0] * len(other.candidates)]
        read = tuple(replace(c, log_odds=each) for c, each in zip(other.candidates, odds, strict=False))
        return in_one_place([first, replace(other, candidates=read)])[1].candidates[0].passage.ref

    assert (told(-9.0), told(3.0)) == (place, elsewhere.passage.ref)


def test_apart_leaves_a_shared_sentence_to_the_part_that_it_answers_more_surely(assistant: Assistant) -> None:
    reading = level(assistant._pipeline.read("Where were wells dug?"))

    def read(*odds: float) -> Reading:
        told = [replace(one, log_odds=each) for one, each in zip(reading.candidates, odds, strict=False)]
        return replace(reading, candidates=tuple(told))

    sure, unsure, unread = read(2.0, -9.0), read(-8.0, -3.0), read(-8.0, -9.0)
    first, second = reading.candidates[:2]
    for other, expected in ((unsure, second), (unread, first)):
        one, two = apart([sure, other])
        assert (one.candidates[0].number, one.candidates[0].passage) == (first.number, first.passage)
        assert (two.candidates[0].number, two.candidates[0].passage) == (expected.number, expected.passage)


def level(reading: Reading) -> Reading:
    """Return a reading whose candidates are a hair apart."""
    return replace(reading, candidates=tuple(replace(c, score=-0.01 * n) for n, c in enumerate(reading.candidates)))


def spread(reading: Reading) -> Reading:
    """Return a reading whose best candidate is far ahead of all others."""
    return replace(reading, candidates=tuple(replace(c, score=-50.0 * n) for n, c in enumerate(reading.candidates)))


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Combien de arbres ont été plantés en 2019 ?", "l’année 2019"),
        ("¿Cuántos árboles fueron plantados en 2019?", "el año 2019"),
        ("How many trees did Lakeside plant?", "Lakeside"),
        ("Combien de arbres ont été plantés à Montréal ?", "Montréal"),
        ("Why did the wells in Hilltown stop giving water?", "that it ended"),
    ],
)
def test_ask_refusal_says_what_is_lacking_in_the_users_language_and_words(
    assistant: Assistant, question: str, lacking: str
) -> None:
    assert lacking in assistant.ask(question).lacking


def test_ask_part_that_points_back_needs_what_the_whole_names(assistant: Assistant) -> None:
    assert assistant.ask("Where were pumps mended, and how much did it cost?").answered
    assert "UNICEF" in assistant.ask("Where did UNICEF mend pumps, and how much did it cost?").lacking


def test_ask_year_that_is_only_compared_with_gives_no_figure() -> None:
    texts = [("Money", "In 2031 expenses rose by 17 per cent compared with 2030, reaching USD 3,419 million.")]
    report = document_from_paragraphs("small", texts)
    assistant = Assistant.from_document(report, Settings(embedder="hash", min_confidence=0.0))
    assert assistant.ask("How much were the expenses in 2030?").lacking == ("the year 2030",)
    assert assistant.ask("How much were the expenses in 2031?").answered


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("What is the Mayor's salary?", "“salary”"),
        ("What was the height of the bridge in Lakeside?", "“height”"),
        ("What are the Forest wardens?", None),
    ],
)
def test_ask_attribute_that_the_passage_has_no_word_for_is_lacking(
    assistant: Assistant, question: str, attribute: str | None
) -> None:
    lacking = assistant.ask(question).lacking
    assert (attribute in lacking) if attribute else not any(item.startswith("“") for item in lacking)


def test_unmet_question_foreign_to_the_report_lacks_most_words_unless_the_reader_finds_an_answer(
    assistant: Assistant,
) -> None:
    question = "Any recipes for banana bread?"
    assert "most words of the question" in assistant.ask(question).lacking
    passage = assistant.index.passages[0]
    vocabulary = build_vocabulary(assistant.index.passages, ())
    query = understand(question, vocabulary)
    for read, lacking in ((False, ("most words of the question",)), (True, ())):
        assert unmet(query, passage.text, passage.text, passage, vocabulary, 2031, read) == lacking
