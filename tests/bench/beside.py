"""`python -m tests.bench.beside COMMIT`: how long a message takes here, as a ratio to that commit.

The services of both run at once, each over a database of its own, and get the same messages in
turn, so that a busy minute meets both. The commit is checked out to a folder that is removed
afterwards; it runs with the libraries installed here. Wanted of a change: ack and whole turn
within 1.25 of the commit before it.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dukani.core import loop
from dukani.core.settings import ROOT
from tests.bench.load import Load, play
from tests.bench.measures import SHOPPERS, warm_up
from tests.bench.ratios import Pairs, compare
from tests.bench.shoppers import Crowd
from tests.bench.stage import Stage
from tests.bench.tree import open_tree

console = Console(width=max(Console().width, 120))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.beside", description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--seconds", type=int, default=10, help="of each load")
    parser.add_argument("--rate", type=int, default=40, help="messages a second")
    given = parser.parse_args()
    with _checked_out(given.commit) as there:
        pairs = loop.run(_measure(there, given.pairs, rate=given.rate, seconds=given.seconds))
    console.print(_table(pairs, given.commit))


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


async def _measure(there: Path, count: int, *, rate: int, seconds: int) -> Pairs:
    async with open_tree(ROOT, _say) as ours, open_tree(there, _say) as theirs:
        pairs: list[tuple[Load, Load]] = []
        crowds = (Crowd(SHOPPERS), Crowd(SHOPPERS))
        for stage in (ours, theirs):
            await warm_up(stage)
        for number in range(count):
            _say(f"pair {number + 1} of {count}")
            pairs.append(await _pair((ours, theirs), crowds, rate=rate, seconds=seconds))
    return pairs


async def _pair(
    stages: tuple[Stage, Stage], crowds: tuple[Crowd, Crowd], *, rate: int, seconds: int
) -> tuple[Load, Load]:
    ours, theirs = [
        await play(stage, crowd, rate=rate, seconds=seconds)
        for stage, crowd in zip(stages, crowds, strict=True)
    ]
    return ours, theirs


def _say(what: str) -> None:
    console.print(f"[dim]{what}[/dim]")


def _table(pairs: Pairs, commit: str) -> Table:
    table = Table(title=f"Beside {commit}")
    for heading in ("", "here", "there", "ratio"):
        table.add_column(heading, no_wrap=True)
    for row in compare(pairs):
        table.add_row(row.name, row.ours, row.theirs, row.ratio)
    lost = [sum(load.doubled for load in side) + side[-1].lost for side in zip(*pairs, strict=True)]
    table.add_row("lost or doubled", *(str(messages) for messages in lost))
    return table


if __name__ == "__main__":
    main()
