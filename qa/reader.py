"""Reads the report for one stand-alone question: scores, ranks, chooses sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from corpus.document import BlockKind
from corpus.text import ends_sentence
from corpus.words import content_stems, stem
from index.passage import Passage
from index.report_index import ReportIndex
from index.speakers import SIGNATURE, Signers
from qa.evidence import Floats, Signals, fused, sentence_features
from qa.followup import LEANING
from qa.ranking import Ranker
from qa.retrieve import Hit, ranked_passages, reranked
from qa.settings import Settings
from qa.understand import Query
from qa.vocabulary import Vocabulary
from qa.wanted import Wanted

Rows = NDArray[np.int64]

# More than any two sentences differ in ranking score.
_ENTRY_GAIN = 50.0
# A passage this little behind the best (in logits) answers a part of a question nearly as well.
_NEARLY = 3.0
# What a unit (log-odds) by which the first sentence answers more surely, as read, counts beside that.
_SURER = 0.3
# So far behind (in ranking score) and so much likelier (in log-odds) a sentence takes the place of one that another
# part of the question has too.
_NEARLY_READ, _LIKELIER = 4.0, 1.0
# What a unit (logit) of its best sentence's score counts for a passage (``docs/ranking.md``).
_SENTENCE_IN_PASSAGE = 0.3


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        passage: Its passage.
        number: Its number inside the passage.
        score: Its ranking score.
        features: Its row of features.
        cosine: Its cosine with the question.
        passage_cosine: Its passage's cosine with the question.
        log_odds: Log-odds of answering, against no sentence of its passage, where it was read with the question.
    """

    passage: Passage
    number: int
    score: float
    features: tuple[float, ...]
    cosine: float
    passage_cosine: float
    log_odds: float | None = None


@dataclass(frozen=True)
class Reading:
    """What reading the report for one question gave.

    Attributes:
        query: The question, understood.
        focus: The part of the question that is to be answered; the question itself if it asks one thing.
        hits: Passages by retrieval score and that of their best sentence, best first.
        candidates: Sentences by ranking score, best first.
        signals: The raw scores.
        signers: Who speaks in the first person, by the heading of the main section.
    """

    query: Query
    focus: Query
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    signals: Signals
    signers: Signers = field(default_factory=dict)

    @property
    def asked(self) -> str:
        """What is read with the passages, in English: a follow-up with what it leans on, a part of a question alone."""
        return self.query.english if LEANING.match(self.query.text) else self.focus.english


class Reader:
    """Finds the sentences of an index that answer a question.

    Args:
        index: The report's index.
        vocabulary: The report's vocabulary.
        ranker: The fitted weights.
        settings: Numbers of candidates and weights.
    """

    def __init__(self, index: ReportIndex, vocabulary: Vocabulary, ranker: Ranker, settings: Settings) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._ranker = ranker
        self._settings = settings

        self._owners = np.array([row.passage for row in index.sentence_rows], dtype=np.int64)
        self._numbers = np.array([row.sentence for row in index.sentence_rows], dtype=np.int64)
        self._prose = np.array([passage.kind is not BlockKind.TABLE for passage in index.passages], dtype=bool)

    def read(self, query: Query, focus: Query | None = None) -> Reading:
        """Return the passages and sentences that may answer a question, best first.

        Args:
            query: The question.
            focus: The part of the question to answer, where it asks several things: passages are found by
                both together, sentences are judged by the part.
        """
        signals = self.signals(query)
        if focus is not None and focus.text != query.text:
            signals = _blended(signals, self.signals(focus))
        scores = fused(signals, self._settings.lexical_weight, self._owners)
        hits = ranked_passages(scores, self._index.passages, max(self._settings.k, self._settings.candidates))
        candidates = self._candidates(focus or query, signals, scores)
        hits = hits_by_sentence(hits, candidates)
        candidates = _entries_first(focus or query, candidates)
        return Reading(query, focus or query, hits, candidates, signals, self._vocabulary.signers)

    def signals(self, query: Query) -> Signals:
        """Return the raw scores of a question against everything that is indexed."""
        index = self._index
        vector = index.embed_query(query.dense_text, query.language)
        return Signals(
            dense_passage=index.passage_scores(vector),
            lexical_passage=index.lexical_scores(query.lexical_text),
            dense_sentence=index.sentence_scores(vector),
            words_passage=self._vocabulary.passage_coverage(query.meanings),
        )

    def _candidates(self, query: Query, signals: Signals, scores: Floats) -> tuple[Candidate, ...]:
        """Return the sentences of the best prose passages, best first; tables are not quoted as prose."""
        masked = np.where(self._prose, scores, -np.inf)
        best = np.argsort(-masked, kind="stable")[: self._settings.candidates]
        rows = self._readable(query, np.flatnonzero(np.isin(self._owners, best) & self._prose[self._owners]))
        if not len(rows):
            return ()
        matrix = sentence_features(
            query, signals, self._vocabulary, self._index.passages, rows, self._owners, self._numbers
        )
        ranking = self._ranker.scores(matrix)
        found = [
            Candidate(
                passage=self._index.passages[self._owners[row]],
                number=int(self._numbers[row]),
                score=float(ranking[line]),
                features=tuple(float(value) for value in matrix[line]),
                cosine=float(signals.dense_sentence[row]),
                passage_cosine=float(signals.dense_passage[self._owners[row]]),
            )
            for line, row in enumerate(rows)
        ]
        return tuple(sorted(found, key=lambda item: (-item.score, item.passage.passage_id, item.number)))

    def _readable(self, query: Query, rows: Rows) -> Rows:
        """Leave out what is no sentence: signatures, and entries of the list of acronyms that are not asked about.

        A few words without a sentence look a little like any short question.
        """
        kept = [
            row for row in rows if (self._names_entry(query, row) if self._is_entry(row) else self._is_sentence(row))
        ]
        return np.array(kept, dtype=np.int64)

    def _is_sentence(self, row: int) -> bool:
        passage = self._index.passages[self._owners[row]]
        text = passage.sentence_text(self._numbers[row])
        return ends_sentence(text) or len(text) > SIGNATURE

    def _is_entry(self, row: int) -> bool:
        return self._index.passages[self._owners[row]].kind is BlockKind.ACRONYMS

    def _names_entry(self, query: Query, row: int) -> bool:
        short, _, long = self._index.passages[self._owners[row]].sentence_text(self._numbers[row]).partition("\t")
        own = set(content_stems(long))
        return stem(short) in query.terms or (len(own) > 1 and own <= set(query.terms))


