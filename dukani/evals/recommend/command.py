"""`dukani eval recommend`: generates, scores and prints."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from statsmodels.stats.proportion import proportion_confint

from dukani.evals.recommend.scoring import SHOWN, WAYS, Scores, Tally, scored

console = Console()


def recommend(*, shoppers: int, seeds: Sequence[int]) -> None:
    for seed in seeds:
        console.print(_table(seed, scored(seed, shoppers)))


def _table(seed: int, scores: Scores) -> Table:
    table = Table(
        title=f"Seed {seed}: % of last purchases among {SHOWN} shown (95 % interval), MRR",
        title_justify="left",
    )
    table.add_column("", no_wrap=True)
    table.add_column("cases", justify="right")
    for way in WAYS:
        table.add_column(way, justify="right")
    for kind, tallies in sorted(scores.by_kind.items()):
        _add(table, kind, tallies)
    _add(table, "[bold]all[/bold]", scores.whole)
    covered = [f"{100 * len(scores.shown[way]) / scores.pieces:.0f} %" for way in WAYS]
    table.add_row("of the pieces ever shown", "", *covered)
    return table


def _add(table: Table, kind: str, tallies: dict[str, Tally]) -> None:
    cases = next(iter(tallies.values())).cases
    table.add_row(kind, str(cases), *(_figures(tally) for tally in tallies.values()))


def _figures(tally: Tally) -> str:
    low, high = proportion_confint(tally.hits, tally.cases, method="wilson")
    rate, mrr = tally.hits / tally.cases, tally.reciprocal / tally.cases
    return f"{100 * rate:.1f} ({100 * low:.0f}–{100 * high:.0f})\n{mrr:.3f}"
