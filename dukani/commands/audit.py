"""`dukani audit`: 0 nothing found, 1 an invariant is broken, 2 a check was not answered."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta

import typer

from dukani.commands.frame import console, errors, read_settings, with_services
from dukani.core.audit.check import Finding, Report
from dukani.core.audit.running import audit as run_audit
from dukani.core.services import Services
from dukani.running import with_demo_key


def audit(*, slug: str, as_json: bool, still_min: float, within_s: float) -> None:
    reports: list[Report] = []

    async def work(services: Services) -> None:
        still = timedelta(minutes=still_min)
        reports.append(
            await run_audit(services.database, slug=slug, still=still, within_s=within_s)
        )

    with_services(with_demo_key(read_settings(quiet=True)), work)
    report = reports[0]
    if slug and not report.boutiques:
        errors.print(f"No boutique is called {slug!r}: see `dukani boutique list`.", markup=False)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(asdict(report), default=str))
    else:
        _print(report)
    if report.findings:
        raise typer.Exit(1)
    if report.unanswered:
        raise typer.Exit(2)


def _print(report: Report) -> None:
    for finding in report.findings:
        _print_finding(finding)
    for one in report.unanswered:
        where = one.boutique or "the installation"
        console.print(f"? {one.check}, {where}: no answer ({one.why})", style="yellow")
    console.print(
        f"{report.checks} checks of {report.boutiques} boutiques:"
        f" {len(report.findings)} broken, {len(report.unanswered)} without an answer."
    )


def _print_finding(finding: Finding) -> None:
    where = finding.boutique or "the installation"
    console.print(f"✗ {finding.check}, {where}", style="red", markup=False)
    console.print(f"  {finding.says}", markup=False)
    for row in finding.rows:
        told = ", ".join(f"{name} {value}" for name, value in row.items() if name != "id")
        console.print(f"  {finding.table} {row['id']}: {told}", markup=False, soft_wrap=True)
    if finding.more:
        console.print("  … and more")
    console.print(f"  {finding.remedy}", style="dim", markup=False)
