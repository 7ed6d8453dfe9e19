from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Acronym
from corpus.paragraphs import document_from_paragraphs
from corpus.words import content_stems, stem
from index.embedder import HashEmbedder
from index.store import build_index
from qa import Assistant
from qa.followup import is_follow_up, stand_alone
from qa.language import detect_language
from qa.parts import split_question
from qa.understand import understand
from qa.vocabulary import build_vocabulary
from qa.wanted import Wanted, holds_value, wanted_values


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        (
            "and in how many towns?",
            ["How many wells were dug?"],
            "In how many towns? (How many wells were dug?)",
        ),
        ("What about 2019?", ["How many wells were dug in 2023?"], "How many wells were dug in 2019?"),
        ("and the year before?", ["How many wells were dug in 2023?"], "How many wells were dug in 2022?"),
        ("and the year before?", ["How many wells were dug?"], "How many wells were dug in 2022?"),
        ("No, I meant 2021", ["How many wells were dug in 2023?"], "How many wells were dug in 2021?"),
        (
            "Which university held the course?",
            ["How many wells were dug?"],
            "Which university held the course?",
        ),
        ("And in 2022?", ["Wells dug in 2020?", "and in 2021?"], "Wells dug in 2022?"),
        ("How many wells were dug?", [], "How many wells were dug?"),
        ("et en 2022 ?", ["Combien de puits ont été creusés ?"], "Combien de puits ont été creusés en 2022?"),
        ("¿y el año anterior?", ["¿Cuántos pozos se cavaron?"], "¿Cuántos pozos se cavaron en 2022?"),
        ("And the pumps?", ["Where were wells dug?"], "Where: the pumps? (Where were wells dug?)"),
        (
            "Sorry, I meant the number of pumps, not of wells.",
            ["How many wells were dug?"],
            "The number of pumps? (How many wells were dug?)",
        ),
        ("no wait, I meant pumps", ["Who dug the wells?"], "Pumps? (Who dug the wells?)"),
        ("Since when?", ["Who is mayor?"], "Since when? (Who is mayor?)"),
        (
            "And to Hilltown?",
            ["How many pumps went to Lakeside?", "And how many of them went by boat over the lake?"],
            "How many: to Hilltown? (How many of them went by boat over the lake?)",
        ),
        (
            "How much of that came from Lakeside?",
            ["How much did the town raise?"],
            "How much of that came from Lakeside? (How much did the town raise?)",
        ),
    ],
)
def test_stand_alone_follow_up_is_completed_from_history(question: str, history: list[str], expected: str) -> None:
    assert stand_alone(question, history, 2023) == expected


@pytest.mark.parametrize(
    "question",
    [
        "why?",
        "how many women?",
        "And the women among them?",
        "Which of them are new?",
        "What part will Lakeside play in it?",
        "Which States are paying into it?",
        "Had a woman ever held the post before her?",
        "Why could the remaining fifth of wells not be dug?",
        "From which countries do the five come?",
    ],
)
def test_is_follow_up_question_without_content_leans_on_history(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "Cholera",
        "How many lost their lives in the Mediterranean while migrating?",
        "NO-B headcount",
        "Who dug the well, and what came out of it?",
        "How many people does Lakeside help in the rest of the world?",
        "How were the five new wells dug in Hilltown?",
    ],
)
def test_is_follow_up_question_with_content_stands_alone(question: str) -> None:
    assert not is_follow_up(question)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many wells, and in how many towns?", ("How many wells", "in how many towns?")),
        (
            "Compare Peru and Chile: people reached in each",
            ("Peru: people reached?", "Chile: people reached?"),
        ),
        ("How many wells and pumps were there?", ("How many wells and pumps were there?",)),
        ("For a note: how many wells?", ("how many wells?",)),
        ("For a note: total of wells, and how many pumps?", ("total of wells", "how many pumps?")),
        (
            "Of the 900 people in Hilltown who got water from the wells in 2031, how many were women?",
            ("Of the 900 people in Hilltown who got water from the wells in 2031, how many were women?",),
        ),
        ("How many came, from how many towns?", ("How many came", "from how many towns?")),
        ("How many came, and out of how many was he picked?", ("How many came", "out of how many was he picked?")),
        ("visitors of the bridge + number of boats", ("visitors of the bridge", "number of boats")),
        (
            "What was the cost of it all and the number of boats?",
            ("What was the cost of it all", "the number of boats?"),
        ),
        (
            "Compare how many wells were dug with how many pumps were mended",
            ("how many wells were dug", "how many pumps were mended"),
        ),
        ("Compare staff in Peru and Chile", ("staff in Peru", "staff in Chile")),
        ("How many came, and also how many left?", ("How many came", "how many left?")),
        ("Combien sont venus, et aussi combien sont partis ?", ("Combien sont venus", "combien sont partis ?")),
        ("¿Cuántos vinieron y cómo se llama el puente?", ("¿Cuántos vinieron", "cómo se llama el puente?")),
        (
            "For people who came by boat: where did they land, and when?",
            ("For people who came by boat: where did they land", "when?"),
        ),
        (
            "Roads and deep wells: how many were built in each?",
            ("Roads: how many were built?", "deep wells: how many were built?"),
        ),
        (
            "2031 wells: number of those dug, and number of those mended?",
            ("2031 wells: number of those dug", "number of those mended?"),
        ),
        ("How many came? And the share of women.", ("How many came?", "And the share of women.")),
        ("How many came? I also need the number of women.", ("How many came?", "I also need the number of women.")),
    ],
)
def test_split_question_each_thing_asked_is_a_part(question: str, parts: tuple[str, ...]) -> None:
    assert split_question(question) == parts


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How many people were reached?", "en"),
        ("Combien de personnes ont été aidées ?", "fr"),
        ("¿Cuántas personas recibieron ayuda?", "es"),
        ("MCOF = ?", "en"),
    ],
)
def test_detect_language_question_gives_its_language(question: str, language: str) -> None:
    assert detect_language(question) == language


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many wells?", Wanted.COUNT),
        ("What share of wells is dry?", Wanted.SHARE),
        ("When was the road opened?", Wanted.DATE),
        ("Why were they closed?", Wanted.REASON),
        ("Combien de puits ?", Wanted.COUNT),
        ("¿Por qué se cerró?", Wanted.REASON),
    ],
)
def test_wanted_values_question_word_gives_the_kind(question: str, wanted: Wanted) -> None:
    assert wanted in wanted_values(question)


