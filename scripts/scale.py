"""Prints how many turns a second one, two and three workers handle, as a ratio to one.

python -m scripts.scale [--turns 300]

Two APIs and the workers are processes over one database of their own; the messages wait before the
workers are started. Then `dukani audit` says whether any conversation was handled twice at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.integration.killing.faults.scaling import steps


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=300)
    given = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="dukani-scale-") as folder:
        found, report = asyncio.run(steps(Path(folder), turns=given.turns, up_to=(1, 2, 3)))
    table = Table("workers", "turns", "a second", "ratio to one", "CPU ms a turn", "connections")
    for step in found:
        ratio = step.per_second / found[0].per_second
        table.add_row(
            str(step.workers), str(step.turns), f"{step.per_second:.1f}", f"{ratio:.2f}",
            f"{step.cpu_ms:.1f}", str(step.connections),
        )  # fmt: skip
    console.print(table)
    console.print(f"{os.cpu_count()} cores; findings of the audit: {len(report.findings)}")
    for finding in report.findings:
        console.print(f"{finding.check}, {finding.boutique}: {finding.rows}", markup=False)
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
