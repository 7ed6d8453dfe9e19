"""Says in words why a passage and a sentence were chosen and what the confidence is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from corpus.text import plain
from corpus.words import content_stems
from qa.confidence import confidence_features, model_for
from qa.evidence import FEATURES
from qa.extent import chosen
from qa.judging import Judged
from qa.ranking import Ranker
from qa.reader import Candidate, Reading
from qa.vocabulary import Term

# Less than this share of the largest reason is not worth a reader's time.
_WORTH_SAYING = 0.15
_MOST_REASONS = 4
_EXPRESSED = 0.3

_SENTENCE_WORDS = {
    "dense_passage": "its passage is nearer in meaning",
    "dense_sentence": "it is nearer in meaning",
    "wanted_held": "it holds the kind of value asked for",
    "wanted_missing": "the other lacks the kind of value asked for",
    "words_in_sentence": "it expresses more of the question's words",
    "words_in_predecessor": "the sentence before it leads up to it",
    "words_in_passage": "its passage expresses more of the question's words",
    "names_in_passage": "its passage has the names asked about",
    "other_year": "the other is about another year",
}
# What a high number says and what a low one says; nothing first where a high one says the second.
_CONFIDENCE_WORDS = {
    "cosine_above_average": ("the sentence is close in meaning", "the sentence is not close in meaning"),
    "passage_cosine_above_average": ("the passage is close in meaning", "the passage is not close in meaning"),
    "top_standing": ("no other sentence comes near", "many sentences are as near"),
    "top_share": ("the sentence stands out among its rivals", "other sentences are nearly as good"),
    "margin": ("the next best sentence is far behind", "the next best sentence is close behind"),
    "passage_margin": ("the next best passage is far behind", "the next best passage is close behind"),
    "words_in_sentence_or_predecessor": (
        "the sentence and the one before express the question's words",
        "the sentence and the one before leave out words of the question",
    ),
    "other_year": ("", "the sentence is about another year"),
    "read_sentence": ("read with the question, the sentence answers it", "read with the question, it does not answer"),
    "read_best": ("some sentence read with the question answers it", "no sentence read with the question answers it"),
    "unknown_name": ("", "the question has names that the report does not"),
    "names_in_passage": ("the passage has the names asked about", "the passage lacks names asked about"),
}


@dataclass(frozen=True)
class PartExplained:
    """Why one thing that was asked is answered as it is, each reason in words.

    Attributes:
        asked: What was looked for.
        passage: Why this passage.
        sentence: Why this sentence.
        confidence: What the confidence is made of.
        lacking: What the evidence lacks; empty if nothing.
    """

    asked: str
    passage: tuple[str, ...]
    sentence: tuple[str, ...]
    confidence: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """Why a question is answered as it is.

    Attributes:
        searched: The stand-alone question.
        language: Its language, ISO 639-1.
        tables: What was looked up or computed in tables, one query a line.
        parts: The things asked of the text, one after the other.
    """

    searched: str
    language: str
    tables: tuple[str, ...]
    parts: tuple[PartExplained, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON-ready data."""
        return asdict(self)


def explain_part(judged: Judged, ranker: Ranker, least: float) -> PartExplained:
    """Return why a reading gives what it gives.

    Args:
        judged: The reading, judged.
        ranker: The weights it was ranked by.
        least: The confidence below which is refused.
    """
    reading = judged.reading
    if not reading.candidates:
        return PartExplained(reading.focus.text, ("no passage of the text was read",), (), (), ())
    best = chosen(reading)
    return PartExplained(
        asked=reading.focus.text,
        passage=_why_passage(reading, best),
        sentence=_why_sentence(reading, best, ranker),
        confidence=_why_confidence(judged, ranker, least),
        lacking=judged.lacking,
    )


def missing_words(judged: Judged) -> tuple[str, ...]:
    """Return the question's words that the passage read for it does not express, in quotation marks."""
    if not judged.reading.candidates:
        return ()
    stems = _stems(judged.reading.candidates[0])
    terms = _best_of_each_word(judged.reading.focus.meanings, stems)
    return tuple(f"“{term.word}”" for term in terms if term.found_in(stems) < _EXPRESSED)


def _best_of_each_word(terms: Sequence[Term], stems: frozenset[str]) -> tuple[Term, ...]:
    """Return of the English words that a typed word is glossed by the one that stems express best."""
    best: dict[str, Term] = {}
    for term in terms:
        if term.word not in best or term.found_in(stems) > best[term.word].found_in(stems):
            best[term.word] = term
    return tuple(best.values())


