"""`dukani eval sizes`: generates, scores, prints, and compares with the bar."""

from __future__ import annotations

import typer
from rich.console import Console

from dukani.evals.bar import Bar
from dukani.evals.sizes import report
from dukani.evals.sizes.advisers import OURS
from dukani.evals.sizes.cases import cases
from dukani.evals.sizes.scoring import scored

console = Console()


def sizes(*, customers: int, seed: int, minimum: str | None) -> None:
    """Exits with 2 for a bar that is none, with 1 below the bar."""
    try:
        bar = Bar.parse(minimum) if minimum is not None else None
    except ValueError as error:
        console.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from error
    scores = scored(cases(seed, customers))
    report.show(console, scores)
    ours = scores.whole[OURS]
    if bar is not None and not bar.reached(ours.exact, ours.cases):
        console.print(f"[red]{ours.exact} of {ours.cases} is below {bar}.[/red]")
        raise typer.Exit(1)
