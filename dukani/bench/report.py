"""Prints what came of a load."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dukani.bench.figures import AIMED_AT, AIMS, KINDS, Aim, Step, percentile
from dukani.core.audit.check import Report

MOST_REASONS = 8
SLICES = 10  # of the time, for the queue


def show(console: Console, steps: Sequence[Step], audited: Report) -> None:
    console.print(_times(steps))
    console.print(_processors(steps))
    console.print(_queue(steps))
    for step in steps:
        for reason, times in step.failures.most_common(MOST_REASONS):
            console.print(f"{step.shoppers} shoppers, {times} times: {escape(reason)}")
    for step in steps:
        if step.shoppers == AIMED_AT:
            for aim in AIMS:
                console.print(verdict(aim, step))
    console.print(f"dukani audit: {len(audited.findings)} findings in {audited.boutiques} shops")
    for finding in audited.findings:
        console.print(f"  {finding.check}, {finding.boutique}: {finding.rows}", markup=False)
    for unanswered in audited.unanswered:
        console.print(f"  not answered: {unanswered}", markup=False)


def verdict(aim: Aim, step: Step) -> str:
    met = aim.met(step)
    if met is None:
        return f"{aim.kind}: no turn"
    found_s = percentile(step.of(aim.kind), 0.95)
    said = "met" if met else "missed"
    return (
        f"p95 of {aim.kind} at {AIMED_AT} shoppers: {found_s:.2f} s, aim {aim.within_s:g}: {said}"
    )


def _times(steps: Sequence[Step]) -> Table:
    table = Table(title="From a shopper's message to the reply, in seconds")
    headings = ("shoppers", "stories begun", "paid", "turn", "turns", "a second", "p50", "p95",
                "p99", "most")  # fmt: skip
    for heading in headings:
        table.add_column(heading, justify="right")
    for step in steps:
        for kind in KINDS:
            values = step.of(kind)
            first = kind == KINDS[0]
            table.add_row(
                f"{step.shoppers:,}" if first else "",
                f"{step.begun:,}" if first else "",
                f"{step.paid:,}" if first else "",
                kind,
                f"{len(values):,}",
                f"{step.turns_per_s:.1f}" if first else "",
                *(_s(percentile(values, share)) for share in (0.5, 0.95, 0.99, 1.0)),
            )
    return table


def _processors(steps: Sequence[Step]) -> Table:
    table = Table(title="Processor time of a turn in ms, and processors used on average")
    table.add_column("")
    for step in steps:
        table.add_column(f"{step.shoppers:,} shoppers", justify="right")
    for name in steps[0].used_s if steps else ():
        cells = [
            f"{step.ms_per_turn.get(name, 0):.1f} ms  {step.cores.get(name, 0):.2f}"
            for step in steps
        ]
        table.add_row(name, *cells)
    return table


def _queue(steps: Sequence[Step]) -> Table:
    table = Table(title="The queue over time: most jobs due, running, and the oldest's seconds")
    table.add_column("of the time", justify="right")
    for step in steps:
        table.add_column(f"{step.shoppers:,} shoppers", justify="right")
    for part in range(SLICES):
        cells = [_depth(step, part) for step in steps]
        table.add_row(f"{100 * (part + 1) // SLICES}%", *cells)
    return table


def _depth(step: Step, part: int) -> str:
    looked = len(step.depths)
    depths = step.depths[looked * part // SLICES : looked * (part + 1) // SLICES]
    if not depths:
        return "–"
    waiting = max(depth.waiting for depth in depths)
    doing = max(depth.doing for depth in depths)
    return f"{waiting}  {doing}  {max(depth.oldest_s for depth in depths):.1f}"


def _s(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
