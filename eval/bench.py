"""Times and memory on this machine: a script that reports, not a test."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.measures import quantile
from eval.samples import load_samples, shipped_sets

_MEGABYTE = 1024.0
_COLD = """
import json, resource, sys, time
started = time.perf_counter()
from qa import Assistant
assistant = Assistant.open()
answer = assistant.ask("How many people were reached?")
print(json.dumps({"seconds": time.perf_counter() - started, "torch": "torch" in sys.modules,
                  "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


@dataclass(frozen=True)
class Bench:
    """What was measured.

    Attributes:
        build_seconds: Building the index of the report, the model loaded.
        load_seconds: Loading and verifying the saved index, median.
        cold_seconds: From a fresh process's first import to its first answer, median; Python's own start is outside.
        warm_median_seconds: Median of an answer in a running process.
        warm_p95_seconds: 95th percentile of it.
        memory_megabytes: Peak memory of a process that answered one question.
        torch_imported: Whether torch was imported on the way to the first answer.
        questions: How many questions the warm figures are over.
        processes: How many fresh processes the cold figure is over.
    """

    build_seconds: float
    load_seconds: float
    cold_seconds: float
    warm_median_seconds: float
    warm_p95_seconds: float
    memory_megabytes: float
    torch_imported: bool
    questions: int
    processes: int


def measure(processes: int = 5) -> Bench:
    """Return the measurements; takes about two minutes, most of it building an index in a temporary folder."""
    from corpus.loading import load_report
    from index.embedders import open_embedder
    from index.store import build_index, load_index
    from qa import Assistant

    document, embedder = load_report(), open_embedder("auto")
    embedder.embed_queries(["warm up"])
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        build_index(document, embedder, Path(folder) / "index", show_progress=sys.stderr.isatty())
        build = time.perf_counter() - started
        loads = []
        for _ in range(processes):
            started = time.perf_counter()
            load_index(Path(folder) / "index", document, embedder)
            loads.append(time.perf_counter() - started)
    assistant = Assistant.open()
    samples = load_samples(shipped_sets())
    assistant.ask(samples[0].question)
    warm = [assistant.ask(sample.question, history=sample.history).seconds for sample in samples]
    cold = [_cold() for _ in range(processes)]
    return Bench(
        build_seconds=build,
        load_seconds=quantile(loads, 0.5),
        cold_seconds=quantile([float(found["seconds"]) for found in cold], 0.5),
        warm_median_seconds=quantile(warm, 0.5),
        warm_p95_seconds=quantile(warm, 0.95),
        memory_megabytes=max(float(found["memory"]) for found in cold) / _MEGABYTE,
        torch_imported=any(bool(found["torch"]) for found in cold),
        questions=len(samples),
        processes=processes,
    )


def _cold() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", _COLD], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def format_bench(found: Bench) -> str:
    """Return the measurements as Markdown."""
    return "\n".join(
        [
            "| measured | value |",
            "|---|---|",
            f"| index build | {found.build_seconds:.1f} s |",
            f"| index load, verified (median of {found.processes}) | {found.load_seconds:.2f} s |",
            f"| first answer of a fresh process (median of {found.processes}) | {found.cold_seconds:.2f} s |",
            f"| warm answer, median / p95 of {found.questions} | {1000 * found.warm_median_seconds:.0f} / "
            f"{1000 * found.warm_p95_seconds:.0f} ms |",
            f"| peak memory, one answer | {found.memory_megabytes:.0f} MB |",
            f"| torch imported | {'yes' if found.torch_imported else 'no'} |",
        ]
    )


def bench_dict(found: Bench) -> dict[str, object]:
    """Return the measurements as JSON-ready data."""
    return asdict(found)
