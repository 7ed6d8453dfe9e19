"""The invented reports and their questions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.loading import load_report
from corpus.text import plain
from eval.invented import (
    PARTS,
    everyday_questions_of,
    format_invented,
    invented_reports,
    near_twins_of,
    questions_of,
    run_invented,
    translated_questions_of,
    trap_kind,
)
from eval.samples import UNANSWERABLE
from eval.scoring import normalized
from qa.settings import Settings

ALL = [report for part in PARTS for report in invented_reports(part)]


def test_invented_reports_parts_share_no_report() -> None:
    assert len({report.name for report in ALL}) == len(ALL) > 0


@pytest.mark.parametrize("report", ALL, ids=lambda path: path.name)
def test_questions_of_gold_answers_stand_in_the_places_they_cite(report: Path) -> None:
    document = load_report(report)
    texts = {block.ref: normalized(plain(block.text)) for block in document.blocks}
    samples = questions_of(report)
    twins = Counter(sample.answerable for sample in near_twins_of(report))
    everyday = Counter(sample.answerable for sample in everyday_questions_of(report))
    # Of thirty paragraphs near twins and, but for encyclopedias, everyday questions; of 24 everyday questions alone.
    assert (twins, everyday) in (
        ({True: 150, False: 90}, {}),
        ({True: 150, False: 90}, {True: 60, False: 60}),
        ({}, {True: 72, False: 72}),
    )
    for sample in samples:
        if sample.answerable:
            (refs,) = sample.refs
            assert all(any(normalized(must[0]) in texts[ref] for ref in refs) for must in sample.must), sample.sample_id
        else:
            assert trap_kind(sample.note)


def test_translated_questions_of_are_the_english_ones_in_another_language() -> None:
    translated = {report: translated_questions_of(report) for report in ALL}
    assert {one.language for found in translated.values() for one in found} == {"fr", "es"}
    for report, found in translated.items():
        english = {sample.sample_id: sample for sample in questions_of(report)}
        for sample in found:
            own = english[sample.sample_id.removesuffix(f"-{sample.language}")]
            assert (sample.must, sample.refs, sample.note) == (own.must, own.refs, own.note)
            assert sample.question != own.question


def test_run_invented_asks_each_report_its_own_questions() -> None:
    run = run_invented("checking", Settings(embedder="hash"), "small", limit=3)
    reports = invented_reports("checking")
    assert len(run.results) == 3 * len(reports)
    assert len(run.provenance["reports"]) == len(reports)
    shown = format_invented(run)
    trap = next(result for result in run.results if result.kind == UNANSWERABLE)
    assert f"| {trap_kind(trap.note)} |" in shown
