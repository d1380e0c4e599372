"""Prints how many turns a second one, two and three workers handle, and what a sale costs.

python -m scripts.scale [--turns 300] [--shops 24] [--workers 1 2 3] [--pool 5] [--pictures]
python -m scripts.scale --cost [--sales 100]

Two APIs and the workers are processes over one database of their own; the messages wait before the
workers are started. Then `dukani audit` says whether any conversation was handled twice at once.
With `--cost`, people buy by chat from one API and one worker: the turns, messages, processor time,
rows and bytes of one sale are what `docs/scaling.md` counts with.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.integration.killing.faults.costs import cost_of_a_sale
from tests.integration.killing.faults.scaling import Step, steps

LARGEST = 12  # tables


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--shops", type=int, default=24)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--pictures", action="store_true", help="replies carry one each")
    parser.add_argument("--pool", type=int, default=5, help="connections of each worker")
    parser.add_argument("--cost", action="store_true")
    parser.add_argument("--sales", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dukani-scale-") as folder:
        if given.cost:
            return _print_cost(Path(folder), given.sales)
        return _print_steps(Path(folder), given)


def _print_steps(folder: Path, given: argparse.Namespace) -> int:
    found, report = asyncio.run(
        steps(
            folder,
            turns=given.turns,
            shops=given.shops,
            up_to=given.workers,
            pool=given.pool,
            pictures=given.pictures,
        )
    )
    console = Console()
    console.print(f"{given.turns} turns in {given.shops} boutiques")
    console.print(_table(found))
    console.print(f"{os.cpu_count()} cores; findings of the audit: {len(report.findings)}")
    for finding in report.findings:
        console.print(f"{finding.check}, {finding.boutique}: {finding.rows}", markup=False)
    return 0 if report.is_clean else 1


def _print_cost(folder: Path, sales: int) -> int:
    cost = asyncio.run(cost_of_a_sale(folder, sales=sales, before=max(20, sales // 4)))
    table = Table("of one sale", f"mean of {cost.sales}")
    for what, n in cost.counts.items():
        table.add_row(what, f"{n:.1f}")
    for part, ms in cost.cpu_ms.items():
        table.add_row(f"CPU ms, {part}", f"{ms:.0f}")
    table.add_row("bytes", f"{sum(cost.bytes.values()):,.0f}")
    for name, size in list(cost.bytes.items())[:LARGEST]:
        table.add_row(f"  {name}", f"{size:,.0f}")
    Console().print(table)
    return 0


def _table(found: Sequence[Step]) -> Table:
    table = Table("workers", *(str(step.workers) for step in found))
    table.add_row("turns a second", *(f"{step.per_second:.1f}" for step in found))
    table.add_row("ratio", *(f"{step.per_second / found[0].per_second:.2f}" for step in found))
    for part in found[0].cpu_ms:
        table.add_row(f"CPU ms of a turn, {part}", *(f"{s.cpu_ms[part]:.1f}" for s in found))
    table.add_row("processors busy, all work", *(f"{step.busy:.2f}" for step in found))
    table.add_row("a worker's loop ran", *(f"{step.running:.0%}" for step in found))
    table.add_row("  waited for a processor", *(f"{step.queued:.0%}" for step in found))
    table.add_row("turns in hand", *(f"{step.turning:.1f}" for step in found))
    table.add_row("deliveries in hand", *(f"{step.sending:.1f}" for step in found))
    table.add_row("server connections", *(str(step.connections) for step in found))
    return table


if __name__ == "__main__":
    sys.exit(main())
