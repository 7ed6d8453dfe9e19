"""Ranking with a cross-encoder: a scorer with a script, and a real (untrained) model from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import RankerError
from qa import Assistant, Settings
from qa.cross_encoder import CrossEncoderScorer, reread
from qa.understand import understand


class Prefers:
    """Scores sentences with a word high, all others low."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[str] = []

    def scores(self, question: str, sentences: Sequence[str]) -> Sequence[float]:
        self.asked.append(question)
        return [float(self.word in sentence) for sentence in sentences]


def test_reread_brings_up_what_the_scorer_prefers(assistant: Assistant) -> None:
    pipeline = assistant._pipeline
    candidates = pipeline._reader.read(understand("What was planted?", pipeline._vocabulary)).candidates
    last = candidates[-1]
    scorer = Prefers(last.passage.sentence_text(last.number)[:20])
    found = reread("What was planted?", candidates, scorer)
    assert scorer.asked == ["What was planted?"]
    assert {(c.passage.ref, c.number) for c in found} == {(c.passage.ref, c.number) for c in candidates}
    assert found.index(next(c for c in found if c.passage == last.passage and c.number == last.number)) < len(found) - 1
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_reread_scorer_without_an_opinion_keeps_the_order(assistant: Assistant) -> None:
    pipeline = assistant._pipeline
    candidates = pipeline._reader.read(understand("What was planted?", pipeline._vocabulary)).candidates
    found = reread("What was planted?", candidates, Prefers("no such word"))
    assert [(c.passage.ref, c.number) for c in found] == [(c.passage.ref, c.number) for c in candidates]


def test_cross_encoder_that_does_not_load_names_the_remedy(tmp_path: Path) -> None:
    scorer = CrossEncoderScorer(str(tmp_path))
    with pytest.raises(RankerError, match="cannot be loaded") as caught:
        scorer.scores("Why?", ["Because."])
    assert "--cross-encoder" in caught.value.remedy


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny BERT of random weights, as a trained cross-encoder would be saved."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789.,?"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.integration
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_assistant_with_a_cross_encoder_from_a_folder_answers(untrained: Path, document: Document) -> None:
    settings = Settings(embedder="hash", min_confidence=0.0, cross_encoder=str(untrained))
    answer = Assistant.from_document(document, settings).ask("How many wells were dug?")
    assert answer.answered
    assert answer == Assistant.from_document(document, settings).ask("How many wells were dug?")
    scores = CrossEncoderScorer(str(untrained)).scores("How many wells?", ["40 wells.", "A road."])
    assert len(scores) == 2
    assert scores[0] != scores[1]