def _entries_first(query: Query, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return candidates with the entries of the list of acronyms first where a question only asks what one means."""
    if Wanted.DEFINITION not in query.wanted or len(query.terms) > 1:
        return candidates
    entries = [one for one in candidates if one.passage.kind is BlockKind.ACRONYMS]
    others = [one for one in candidates if one.passage.kind is not BlockKind.ACRONYMS]
    return (*(replace(one, score=one.score + _ENTRY_GAIN) for one in entries), *others)


def hits_by_sentence(hits: tuple[Hit, ...], candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
    """Return hits ranked also by the score of their best sentence, of candidates that are best first."""
    best: dict[str, float] = {}
    for candidate in candidates:
        best.setdefault(candidate.passage.passage_id, candidate.score)
    return reranked(hits, best, _SENTENCE_IN_PASSAGE)


def in_one_place(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings of one question's parts with a place first that answers each part nearly as well as any.

    What is asked in one breath mostly stands in one place: "which theme was chosen, and how many attended?".
    """
    if len(readings) < 2 or not all(reading.candidates for reading in readings):
        return tuple(readings)
    behind = [_behind(reading) for reading in readings]
    shared = set.intersection(*(set(found) for found in behind))
    near = [place for place in shared if max(found[place] for found in behind) <= _NEARLY]
    if not near:
        return tuple(readings)
    best = min(near, key=lambda place: (sum(found[place] for found in behind), place))
    return tuple(_put_first(reading, best) for reading in readings)


def apart(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings of one question's parts with a sentence that two of them have first left to one of them.

    It goes to the part that it answers more surely, if for the other another sentence is nearly as good and, as read
    together with it, likelier: "how many came for advice, and how many took the course?".
    """
    found = list(readings)
    for number, reading in enumerate(found):
        for other in (*found[:number], *found[number + 1 :]):
            if reading.candidates and other.candidates and _leaves_to(reading.candidates[0], other.candidates[0]):
                found[number] = _without_first(reading)
    return tuple(found)


def _leaves_to(own: Candidate, other: Candidate) -> bool:
    """Whether two parts have one sentence first that answers the other of them more surely."""
    same = own.passage.passage_id == other.passage.passage_id and own.number == other.number
    return same and (own.log_odds or 0.0) < (other.log_odds or 0.0)


def _without_first(reading: Reading) -> Reading:
    """Return a reading with its first candidate replaced by the best that is nearly as good and likelier, if any."""
    first = reading.candidates[0]
    if first.log_odds is None:
        return reading
    for one in reading.candidates[1:]:
        if first.score - one.score > _NEARLY_READ:
            break
        if one.log_odds is not None and one.log_odds >= first.log_odds + _LIKELIER:
            rest = tuple(candidate for candidate in reading.candidates if candidate not in (first, one))
            return replace(reading, candidates=(replace(one, score=first.score), *rest))
    return reading


def _behind(reading: Reading) -> dict[str, float]:
    """Return how far each place's best candidate stands behind the best of all, by reference.

    One that the reader finds less likely stands further behind: it is not moved before what surely answers.
    """
    first = reading.candidates[0]
    found: dict[str, float] = {}
    for candidate in reading.candidates:
        surer = (first.log_odds or 0.0) - (candidate.log_odds or 0.0)
        found.setdefault(candidate.passage.ref, first.score - candidate.score + _SURER * max(0.0, surer))
    return found


def _put_first(reading: Reading, place: str) -> Reading:
    """Return a reading with a place's candidates raised by what they lack to the first rank."""
    best = max(candidate.score for candidate in reading.candidates if candidate.passage.ref == place)
    gain = reading.candidates[0].score - best
    raised = [
        replace(candidate, score=candidate.score + gain) if candidate.passage.ref == place else candidate
        for candidate in reading.candidates
    ]
    raised.sort(key=lambda c: (-c.score, c.passage.ref != place, c.passage.passage_id, c.number))
    return replace(reading, candidates=tuple(raised))


def _blended(whole: Signals, part: Signals) -> Signals:
    """Return the mean of the scores of a question and of one of its parts."""
    return Signals(
        dense_passage=_mean(whole.dense_passage, part.dense_passage),
        lexical_passage=_mean(whole.lexical_passage, part.lexical_passage),
        dense_sentence=_mean(whole.dense_sentence, part.dense_sentence),
        words_passage=_mean(whole.words_passage, part.words_passage),
    )


def _mean(first: Floats, second: Floats) -> Floats:
    return np.asarray((first + second) / 2, dtype=np.float32)
