"""Commands that read the report without asking: ``show``, ``audit``."""

from __future__ import annotations

import json
from typing import Any

import click

from corpus.loading import load_report
from qa.cli.format import format_place
from qa.settings import Settings


@click.command()
@click.argument("ref")
@click.pass_obj
def show(settings: Settings, ref: str) -> None:
    """Print a place of the report, such as para:14, box:5, annex:I:1."""
    document = load_report(settings.report)
    blocks = document.place(ref)
    if not blocks:
        places = list(dict.fromkeys(block.ref.split(":")[0] for block in document.blocks))
        raise click.ClickException(f"there is no place {ref!r} in this report; places begin with: {', '.join(places)}")
    click.echo(format_place(blocks))


@click.command()
@click.option("--conflicts", "only_conflicts", is_flag=True, help="Print figures that disagree, side by side.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def audit(settings: Settings, only_conflicts: bool, as_json: bool) -> None:
    """Print what the parser found and every figure whose arithmetic does not hold."""
    from corpus.audit import audit_structure, audit_tables, format_audit
    from corpus.conflicts import find_conflicts, format_conflicts

    document = load_report(settings.report)
    if only_conflicts:
        conflicts, findings = find_conflicts(document), audit_tables(document)
        found: dict[str, Any] = {
            "pairs": [conflict.to_dict() for conflict in conflicts],
            "tables": [finding.to_dict() for finding in findings],
        }
        click.echo(
            json.dumps(found, ensure_ascii=False, indent=2) if as_json else format_conflicts(conflicts, findings)
        )
        return
    structure, findings = audit_structure(document), audit_tables(document)
    if as_json:
        data = {"structure": structure.to_dict(), "findings": [finding.to_dict() for finding in findings]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(format_audit(structure, findings))
