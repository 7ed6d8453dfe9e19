"""Commands that look after the installation: ``index``, ``doctor``."""

from __future__ import annotations

import sys
import time

import click

from qa.settings import Settings


@click.command()
@click.option("--rebuild", is_flag=True, help="Build it again even if it fits.")
@click.pass_obj
def index(settings: Settings, rebuild: bool) -> None:
    """Build the report's index, or say that it is there."""
    from corpus.loading import load_report
    from index.embedders import open_embedder
    from index.store import build_index, index_folder, open_or_build

    document = load_report(settings.report)
    embedder = open_embedder(settings.embedder)
    folder = index_folder(document.doc_id, embedder.name, settings.data)
    started = time.perf_counter()
    make = build_index if rebuild else open_or_build
    made = make(document, embedder, folder, show_progress=sys.stderr.isatty())
    seconds = time.perf_counter() - started
    click.echo(
        f"{document.doc_id}: {len(made.passages)} passages and {len(made.sentence_rows)} sentences, "
        f"{embedder.name}, {'in ' + str(folder) if folder.is_dir() else 'as shipped'} ({seconds:.1f} s)"
    )


@click.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check the installation; exit status 1 if something needs mending."""
    from qa.doctor import examine

    checks = examine(settings)
    width = max(len(check.name) for check in checks)
    for check in checks:
        click.echo(f"{'ok ' if check.good else 'BAD'}  {check.name:<{width}}  {check.state}")
        if check.remedy and not check.good:
            click.echo(f"     {'':<{width}}  → {check.remedy}")
    if not all(check.good for check in checks):
        raise SystemExit(1)