def _why_passage(reading: Reading, best: Candidate) -> tuple[str, ...]:
    passage = best.passage
    rank = next((hit.rank for hit in reading.hits if hit.passage.passage_id == passage.passage_id), 0)
    nearer = int((reading.signals.dense_passage > best.passage_cosine).sum()) + 1
    total = len(reading.signals.dense_passage)
    stems = _stems(best)
    terms = _best_of_each_word(reading.focus.meanings, stems)
    said = [_as_said(term, stems) for term in terms if term.found_in(stems) >= _EXPRESSED]
    unsaid = [term.word for term in terms if term.found_in(stems) < _EXPRESSED]
    reasons = [f"{passage.label} is number {rank} of {total} passages, number {nearer} by meaning alone"]
    if said:
        reasons.append(f"it says {', '.join(said)}")
    if unsaid:
        reasons.append(f"it has nothing for {', '.join(unsaid)}")
    return tuple(reasons)


def _as_said(term: Term, stems: frozenset[str]) -> str:
    """Return a word of the question, with the report's own word where that is another."""
    if term.stem in stems:
        return f"“{term.word}”"
    other = max((found for found in term.kin if found in stems), key=lambda found: (term.kin[found], found))
    return f"“{term.word}” (as “{other}…”)"


def _why_sentence(reading: Reading, best: Candidate, ranker: Ranker) -> tuple[str, ...]:
    text = " ".join(plain(best.passage.sentence_text(best.number)).split())
    reasons = [f"sentence {best.number + 1} of {len(best.passage.sentences)}: “{text}”"]
    rival = next((candidate for candidate in reading.candidates if candidate is not best), None)
    if rival is None:
        return tuple(reasons)
    gains = np.array(ranker.weights) * (np.array(best.features) - np.array(rival.features))
    place = "" if rival.passage.passage_id == best.passage.passage_id else f" in {rival.passage.label}"
    pairs = [(_SENTENCE_WORDS.get(name, ""), float(gain)) for name, gain in zip(FEATURES, gains, strict=True)]
    if best.log_odds is not None and rival.log_odds is not None:
        pairs.append(
            ("read with the question, it answers better", ranker.read_weight * (best.log_odds - rival.log_odds))
        )
    chosen_words = _strongest([(gain, words) for words, gain in pairs if gain > 0 and words])
    if chosen_words:
        reasons.append(f"before the next best sentence{place}, because {'; '.join(chosen_words)}")
    return tuple(reasons)


def _why_confidence(judged: Judged, ranker: Ranker, least: float) -> tuple[str, ...]:
    verdict = "enough to answer" if judged.sure else "too little to answer"
    reasons = [f"{judged.confidence:.2f}, {verdict} (the least is {least:.2f})"]
    values = confidence_features(judged.reading)
    model = model_for(judged.reading, ranker)
    pulls = {name: weight * (values[name] - model.means[name]) for name, weight in model.weights.items()}
    for sign, label in ((1, "for it"), (-1, "against it")):
        pairs = [
            (pull, _CONFIDENCE_WORDS[name][0 if sign > 0 else 1])
            for name, pull in pulls.items()
            if _speaks_for_itself(name, model.weights[name])
        ]
        words = _strongest([(pull, words) for pull, words in pairs if words and pull * sign > 0])
        if words:
            reasons.append(f"{label}: {'; '.join(words)}")
    return tuple(reasons)


def _speaks_for_itself(name: str, weight: float) -> bool:
    """Whether a number counts the way its words say: among others it may only correct what they say too much."""
    good, _ = _CONFIDENCE_WORDS.get(name, ("", ""))
    return name in _CONFIDENCE_WORDS and (weight > 0 if good else weight < 0)


def _strongest(pairs: Sequence[tuple[float, str]]) -> list[str]:
    """Return the words of the strongest reasons, the strongest first."""
    kept = sorted(pairs, key=lambda pair: -abs(pair[0]))
    return [words for pull, words in kept[:_MOST_REASONS] if abs(pull) >= _WORTH_SAYING * abs(kept[0][0])]


def _stems(candidate: Candidate) -> frozenset[str]:
    passage = candidate.passage
    return frozenset(content_stems(" ".join((*passage.section, passage.title or "", plain(passage.text)))))
