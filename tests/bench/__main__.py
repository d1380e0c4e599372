"""`make bench`: what the whole service costs, beside the floor of trivial nodes.

`python -m tests.bench [steady] [burst] [minds] [photo] [rows] [memory] [metrics] [--seconds N]
[--rounds N]`,
and `api`, `audience`, `campaigns`, `wallet`, `pieces_file`, `rules`, `streams`, `search`,
`vectors`, `plans`, `growth`, `audit` by themselves: see their files
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from dukani.core import loop
from tests.bench import (
    api,
    audience,
    audit,
    campaigns,
    growth,
    measures,
    pieces_file,
    plans,
    rules,
    search,
    streams,
    vectors,
    wallet,
)
from tests.bench.figures import Figure
from tests.bench.measures import Options
from tests.bench.stage import open_stage

MEASURES = {
    "steady": measures.steady,
    "burst": measures.burst,
    "minds": measures.minds,
    "photo": measures.photo,
    "rows": measures.rows,
    "memory": measures.memory,
    "metrics": measures.metrics,
}
WIDTH = 176  # a table in a log is read as well
console = Console(width=max(Console().width, WIDTH))

# On databases of their own, and only when named.
APART: dict[str, Callable[[Options], None]] = {
    "api": lambda _options: api.main(console),
    "streams": lambda _options: streams.main(console),
    "audience": lambda _options: audience.main(console),
    "campaigns": lambda _options: campaigns.main(console),
    "wallet": lambda _options: wallet.main(console),
    "pieces_file": lambda _options: pieces_file.main(console),
    "rules": lambda _options: rules.main(console),
    "search": lambda _options: search.main(console),
    "vectors": lambda _options: vectors.main(console),
    "audit": lambda _options: audit.main(console),
    "growth": lambda options: growth.main(
        console, options.axes or tuple(growth.AXES), largest=options.largest
    ),
    "plans": lambda options: loop.run(plans.measure(options, console)),
}


def main() -> None:
    usual = Options()
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    known = f"of {', '.join(MEASURES)}; none: all of these; or of {', '.join(APART)}"
    parser.add_argument("names", nargs="*", help=known)
    parser.add_argument("--seconds", type=int, default=usual.seconds, help="of each steady load")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="of steady loads")
    parser.add_argument("--turns", type=int, default=usual.turns, help="of the memory")
    parser.add_argument("--rate", type=int, default=usual.rate, help="messages a second")
    parser.add_argument("--largest", type=int, default=usual.largest, help="size of growth")
    parser.add_argument(
        "--axis", action="append", choices=list(growth.AXES), help="of growth; none: all"
    )
    given = parser.parse_args()
    options = Options(
        given.seconds, given.rounds, given.turns, given.rate, given.largest, tuple(given.axis or ())
    )
    if set(given.names) <= set(APART) and given.names:
        for name in given.names:
            APART[name](options)
        return
    unknown = set(given.names) - set(MEASURES)
    if unknown:
        parser.error(f"no measurement called {', '.join(sorted(unknown))}")
    # The load shares the two cores with what it measures: it must cost little.
    loop.run(_measure(given.names or list(MEASURES), options))


async def _measure(names: list[str], options: Options) -> None:
    figures: list[Figure] = []
    async with open_stage(_say) as stage:
        await measures.warm_up(stage)
        for name in names:
            _say(f"{name} (load {os.getloadavg()[0]:.1f})")
            figures += await MEASURES[name](stage, options, _say)
            stage.outside.forget()
    console.print(_table(figures))


def _say(what: str) -> None:
    console.print(f"[dim]{what}[/dim]")


def _table(figures: list[Figure]) -> Table:
    table = Table(title="The real graph and tools, API and worker apart")
    for heading in ("", "measured", "floor: trivial nodes", "ratio", "wanted"):
        table.add_column(heading, no_wrap=True)
    for figure in figures:
        table.add_row(figure.name, figure.value, figure.floor, figure.ratio, figure.wanted)
    return table


if __name__ == "__main__":
    main()
