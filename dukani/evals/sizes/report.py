"""Prints the figures of the sizes: each kind of case, and how far confidence can be trusted."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from dukani.evals.sizes.advisers import ADVISERS
from dukani.evals.sizes.scoring import Scores, Tally


def show(console: Console, scores: Scores) -> None:
    console.print(_by_kind(scores))
    console.print(_by_confidence(scores))


def _by_kind(scores: Scores) -> Table:
    table = Table(title="Sizes: % exact, % within one size, % silent", title_justify="left")
    table.add_column("", no_wrap=True)
    table.add_column("cases", justify="right")
    for name in ADVISERS:
        table.add_column(name, justify="right")
    for kind, tallies in scores.by_kind.items():
        _add(table, kind, tallies)
    _add(table, "[bold]all[/bold]", scores.whole)
    return table


def _add(table: Table, kind: str, tallies: dict[str, Tally]) -> None:
    cases = next(iter(tallies.values())).cases
    table.add_row(kind, str(cases), *(_figures(tally) for tally in tallies.values()))


def _figures(tally: Tally) -> str:
    parts = (tally.exact, tally.near, tally.silent)
    return " ".join(f"{100 * part / tally.cases:3.0f}" for part in parts)


def _by_confidence(scores: Scores) -> Table:
    table = Table(title="Our advice by its confidence", title_justify="left")
    for name in ("", "cases", "exact", "within one"):
        table.add_column(name, justify="right")
    for name in ("high", "medium", "low"):
        tally = scores.by_confidence.get(name)
        if tally:
            exact, near = (100 * part / tally.cases for part in (tally.exact, tally.near))
            table.add_row(name, str(tally.cases), f"{exact:.0f}%", f"{near:.0f}%")
    return table
