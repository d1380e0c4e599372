"""`dukani bench load`: plays each number of shoppers, asks the audit, and prints both."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import typer
from rich.console import Console

from dukani.bench import report
from dukani.bench.crowd import Crowd
from dukani.bench.figures import Step
from dukani.bench.machine import Machine, watched
from dukani.bench.options import SHORTEST_PAUSE_S, Options
from dukani.bench.stage import Stage, open_stage
from dukani.core import loop
from dukani.core.audit.check import Report
from dukani.core.audit.running import audit
from dukani.core.errors import DukaniError
from dukani.core.observability.logs import set_up_logging
from dukani.serving import stopping_cleanly

WARMING_UP = 4  # shoppers in a hurry before anything is measured
console = Console(width=max(Console().width, 120))

Say = Callable[[str], None]


def load(options: Options) -> None:
    """Exits with 1 where a story did not end paid, or where the audit finds something."""
    set_up_logging(level="ERROR", as_json=False)
    try:
        with stopping_cleanly():
            steps, audited = loop.run(measure(options, _say))
    except DukaniError as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error
    report.show(console, steps, audited)
    if not audited.is_clean or any(step.failures for step in steps):
        raise typer.Exit(1)


async def measure(options: Options, say: Say) -> tuple[list[Step], Report]:
    """A step for each number of shoppers, and what the audit finds after the last."""
    say("starting the database, the shops, the API and the workers …")
    async with open_stage(options) as stage:
        crowd = Crowd(stage.outside, stage.shops, seed=options.seed)
        await crowd.draw_photos()
        say(f"warming up with {WARMING_UP} shoppers …")
        hurry = replace(options, minutes=1, stories=WARMING_UP, pause_s=SHORTEST_PAUSE_S)
        await crowd.play(Step(WARMING_UP), hurry)
        steps = []
        for shoppers in options.shoppers:
            say(f"{shoppers} shoppers (load of the machine {os.getloadavg()[0]:.1f}) …")
            steps.append(await _step(stage, crowd, shoppers, options))
        return steps, await audit(stage.services.database, still=timedelta(minutes=5))


async def _step(stage: Stage, crowd: Crowd, shoppers: int, options: Options) -> Step:
    step = Step(shoppers)
    machine = Machine(stage.processes, stage.database_folder)
    async with watched(step, machine, stage.services.database):
        await crowd.play(step, options)
    return step


def _say(what: str) -> None:
    console.print(f"[dim]{what}[/dim]")
