"""What a run shows, as numbers and as text. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.measures import (
    Proportion,
    Refusals,
    auroc,
    proportion,
    quantile,
    refusals,
    reliability,
    retrieval,
    sign_test,
)
from eval.runs import Result, Run
from eval.samples import UNANSWERABLE

_TABLE_KINDS = ("table", "table_compute")


@dataclass(frozen=True)
class Summary:
    """The measures of a run.

    Attributes:
        overall: Share right.
        by_kind: Share right by type of question.
        by_language: Share right by language.
        retrieval: ``R@1``, ``R@5`` and ``MRR@10`` over single-place text questions.
        judged: How many questions retrieval was judged on.
        quotes: Share of answered questions whose quotes and markers all bear checking.
        places: Share of answered answerable questions that cite every place required.
        refusals: How well it refuses.
        auroc: How well confidence tells answerable from unanswerable; ``None`` if only one kind is there.
        reliability: Mean confidence, share right and count of the answers given, by bin.
        median_seconds: Median time of an answer.
        p95_seconds: 95th percentile of it.
    """

    overall: Proportion
    by_kind: dict[str, Proportion]
    by_language: dict[str, Proportion]
    retrieval: dict[str, float]
    judged: int
    quotes: Proportion
    places: Proportion
    refusals: Refusals
    auroc: float | None
    reliability: list[tuple[float, float, int]]
    median_seconds: float
    p95_seconds: float


def _shares(results: Sequence[Result], attribute: str) -> dict[str, Proportion]:
    names = sorted({getattr(result, attribute) for result in results})
    groups = {name: [result for result in results if getattr(result, attribute) == name] for name in names}
    return {name: proportion(sum(found.right for found in group), len(group)) for name, group in groups.items()}


def single_place(result: Result) -> bool:
    """Return whether a result has exactly one group of places, all of them text."""
    return (
        len(result.refs) == 1
        and result.kind not in _TABLE_KINDS
        and not any(ref.startswith("annex") for ref in result.refs[0])
    )


def summarize(results: Sequence[Result]) -> Summary:
    """Return the measures of results."""
    answered = [result for result in results if result.answer["answered"]]
    placed = [result for result in answered if result.refs]
    judged = [result for result in results if single_place(result)]
    can = [result.kind != UNANSWERABLE for result in results]
    confidences = [float(result.answer["confidence"]) for result in results]
    return Summary(
        overall=proportion(sum(result.right for result in results), len(results)),
        by_kind=_shares(results, "kind"),
        by_language=_shares(results, "language"),
        retrieval=retrieval(
            {result.sample_id: result.refs[0] for result in judged},
            {result.sample_id: result.retrieved for result in judged},
        ),
        judged=len(judged),
        quotes=proportion(sum(result.quotes_true for result in answered), len(answered)),
        places=proportion(sum(_cites_all(result) for result in placed), len(placed)),
        refusals=refusals([not result.answer["answered"] for result in results], can),
        auroc=auroc(
            [value for value, good in zip(confidences, can, strict=True) if good],
            [value for value, good in zip(confidences, can, strict=True) if not good],
        ),
        reliability=reliability(
            [float(result.answer["confidence"]) for result in answered], [result.right for result in answered]
        ),
        median_seconds=quantile([result.seconds for result in results], 0.5),
        p95_seconds=quantile([result.seconds for result in results], 0.95),
    )


def _cites_all(result: Result) -> bool:
    cited = {citation["ref"] for citation in result.answer["citations"]}
    return all(cited & set(group) for group in result.refs)


def _row(name: str, found: Proportion) -> str:
    return f"| {name} | {found.value:.2f} | {found.low:.2f}–{found.high:.2f} | {found.n} |"


def format_summary(run: Run, summary: Summary) -> str:
    """Return a run's measures as Markdown, which also reads well in a terminal."""
    lines = [
        f"Run {run.name}, {run.created}, commit {run.provenance.get('commit')}"
        f"{' with changes' if run.provenance.get('dirty') else ''}, {run.provenance.get('embedder')}",
        "",
        "| right | share | 95 % | n |",
        "|---|---|---|---|",
        _row("all", summary.overall),
        *(_row(name, found) for name, found in summary.by_kind.items()),
        *(_row(f"language {name}", found) for name, found in summary.by_language.items()),
        "",
        "| measure | value |",
        "|---|---|",
        *(
            f"| {name} (one place, text; n {summary.judged}) | {value:.3f} |"
            for name, value in summary.retrieval.items()
        ),
        f"| answers whose quotes are true to the letter | {summary.quotes.hits} of {summary.quotes.n} |",
        f"| answers that cite every place required | {summary.places.hits} of {summary.places.n} |",
        f"| refusals: precision / recall / F1 | {summary.refusals.precision:.2f} / {summary.refusals.recall:.2f} / "
        f"{summary.refusals.f1:.2f} ({summary.refusals.refused} refused, "
        f"{summary.refusals.unanswerable} unanswerable) |",
        f"| AUROC of confidence, answerable or not | {'–' if summary.auroc is None else f'{summary.auroc:.2f}'} |",
        f"| seconds an answer, median / p95 | {summary.median_seconds:.3f} / {summary.p95_seconds:.3f} |",
        *(
            f"| confidence {mean:.2f} on average | right {share:.2f} of {count} |"
            for mean, share, count in summary.reliability
        ),
    ]
    return "\n".join(lines)