def test_wanted_values_relative_who_asks_for_nobody() -> None:
    assert Wanted.PERSON not in wanted_values("What do most people who fall ill die of?")
    assert Wanted.PERSON in wanted_values("Who fell ill?")


@pytest.mark.parametrize(
    ("question", "money"),
    [
        ("Of those paying the costs, where does Lakeside rank?", False),
        ("Who covers the costs?", False),
        ("For the note on costs: what was the budget?", True),
    ],
)
def test_wanted_values_money_is_wanted_where_it_is_asked_for(question: str, money: bool) -> None:
    assert (Wanted.MONEY in wanted_values(question)) == money


def test_holds_value_an_ordinal_is_no_count() -> None:
    assert not holds_value(Wanted.COUNT, "The 114th session was held.")
    assert holds_value(Wanted.COUNT, "The 114th session heard 40 speakers.")


def test_holds_value_a_year_is_no_count() -> None:
    assert not holds_value(Wanted.COUNT, "In 2031 wells were dug.")
    assert holds_value(Wanted.COUNT, "In 2031, 40 wells were dug.")


def test_vocabulary_misspelled_word_is_corrected_from_the_report(assistant: Assistant) -> None:
    vocabulary = build_vocabulary(assistant.index.passages, ())
    assert vocabulary.corrected("How many vilages and treees?") == "How many villages and trees?"
    assert vocabulary.knows(stem("Villages"))


def test_vocabulary_english_word_that_the_report_lacks_is_no_misspelling() -> None:
    texts = [("Camps", "Plans for camps were handled by employers in cities.")]
    vocabulary = build_vocabulary(build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages, ())
    question = "Were planes handed to employees and citizens on campus?"
    assert vocabulary.corrected(question) == question


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("How many JPOs came?", "How many Junior Professional Officers came?"),
        ("What did the WTF raise?", "What did the Wells Trust Fund raise?"),
        ("What did UNICEF raise?", "What did UNICEF raise?"),
    ],
)
def test_vocabulary_acronym_that_the_report_only_spells_out_is_replaced(question: str, corrected: str) -> None:
    texts = [("Staff", "Some Junior Professional Officers came. The Hilltown Wells Trust Fund raised USD 5 million.")]
    vocabulary = build_vocabulary(build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages, ())
    assert vocabulary.spelled_out(question) == corrected


@pytest.mark.parametrize("asked", ["Wells Trust Fund", "WTF"])
def test_vocabulary_acronym_and_long_form_stand_for_each_other_in_a_sentence(asked: str) -> None:
    texts = [
        ("Short", "The WTF raised USD 5 million."),
        ("Long", "The Wells Trust Fund met."),
        ("None", "Pumps broke."),
    ]
    texts += [(f"Other {number}", "Pumps were mended.") for number in range(20)]
    passages = build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, [Acronym("WTF", "Wells Trust Fund", 0, 0)])
    stems = set(content_stems(asked))
    assert [stems <= found for found in vocabulary.sentence_stems[:3]] == [True, True, False]


def test_vocabulary_acronym_in_another_language_or_of_a_plain_word_keeps_its_letters() -> None:
    texts = [("Aid", "Cash-based interventions grew. Cash-based interventions paid. The Island Dwellers came.")]
    vocabulary = build_vocabulary(build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages, ())
    asked = (("The CBI", "en"), ("Le CBI", "fr"), ("An ID", "en"), ("CBI", "en"))
    found = [vocabulary.spelled_out(question, language) for question, language in asked]
    assert found == ["The Cash-based interventions", "Le CBI", "An ID", "CBI"]
    assert vocabulary.spelled_out(f"so {'CBI ' * 9}") == f"so {'CBI ' * 9}"


