"""Takes a campaign from its schedule to a sale, and prints whether everything adds up.

python -m scripts.tour_campaign [--customers 1000]

It has a throw-away database, and the sandbox beside it. The worker is killed three times while it
sends, and five statuses are lost; then a customer answers "3" on her phone and buys that piece. The
exit code is 1 if a line of the table does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from dukani.core.settings import GivenSettings
from dukani.running import running_database
from tests.integration.killing.campaign_tour import tour
from tests.integration.killing.tour_lines import table_of


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1000)
    given = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="dukani-tour-") as folder:
        own = GivenSettings(environment="test", data_dir=Path(folder))
        with running_database(own) as database:
            lines = asyncio.run(
                tour(Path(folder), database.url, customers=given.customers, console=console)
            )
    console.print(table_of(lines))
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
