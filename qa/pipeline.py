"""A question's way to an answer: understand, read, choose, compose, verify."""

from __future__ import annotations

import logging
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from corpus.conflicts import Conflict, conflicts_between
from corpus.errors import QuestionError
from corpus.statements import Statement, statements
from corpus.text import plain
from index.report_index import ReportIndex
from qa.answer import Answer, AnswerKind, ClosestPassage, Span
from qa.compose import Quotation, as_prose, compose, merged, span_of
from qa.conflicts import conflict_answer, conflict_asked_about
from qa.courtesies import without_courtesies, without_remark
from qa.cross_encoder import CrossEncoderScorer, reread
from qa.explain import Explanation, explain_part, missing_words
from qa.extent import chosen
from qa.followup import stand_alone
from qa.judging import Judge, Judged, beside_each_other
from qa.kinship import Kinship
from qa.language import detect_language, latin_share
from qa.parts import split_question
from qa.passage_reader import read_together, shipped_reader
from qa.ranking import shipped_ranker
from qa.reader import Reader, Reading, apart, in_one_place
from qa.retrieve import Hit
from qa.settings import Settings
from qa.tables.answering import TableAnswer, execute
from qa.tables.engine import TableEngine
from qa.tables.followups import completed
from qa.tables.query import TableQuery, TableRefusal
from qa.understand import focus_of, in_english, understand
from qa.values import short_value
from qa.verify import problems
from qa.vocabulary import build_vocabulary

log = logging.getLogger(__name__)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+")
_MARKER = re.compile(r"\[\d+\]")
_CLOSEST_CHARACTERS = 400
# Of table questions the engine answers only those whose every word it can account for.
_COMPUTED = 0.95


