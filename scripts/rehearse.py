"""Rehearses docs/runbook.md: causes each trouble, sees its alert ring, does what is written.

python -m scripts.rehearse [chapter …]

An installation of its own is served (API, worker, database, and the sandbox as the outside world).
The commands are the runbook's own, word for word; whether an alert rings is promtool's word. The
exit code is 1 if a chapter does not hold, and 2 where there is no promtool.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.rehearsal.alarm import PROMTOOL
from tests.rehearsal.whole import TROUBLES, Line, rehearse


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    titles = [trouble.title for trouble in TROUBLES]
    parser.add_argument("chapter", nargs="*", metavar="chapter", help=", ".join(titles))
    wanted = parser.parse_args().chapter or titles
    if unknown := set(wanted) - set(titles):
        parser.error(f"no such chapter: {', '.join(sorted(unknown))}")
    console = Console()
    if PROMTOOL is None:
        console.print("promtool is not on this machine: it comes with Prometheus.")
        return 2
    with tempfile.TemporaryDirectory(prefix="dukani-rehearsal-") as folder:
        troubles = [trouble for trouble in TROUBLES if trouble.title in wanted]
        lines = asyncio.run(rehearse(Path(folder), troubles, console=console))
    console.print(table_of(lines))
    return 0 if all(line.why_not is None for line in lines) else 1


def table_of(lines: Sequence[Line]) -> Table:
    table = Table("Chapter", "Rang, and is quiet", "Commands", "Seconds", "")
    for line in lines:
        held = "holds" if line.why_not is None else f"[red]{line.why_not}"
        rang = ", ".join(line.rang) or "nothing: people call"
        table.add_row(line.title, rang, str(line.commands), f"{line.seconds:.0f}", held)
    return table


if __name__ == "__main__":
    sys.exit(main())