def test_vocabulary_long_form_may_be_written_in_another_form() -> None:
    texts = [("Plan", "The Wells Development Framework met."), *((f"Other {n}", "Pumps broke.") for n in range(20))]
    passages = build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, [Acronym("WDF", "Wells Developments Framework", 0, 0)])
    assert stem("WDF") in vocabulary.sentence_stems[0]


def test_understand_wants_what_the_sentence_that_asks_wants() -> None:
    vocabulary = build_vocabulary((), ())
    told = "We were told to use a new tool for charging staff costs. What problem was it to solve?"
    assert Wanted.MONEY not in understand(told, vocabulary, "en").wanted


def test_vocabulary_acronym_that_stands_everywhere_adds_no_words() -> None:
    texts = [(f"Pumps {number}", "The WTF mended pumps.") for number in range(20)]
    passages = build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages
    vocabulary = build_vocabulary(passages, [Acronym("WTF", "Wells Trust Fund", 0, 0)])
    assert not vocabulary.knows(stem("Wells"))


def test_understand_question_in_another_language_gives_english_words_and_names() -> None:
    texts = [("Nets", "Mosquito nets were given to families in Morocco. The Council met.")]
    vocabulary = build_vocabulary(build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages, ())
    query = understand(
        "Combien de moustiquaires les familles du Maroc ont-elles reçues à Zorlandia ?", vocabulary, "fr"
    )
    assert {"mosquito", "net", "famili", "morocco"} <= set(query.terms)
    assert stem("Morocco") in query.names
    assert query.unknown == ("Zorlandia",)
    assert {term.word for term in query.meanings} >= {"moustiquaires", "familles", "Maroc"}


@pytest.mark.parametrize(
    "question", ["The wells broke. What's the cost?", "OK, how many wells?", "Pumps: Which broke?"]
)
def test_understand_word_that_opens_a_sentence_is_no_name(assistant: Assistant, question: str) -> None:
    assert not understand(question, build_vocabulary(assistant.index.passages, ()), "en").unknown


def test_vocabulary_first_person_of_a_signed_text_is_its_signer() -> None:
    texts = [("Foreword", "I took office in May. Wells were dug."), ("Foreword", "Ana Silva Mayor"), ("Work", "I dug.")]
    passages = build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages
    signed = [replace(passage, section=(title,)) for passage, (title, _) in zip(passages, texts, strict=True)]
    found = build_vocabulary(signed, ()).sentence_stems
    assert [stem("Silva") in one for one in found] == [True, False, True, False]


def test_vocabulary_number_of_an_annex_is_no_first_person() -> None:
    texts = [("Staff", "Annex I shows the staff."), ("Staff", "Ana Silva Mayor")]
    passages = build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages
    same = [replace(passage, section=("Staff",)) for passage in passages]
    assert stem("Silva") not in build_vocabulary(same, ()).sentence_stems[0]


def test_understand_everyday_word_in_lower_case_is_no_name() -> None:
    texts = [("Groups", "We met the Big Six and the Lakeside Club. We met the Big Six again.")]
    vocabulary = build_vocabulary(build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages, ())
    assert understand("how big is the club at lakeside?", vocabulary).names == (stem("lakeside"),)
    assert stem("big") in understand("who are the Big Six?", vocabulary).names


def test_understand_name_that_the_report_lacks_is_unknown(assistant: Assistant) -> None:
    query = understand(
        "How many wells did UNICEF dig in Hilltown in 2019?", build_vocabulary(assistant.index.passages, ())
    )
    assert query.unknown == ("UNICEF",)
    assert query.years == ("2019",)
    assert stem("Hilltown") in query.names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How much did the Agency spend?", ()),
        ("What is our Office’s share of it?", ()),
        ("What did the Government of Lakeside give?", ("Lakeside",)),
        ("What did the Office of the Mayor give?", ("Office", "Mayor")),
        ("Who presided?", ()),
        ("Cross-border work: who presided?", ()),
        ("Lakesiders asked: what did Lakeside give?", ("Lakeside",)),
    ],
)
def test_understand_body_that_is_not_named_is_no_name(question: str, names: tuple[str, ...]) -> None:
    texts = [("Office", "We met the President and the Mayor of Lakeside. Then the President met the Mayor.")]
    vocabulary = build_vocabulary(build_index(document_from_paragraphs("small", texts), HashEmbedder()).passages, ())
    assert understand(question, vocabulary).names == tuple(stem(name) for name in names)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who has no ID?", ()),
        ("Thanks. Something else: how many wells, I'd like to know?", ()),
        ("Who dug wells together with an NGO?", ()),
        ("Which LWF office dug wells?", ("LWF",)),
        ("how many wells in norway?", ("norway",)),
    ],
)
def test_understand_short_form_and_kind_of_body_is_no_name(question: str, names: tuple[str, ...]) -> None:
    passages = build_index(document_from_paragraphs("small", [("Wells", "Wells were dug.")]), HashEmbedder()).passages
    assert understand(question, build_vocabulary(passages, ()), "en").unknown == names
