"""Reads question and passage together: does one of these sentences answer, or none?

A small transformer, MiniLM (Wang et al., NeurIPS 2020), over the question and a passage. Its tokens compete with "none"
in one softmax, as in the extractive readers of SQuAD 2.0 (Rajpurkar et al., ACL 2018); a sentence's chance is the sum
over its tokens. Trained by ``eval/training.py``; its card lies beside its weights, in ``qa/data/reader``.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import RankerError
from corpus.text import plain
from index.passage import Passage
from index.speakers import Signers, speaker
from qa.reader import Candidate, Reading

if TYPE_CHECKING:
    from tokenizers import Encoding

_LONGEST = 384  # tokens of question and passage; the rest of a longer passage is not read
_AROUND = 2  # sentences on either side of the best that are read; it was taught on passages of four to six
_FOUND = 3.0  # log-odds from which on no further passage is read
_MOST = 12.0  # log-odds beyond which nothing is more or less sure
_WEIGHTS, _TOKENIZER = "model.onnx", "tokenizer.json"


@dataclass(frozen=True)
class ReadText:
    """A passage as the model reads it: its heading, then its sentences.

    Attributes:
        text: The text.
        starts: Where each sentence starts in it.
    """

    text: str
    starts: tuple[int, ...]


def read_text(heading: str, sentences: Sequence[str]) -> ReadText:
    """Return a heading and sentences as the text that the model reads."""
    text = f"{heading}. " if heading else ""
    starts = []
    for sentence in sentences:
        starts.append(len(text))
        text += f"{sentence} "
    return ReadText(text.rstrip(), tuple(starts))


def sentence_of_tokens(encoding: Encoding, starts: Sequence[int]) -> NDArray[np.int64]:
    """Return the sentence that each token of an encoded pair stands in, -1 for the question and the heading."""
    found = np.full(len(encoding.ids), -1, dtype=np.int64)
    for place, (sequence, (start, stop)) in enumerate(zip(encoding.sequence_ids, encoding.offsets, strict=True)):
        if sequence == 1 and stop > start:
            found[place] = int(np.searchsorted(starts, start, side="right")) - 1
    return found


class PassageReader:
    """The trained model, loaded at the first question (0.2 s).

    Args:
        folder: Folder with ``model.onnx`` and ``tokenizer.json``; the shipped one if left out.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(str(resources.files("qa").joinpath("data/reader")))
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def log_odds(self, question: str, text: ReadText) -> NDArray[np.float64]:
        """Return the log-odds of each sentence of a text to answer, against none of them, from -12 to 12."""
        tokenizer, session = self.load()
        pair = tokenizer.encode(question, text.text)
        feed = {"input_ids": pair.ids, "attention_mask": pair.attention_mask, "token_type_ids": pair.type_ids}
        tokens, none = session.run(None, {name: np.array([ids], dtype=np.int64) for name, ids in feed.items()})
        return _log_odds(tokens[0], float(none[0]), sentence_of_tokens(pair, text.starts), len(text.starts))

    def load(self) -> tuple[Any, Any]:
        """Load tokenizer and model, once, and return them.

        Raises:
            RankerError: If a file is missing or damaged.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._folder)
            return self._loaded


def _load(folder: Path) -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        options = onnxruntime.SessionOptions()
        # Threads that wait leave the processor to other questions.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(str(folder / _WEIGHTS), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # both libraries raise errors of their own for a missing or damaged file
        reason = str(exc).strip().split("\n", 1)[0]
        raise RankerError(
            f"The reader in {folder} cannot be loaded: {reason}", "Install the package again, or use --read-passages 0."
        ) from exc
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST, strategy="longest_first")
    return tokenizer, session


def _log_odds(
    tokens: NDArray[np.float32], none: float, sentence_of: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    found = np.full(count, -_MOST)
    for number in range(count):
        own = tokens[sentence_of == number].astype(np.float64)
        if len(own):
            found[number] = own.max() + np.log(np.exp(own - own.max()).sum()) - none
    return np.asarray(np.clip(found, -_MOST, _MOST))


@lru_cache(maxsize=1)
def shipped_reader() -> PassageReader:
    """Return the reader that ships with the package, one for all assistants of a process."""
    return PassageReader()


def read_together(reading: Reading, reader: PassageReader, weight: float, passages: int) -> Reading:
    """Return a reading whose candidates have been read with the question, best first.

    Passages are read until one surely answers. A candidate gains the log-odds of its sentence, weighed; what is not
    read gains as little as the least likely one.

    Args:
        reading: What is asked, and the candidates, best first.
        reader: The model.
        weight: What one unit of log-odds counts in the ranking.
        passages: How many of the best passages are read at most.
    """
    best: dict[str, Candidate] = {}
    for candidate in reading.candidates:
        if len(best) < passages:
            best.setdefault(candidate.passage.passage_id, candidate)
    told: dict[tuple[str, int], float] = {}
    for passage_id, candidate in best.items():
        window = _window(candidate)
        odds = reader.log_odds(reading.asked, _as_read(candidate.passage, window, reading.signers))
        told |= {(passage_id, number): float(value) for number, value in zip(window, odds, strict=True)}
        if odds.max() >= _FOUND:
            break
    candidates = [_with(candidate, told, weight) for candidate in reading.candidates]
    candidates.sort(key=lambda item: (-item.score, item.passage.passage_id, item.number))
    return replace(reading, candidates=tuple(candidates))


def _with(candidate: Candidate, told: dict[tuple[str, int], float], weight: float) -> Candidate:
    odds = told.get((candidate.passage.passage_id, candidate.number), -_MOST)
    return replace(candidate, score=candidate.score + weight * odds, log_odds=odds)


def _window(candidate: Candidate) -> range:
    """Return the numbers of the sentences that are read of a candidate's passage."""
    first = max(0, candidate.number - _AROUND)
    return range(first, min(len(candidate.passage.sentences), candidate.number + _AROUND + 1))


def _as_read(passage: Passage, numbers: range, signers: Signers) -> ReadText:
    """Return sentences of a passage under its heading, with who signed it if they speak in the first person."""
    sentences = [" ".join(plain(passage.sentence_text(number)).split()) for number in numbers]
    heading = passage.title or (passage.section[-1] if passage.section else "")
    signer = speaker(passage, " ".join(sentences), signers)
    return read_text(f"{heading} by {signer}" if signer else heading, sentences)
