"""A cross-encoder of the user's choice, which reads question and sentence together.

None ships with the project: none of a quality that pays installs without a model hub. Who has one names it
(``Settings.cross_encoder``), and the best candidates are ranked anew by the sum of both standardized scores.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from corpus.errors import RankerError
from corpus.text import plain
from qa.reader import Candidate

# Candidates that are read with the question; each costs a pass of the model.
READ = 24


class PairScorer(Protocol):
    """Scores pairs of a question and a sentence; higher answers better."""

    def scores(self, question: str, sentences: Sequence[str]) -> Sequence[float]:
        """Return one score a sentence."""
        ...


class CrossEncoderScorer:
    """A sentence-transformers cross-encoder, loaded at the first question.

    Args:
        name: Its name on the hub, or its folder.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._lock = threading.Lock()

    def scores(self, question: str, sentences: Sequence[str]) -> Sequence[float]:
        """Return one score a sentence.

        Raises:
            RankerError: If the model cannot be loaded or does not give one score a pair.
        """
        pairs = [(question, sentence) for sentence in sentences]
        found = np.asarray(self.load().predict(pairs, show_progress_bar=False), dtype=np.float64)
        if found.shape != (len(pairs),):
            raise RankerError(
                f"The cross-encoder {self._name!r} gave scores of shape {found.shape}, not one a sentence.",
                "Name a cross-encoder with a single label, such as one trained on MS MARCO.",
            )
        return [float(score) for score in found]

    def load(self) -> Any:
        """Import sentence-transformers and load the model, once (5 to 10 s).

        Raises:
            RankerError: If it is not installed or the model cannot be read.
        """
        with self._lock:
            if self._model is None:
                self._model = _load(self._name)
            return self._model


def _load(name: str) -> Any:
    try:
        from sentence_transformers import CrossEncoder

        return CrossEncoder(name, device="cpu")
    except Exception as exc:  # its loaders raise errors of many libraries, for a missing or broken model
        reason = str(exc).strip().split("\n", 1)[0]
        raise RankerError(
            f"The cross-encoder {name!r} cannot be loaded: {reason}",
            "Name a folder or a model that can be fetched, or leave --cross-encoder out.",
        ) from exc


def reread(question: str, candidates: Sequence[Candidate], scorer: PairScorer) -> tuple[Candidate, ...]:
    """Return the candidates with the best of them ranked anew, best first; the others keep their places behind.

    The scorer's standardized scores are put on the scale of the candidates' own, so that what depends on their
    distances (how much is quoted, how sure the answer is) still means the same.

    Args:
        question: The question.
        candidates: The candidates, best first.
        scorer: Scores pairs.
    """
    read, rest = candidates[:READ], candidates[READ:]
    if len(read) < 2:
        return tuple(candidates)
    own = np.array([candidate.score for candidate in read])
    given = np.array(scorer.scores(question, [_text(candidate) for candidate in read]))
    spread = own.std()
    standing = (given - given.mean()) / given.std() if given.std() > 0 else np.zeros_like(given)
    mixed = (own + own.mean() + spread * standing) / 2 if spread > 0 else own
    floor = rest[0].score if rest else -np.inf
    found = [replace(candidate, score=max(float(score), floor)) for candidate, score in zip(read, mixed, strict=True)]
    found.sort(key=lambda candidate: (-candidate.score, candidate.passage.passage_id, candidate.number))
    return (*found, *rest)


def _text(candidate: Candidate) -> str:
    return " ".join(plain(candidate.passage.sentence_text(candidate.number)).split())