class Pipeline:
    """Answers stand-alone and follow-up questions over one index.

    Args:
        index: The report's index.
        settings: How questions are answered.
    """

    def __init__(self, index: ReportIndex, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._vocabulary = build_vocabulary(index.passages, index.document.acronyms, Kinship(index))
        self._ranker = shipped_ranker()
        self._tables = TableEngine(index.document)
        self._reader = Reader(index, self._vocabulary, self._ranker, settings)
        self._scorer = CrossEncoderScorer(settings.cross_encoder) if settings.cross_encoder else None
        self._judge = Judge(self._vocabulary, self._ranker, settings, index.document.metadata.year)

    def answer(self, question: str, history: tuple[str, ...]) -> Answer:
        """Return the checked answer to a question, or a refusal."""
        asked = " ".join(_CONTROL.sub(" ", question).split())
        problem = self._problem(asked)
        if problem:
            return self._turned_down(question, problem)
        searched = self.stand_alone(asked, history)
        language = detect_language(searched)
        parts = split_question(searched)
        tables = tuple(self._over_tables(part, language) for part in parts)
        if len(parts) == 1 and isinstance(tables[0], TableRefusal):
            judged = self._judged(searched, language, parts)
            return self._refusal(question, searched, language, judged, (tables[0].reason,))
        judged = self._judged(searched, language, parts, tables)
        answer = self._composed(question, searched, language, judged, tables)
        if answer is None:
            return self._refusal(question, searched, language, judged)
        found = problems(answer, self._index.document)
        if found:
            # Nothing unchecked is said: an answer that fails its own check becomes a refusal.
            log.error("answer withheld: %s", "; ".join(found))
            return self._refusal(question, searched, language, judged)
        return answer

    def explain(self, question: str, history: tuple[str, ...]) -> Explanation:
        """Return in words why a question is answered as it is.

        Raises:
            QuestionError: If the question cannot be taken.
        """
        asked = " ".join(_CONTROL.sub(" ", question).split())
        problem = self._problem(asked)
        if problem:
            raise QuestionError("There is nothing to explain.", problem)
        searched = self.stand_alone(asked, history)
        language = detect_language(searched)
        parts = split_question(searched)
        tables = tuple(self._over_tables(part, language) for part in parts)
        explained = tuple(
            explain_part(found, self._ranker, self._settings.min_confidence)
            for found in self._judged(searched, language, parts, tables)
        )
        queries = (str(table) for table in tables if isinstance(table, TableQuery))
        refusals = (table.reason for table in tables if isinstance(table, TableRefusal))
        return Explanation(searched, language, (*queries, *refusals), explained)

    def stand_alone(self, question: str, history: tuple[str, ...]) -> str:
        """Return the question completed from the earlier ones."""
        earlier = tuple(" ".join(_CONTROL.sub(" ", text).split()) for text in history)
        bare = without_remark(without_courtesies(question))
        return stand_alone(bare, earlier, self._index.document.metadata.year, self._completed)

    def _completed(self, question: str, previous: str) -> str | None:
        return completed(question, previous, lambda text: isinstance(self._tables.parse(text), TableQuery))

    def _over_tables(self, question: str, language: str) -> TableQuery | TableRefusal | None:
        """Return what a question asks of the tables, as typed or else in English."""
        found = self._tables.parse(question)
        if found is not None or language == "en":
            return found
        glossed = self._tables.parse(in_english(question, self._vocabulary, language))
        return glossed if isinstance(glossed, TableQuery) else None

    def search(self, text: str, k: int) -> tuple[Hit, ...]:
        """Return the passages nearest to a text; none for a text without words."""
        cleaned = " ".join(_CONTROL.sub(" ", text).split())[: self._settings.max_question_characters]
        if not any(character.isalnum() for character in cleaned):
            return ()
        return self.read(cleaned).hits[:k]

    def read(self, question: str) -> Reading:
        """Return what a stand-alone question finds, before it is judged."""
        return self._reader.read(understand(question, self._vocabulary))

    def _problem(self, asked: str) -> str:
        """Return why a question cannot be taken; empty when it can."""
        if not any(character.isalnum() for character in asked):
            return "Please type a question."
        longest = self._settings.max_question_characters
        if len(asked) > longest:
            return f"The question has {len(asked):,} characters; please ask in at most {longest:,}."
        if latin_share(asked) < 0.5:
            return "Please ask in English, French or Spanish."
        return ""

    def _turned_down(self, question: str, problem: str) -> Answer:
        text = f"{self._settings.refusal('en')} {problem}"
        return Answer(question, question, False, AnswerKind.NONE, text, 0.0, problem=problem)

    def _judged(
        self, searched: str, language: str, parts: tuple[str, ...], tables: tuple[object, ...] = ()
    ) -> tuple[Judged, ...]:
        readings = self._read(searched, language, parts, tables)
        if self._settings.read_passages:
            readings = tuple(map(self._reread, readings))
        if self._scorer is not None:
            readings = tuple(replace(r, candidates=reread(r.focus.text, r.candidates, self._scorer)) for r in readings)
        judged = [self._judge.judge(reading) for reading in apart(in_one_place(readings))]
        return beside_each_other(judged, self._settings.min_confidence)

    def _reread(self, reading: Reading) -> Reading:
        """Return a reading whose best passages were read with the question."""
        if not reading.candidates:
            return reading
        return read_together(reading, shipped_reader(), self._ranker.read_weight, self._settings.read_passages)

    def _read(
        self, searched: str, language: str, parts: tuple[str, ...], tables: tuple[object, ...] = ()
    ) -> tuple[Reading, ...]:
        """Return one reading for each thing that the question asks, those for the tables left out."""
        query = understand(searched, self._vocabulary, language)
        if tables and all(isinstance(table, TableQuery) for table in tables):
            return ()
        if len(parts) == 1:
            return (self._reader.read(query, focus_of(query, self._vocabulary)),)
        return tuple(
            self._reader.read(query, understand(part, self._vocabulary, language))
            for number, part in enumerate(parts)
            if not (tables and isinstance(tables[number], TableQuery | TableRefusal))
        )

    def _composed(
        self,
        question: str,
        searched: str,
        language: str,
        judged: tuple[Judged, ...],
        tables: tuple[TableQuery | TableRefusal | None, ...],
    ) -> Answer | None:
        """Return the answer that the readings and the tables support, or ``None``."""
        supporting = [found for found in judged if found.supports]
        supported = [quotation for found in supporting for quotation in found.found]
        confidences = [found.confidence for found in judged if found.reading.candidates]
        conflict = self._conflict(judged, supported, tables)
        if conflict is not None:
            text, citations = conflict_answer(conflict, self._index.document, language)
            kind = AnswerKind.CONFLICT
            confidence = max(confidences, default=_COMPUTED)
            return Answer(question, searched, True, kind, text, confidence, citations, language=language)
        text, citations = compose(merged(supported))
        marked = _marked(supporting[0].reading, text) if len(supporting) == 1 else _Marked()
        computed = []
        for table in tables:
            if isinstance(table, TableQuery):
                computed.append(execute(table, self._index.document.doc_id, len(citations) + 1))
                text = f"{text} {computed[-1].text}".strip()
                citations += computed[-1].citations
                confidences.append(_COMPUTED)
        if len(tables) == 1 and computed:
            marked = _Marked(computed[0].value)
        if not citations:
            return None
        return Answer(
            question=question,
            searched=searched,
            answered=True,
            kind=_kind(computed),
            text=text,
            confidence=min(confidences),
            citations=citations,
            calculation=computed[0].calculation if computed else None,
            value=marked.value if len(tables) == 1 else None,
            lead=marked.lead if len(tables) == 1 else None,
            lacking=_unanswered(judged, tables),
            language=language,
        )

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return statements(self._index.document)

    @cached_property
    def _conflicts(self) -> tuple[Conflict, ...]:
        return conflicts_between(self._statements)

    def _conflict(
        self,
        judged: tuple[Judged, ...],
        supported: list[Quotation],
        tables: tuple[TableQuery | TableRefusal | None, ...],
    ) -> Conflict | None:
        """Return the conflict that a question about one thing asks about, or ``None``."""
        if len(judged) != 1 or any(isinstance(table, TableQuery) for table in tables):
            return None
        return conflict_asked_about(judged[0].reading.focus, supported, self._statements, self._conflicts)

    def _refusal(
        self, question: str, searched: str, language: str, judged: tuple[Judged, ...], reasons: tuple[str, ...] = ()
    ) -> Answer:
        """Return the refusal sentence with the closest passages and what they lack."""
        passages = dict.fromkeys(hit.passage for found in judged for hit in found.reading.hits)
        closest = tuple(
            ClosestPassage(
                passage.ref,
                passage.label,
                textwrap.shorten(plain(passage.text), _CLOSEST_CHARACTERS, placeholder=" …"),
            )
            for passage in list(passages)[: self._settings.closest]
        )
        lacking = dict.fromkeys(missing for found in judged for missing in found.lacking or missing_words(found))
        return Answer(
            question=question,
            searched=searched,
            answered=False,
            kind=AnswerKind.NONE,
            text=self._settings.refusal(language),
            confidence=max((found.confidence for found in judged), default=0.0),
            closest=closest,
            lacking=reasons or tuple(lacking),
            language=language,
        )


def _unanswered(judged: tuple[Judged, ...], tables: tuple[TableQuery | TableRefusal | None, ...]) -> tuple[str, ...]:
    """Return the parts of a question in several parts that go unanswered, as asked."""
    if len(tables) == 1:
        return ()
    return tuple(found.reading.focus.text for found in judged if not found.supports)


class _Marked(NamedTuple):
    """What of an answer's text a reader should see first."""

    value: Span | None = None
    lead: Span | None = None


def _marked(reading: Reading, text: str) -> _Marked:
    """Return where the sentence that answers stands in an answer's text, and the value in it.

    The sentence is only marked where others stand beside it.
    """
    best = chosen(reading)
    sentence = as_prose(best.passage.sentence_text(best.number))
    lead = span_of(sentence, text)
    if lead is None:
        return _Marked()
    found = short_value(reading.focus, sentence)
    value = Span(lead.start + found[0], lead.start + found[1]) if found else None
    alone = not _MARKER.sub("", text[: lead.start] + text[lead.end :]).strip()
    return _Marked(value, None if alone else lead)


def _kind(computed: Sequence[TableAnswer]) -> AnswerKind:
    if any(answer.disputed for answer in computed):
        return AnswerKind.CONFLICT
    return AnswerKind.TABLE if computed else AnswerKind.PASSAGE
