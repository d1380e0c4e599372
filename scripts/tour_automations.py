"""Takes what happens in a shop to messages and sales, and prints whether each step is true.

python -m scripts.tour_automations

It has a throw-away database with the demo's shops, and the sandbox beside it. Shoppers look, leave
their carts, agree, are written to by WhatsApp or SMS, buy, stop, and are forgotten; each step is
looked for in the database, on the stream that open pages listen to, and in what the pages show.
Hours pass by moving rows into the past. The exit code is 1 if a line of the table does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from dukani.core.settings import GivenSettings
from dukani.running import running_database
from tests.integration.killing.automation_tour.tour import tour
from tests.integration.killing.tour_lines import Line


def table_of(lines: Sequence[Line]) -> Table:
    table = Table(Column(no_wrap=True), "Wanted", "Found", "")
    for line in lines:
        table.add_row(line.what, line.wanted, line.found, "" if line.holds else "[red]✗")
    return table


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="dukani-tour-") as folder:
        own = GivenSettings(environment="test", data_dir=Path(folder))
        with running_database(own) as database:
            lines = asyncio.run(tour(Path(folder), database.url, console=console))
    console.print(table_of(lines))
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
