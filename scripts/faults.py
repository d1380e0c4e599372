"""Lets everything go wrong at random during sales and a campaign, and audits what is left.

python -m scripts.faults [--sales 1000] [--recipients 2000] [--minutes 30] [--seed N] [--namespaces]

Two APIs (behind PgBouncer in transaction mode, where one is installed), three workers and their own
database are killed again and again, workers are cut off from the database, and the sandbox's
providers are late, double, lose and reorder what they send. Then `dukani audit` looks at the rest.
With `--namespaces` each worker is in a network namespace, as on a host of its own, and a cut loses
what is sent meanwhile; that needs Linux and root. The exit code is 1 if a line of the table does
not hold; the same seed makes the same plan.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.integration.killing.faults.hosts import missing
from tests.integration.killing.faults.whole import Size, storm
from tests.integration.killing.tour_lines import table_of


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sales", type=int, default=1000)
    parser.add_argument("--recipients", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--at-once", type=int, default=12, help="buyers at the same time")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--namespaces", action="store_true", help="workers as hosts of their own")
    given = parser.parse_args()
    console = Console()
    if given.namespaces and (why := missing()) is not None:
        parser.error(why)
    size = Size(given.sales, given.recipients, given.minutes, given.at_once, given.namespaces)
    with tempfile.TemporaryDirectory(prefix="dukani-faults-") as folder:
        outcome = asyncio.run(
            storm(
                Path(folder),
                size,
                seed_of=given.seed,
                console=console,
            )
        )
    console.print(table_of(outcome.lines))
    for finding in outcome.report.findings:
        console.print(f"{finding.check}, {finding.boutique}: {finding.says}", markup=False)
        for row in finding.rows:
            console.print(f"  {dict(row)}", markup=False, highlight=False)
    for phone, told in outcome.paid_twice.items():
        console.print(f"{phone} paid twice:\n{told}", markup=False, highlight=False)
    return 0 if all(line.holds for line in outcome.lines) else 1


if __name__ == "__main__":
    sys.exit(main())