def format_failures(results: Sequence[Result]) -> str:
    """Return wrong answers one by one: what was wanted, what was said, what was retrieved."""
    blocks = []
    for result in results:
        answer = result.answer
        cited = ", ".join(citation["ref"] for citation in answer["citations"]) or "nothing"
        gold = "; ".join(" or ".join(group) for group in result.refs) or "no place"
        lines = [
            f"{result.sample_id} ({result.kind}, {result.language}): {result.question}",
            f"  wanted:    {result.note} [{gold}]",
            f"  answer:    {answer['text']} (confidence {answer['confidence']:.2f}, cites {cited})",
            f"  wrong:     {'; '.join(result.reasons)}",
            f"  retrieved: {', '.join(result.retrieved[:6])}",
        ]
        if answer["searched"] != answer["question"]:
            lines.insert(1, f"  searched:  {answer['searched']}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) or "No failures."


def format_comparison(first: Run, second: Run) -> str:
    """Return what got better and what worse from one run to another, on the questions both asked."""
    before = {result.sample_id: result for result in first.results}
    pairs = [(before[result.sample_id], result) for result in second.results if result.sample_id in before]
    better = [new for old, new in pairs if new.right and not old.right]
    worse = [new for old, new in pairs if old.right and not new.right]
    p_value = sign_test(len(better), len(worse))
    old, new = summarize([pair[0] for pair in pairs]), summarize([pair[1] for pair in pairs])
    lines = [
        f"{first.name} ({first.provenance.get('commit')}) → {second.name} ({second.provenance.get('commit')}), "
        f"{len(pairs)} questions in both",
        f"right: {old.overall.value:.3f} → {new.overall.value:.3f}; better {len(better)}, worse {len(worse)}; "
        f"McNemar exact p = {p_value:.3f}: {_verdict(p_value, len(better) - len(worse))}",
        *(
            f"  {kind}: {old.by_kind[kind].value:.2f} → {found.value:.2f} (n {found.n})"
            for kind, found in new.by_kind.items()
        ),
        *(f"{name}: {old.retrieval[name]:.3f} → {value:.3f}" for name, value in new.retrieval.items()),
        f"median seconds: {old.median_seconds:.3f} → {new.median_seconds:.3f}",
        "",
        *(f"+ {result.sample_id} {result.question}" for result in better),
        *(f"- {result.sample_id} {result.question}" for result in worse),
    ]
    missing = len(second.results) - len(pairs) + len(first.results) - len(pairs)
    if missing:
        lines.append(f"{missing} questions stand in one run only and are left out.")
    return "\n".join(lines)


def _verdict(p_value: float, difference: int) -> str:
    if not difference:
        return "no difference"
    direction = "better" if difference > 0 else "worse"
    return f"{direction}, more than chance" if p_value < 0.05 else f"{direction}, but within chance"


def to_dict(summary: Summary) -> dict[str, Any]:
    """Return the measures as JSON-ready data."""
    from dataclasses import asdict

    return asdict(summary)
