"""What each kind of evidence is worth: the ranker fitted with it alone, without it, and with all.

``python -m eval.ablation --data squad-dev-2.0-part.json`` fits on the first half of a SQuAD file's articles and reports
the share of questions whose first sentence is right on its second half and on the shipped question sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from corpus.text import plain
from eval.fitting import Example, first_is_right, fit_ranking, read_halves
from eval.samples import Sample, load_samples, shipped_sets
from eval.scoring import normalized
from qa import Assistant
from qa.evidence import FEATURES
from qa.parts import split_question

KINDS: dict[str, tuple[str, ...]] = {
    "nearness in meaning, passage": ("dense_passage",),
    "nearness in meaning, sentence": ("dense_sentence",),
    "the question's words, or their kin": (
        "words_in_sentence",
        "words_in_predecessor",
        "words_in_passage",
        "weakest_in_sentence",
        "weakest_in_passage",
    ),
    "kind of value asked for": ("wanted_held", "wanted_missing"),
    "names": ("names_in_sentence", "names_in_passage"),
    "year": ("other_year",),
    "first sentence of its passage": ("opens_passage",),
}


def own_examples(assistant: Assistant, samples: Sequence[Sample]) -> dict[str, list[Example]]:
    """Return the answerable one-part text questions of samples, read with all features, by language."""
    found: dict[str, list[Example]] = {}
    for sample in samples:
        about_tables = sample.kind.startswith("table") or any(ref.startswith("annex") for ref in sum(sample.refs, ()))
        if about_tables or not sample.answerable or sample.history or len(split_question(sample.question)) > 1:
            continue
        found.setdefault(sample.language, []).append(_example(assistant, sample))
    return found


def _example(assistant: Assistant, sample: Sample) -> Example:
    found = assistant.read(sample.question)
    # In an order that says nothing: equal scores must not fall back on the full ranking.
    neutral = sorted(found.candidates, key=lambda candidate: (candidate.passage.passage_id, candidate.number))
    reading = replace(found, candidates=tuple(neutral))
    places = {ref for group in sample.refs for ref in group}
    texts = [normalized(plain(found.passage.sentence_text(found.number))) for found in reading.candidates]
    right = [
        found.passage.ref in places
        and all(any(normalized(option) in text for option in group) for group in sample.must)
        for found, text in zip(reading.candidates, texts, strict=True)
    ]
    matrix = np.array([found.features for found in reading.candidates], dtype=np.float64)
    return Example(reading, matrix, np.array(right, dtype=bool), answerable=True)


def accuracy(examples: Sequence[Example], weights: np.ndarray) -> float:
    """Return the share of answerable questions whose first sentence is right."""
    return float(np.mean([first_is_right(example, weights) for example in examples if example.answerable]))


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, path_type=Path), help="SQuAD 2.0 JSON.")
@click.option("--indexes", type=click.Path(path_type=Path), help="Folder that keeps the indexes for the next time.")
@click.option("--limit", default=1000, show_default=True, help="Questions read from each half.")
@click.option("--seed", default=0, show_default=True)
def main(data: Path, indexes: Path | None, limit: int, seed: int) -> None:
    """Print the table as Markdown."""
    fitted, unseen = read_halves(data, indexes, limit, seed)
    own = own_examples(Assistant.open(), load_samples(shipped_sets()))
    sets = {"SQuAD, unseen half": unseen, **{f"shipped, {language}": own[language] for language in sorted(own)}}
    counts = [sum(example.answerable for example in examples) for examples in sets.values()]
    click.echo("| evidence | " + " | ".join(f"{name} (n {n})" for name, n in zip(sets, counts, strict=True)) + " |")
    click.echo("|---" * (len(sets) + 1) + "|")
    every = frozenset(FEATURES)
    rows = {"all": frozenset[str]()}
    rows |= {f"all but {kind}": frozenset(names) for kind, names in KINDS.items()}
    rows |= {f"{kind} alone": every - frozenset(names) for kind, names in KINDS.items()}
    for row, left_out in rows.items():
        weights = fit_ranking(fitted, left_out)
        click.echo(f"| {row} | " + " | ".join(f"{accuracy(found, weights):.3f}" for found in sets.values()) + " |")


if __name__ == "__main__":
    main()
