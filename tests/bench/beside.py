"""`python -m tests.bench.beside COMMIT`: what a message costs here, as a ratio to that commit.

Both play the same load in turn, this one first, so that a busy minute meets both. The commit is
checked out to a folder that is removed afterwards; it runs with the libraries installed here.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dukani.core.settings import ROOT

COSTS = re.compile(r"(API|worker|PostgreSQL) (\d+\.\d+)")
Costs = dict[str, float]  # processor ms a message, by process


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.beside", description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--rate", type=int, default=40, help="messages a second")
    given = parser.parse_args()
    load = ["steady", "--seconds", str(given.seconds), "--rate", str(given.rate)]
    with _checked_out(given.commit) as there:
        pairs = [(_costs(ROOT, load), _costs(there, load)) for _ in range(given.pairs)]
    Console().print(_table(pairs, given.commit))


@contextmanager
def _checked_out(commit: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="dukani-beside-") as folder:
        there = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(there), commit], check=True)
        try:
            yield there
        finally:
            subprocess.run([*git, "remove", "--force", str(there)], check=True)


def _costs(tree: Path, load: list[str]) -> Costs:
    """Raises CalledProcessError when the bench itself fails."""
    command = [sys.executable, "-m", "tests.bench", *load]
    done = subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True)
    line = next(x for x in done.stdout.splitlines() if "processor ms a message" in x)
    return {process: float(ms) for process, ms in COSTS.findall(line)}


def _table(pairs: list[tuple[Costs, Costs]], commit: str) -> Table:
    table = Table(title=f"Processor ms a message, beside {commit}")
    for heading in ("", "here", "there", "ratio"):
        table.add_column(heading)
    for process in (*pairs[0][0], "all"):
        both = [(_of(here, process), _of(there, process)) for here, there in pairs]
        here, there = (statistics.median(costs) for costs in zip(*both, strict=True))
        ratio = statistics.median(a / b for a, b in both)
        table.add_row(process, f"{here:.1f}", f"{there:.1f}", f"{ratio:.2f}")
    return table


def _of(costs: Costs, process: str) -> float:
    return sum(costs.values()) if process == "all" else costs[process]


if __name__ == "__main__":
    main()
