"""`python -m tests.bench growth [--axis NAME] [--largest N]`: what a turn costs as all grows.

Along each axis one thing grows from a database to the next; the same turns are played in all of
them in turn, so that a busy minute weighs on all. Time is told as a ratio to the smallest size,
rows and pages as the server counted them, and the plans by which each grown table is read.
"""

from __future__ import annotations

import asyncio
import logging
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import structlog
from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.bench.explaining import Access, explaining, told_plans
from tests.bench.growth_fit import growth_of
from tests.bench.growth_shop import (
    KINDS,
    POOL_SIZE,
    Shop,
    Size,
    Touched,
    analyze,
    grow,
    open_shop,
    seed,
)
from tests.wiring import some_services

SEED = "seed"
# Which of a table's rows are grown: more than the smallest size has, by this much.
GROWN = 5


@dataclass(frozen=True, slots=True)
class Rounds:
    """How many speak, each all kinds of turns; one more is listened to for the plans."""

    warm: int = 5
    timed: int = 10
    counted: int = 2

    @property
    def speakers(self) -> int:
        return self.warm + self.timed + self.counted + 1


ROUNDS = Rounds()


@dataclass(frozen=True, slots=True)
class Axis:
    name: str
    sizes: Sequence[tuple[int, Size]]

    def up_to(self, largest: int) -> Axis:
        return Axis(self.name, [one for one in self.sizes if one[0] <= largest])


def _axis(name: str, what: str, numbers: Sequence[int], **fixed: int) -> Axis:
    return Axis(name, [(n, Size(**{what: n, **fixed})) for n in numbers])


AXES = {
    "messages": _axis("messages of a talk", "messages", (10, 100, 1_000, 10_000)),
    "customers": _axis(
        "customers of one boutique", "customers", (1_000, 10_000, 100_000, 1_000_000)
    ),
    "boutiques": _axis("boutiques, of 100 pieces and 100 customers", "boutiques",
                       (1, 10, 100, 1_000)),
    "pieces": Axis(
        "pieces in all, 1,000 of each boutique",
        [(n * 1_000, Size(boutiques=n, products=1_000)) for n in (1, 10, 100, 1_000)],
    ),
    "one_shop": _axis("pieces of one boutique", "products", (100, 1_000, 10_000, 100_000)),
}  # fmt: skip


@dataclass
class Seen:
    """What the turns of one size cost."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    touched: dict[str, Touched] = field(default_factory=dict)  # a message of the kind
    server_ms: float = 0.0  # a turn
    plans: dict[str, set[Access]] = field(default_factory=dict)
    rows_there: dict[str, int] = field(default_factory=dict)

    def median_ms(self, kind: str) -> float:
        return 1000 * statistics.median(self.seconds[kind])

    def rows(self, kind: str) -> float:
        return self.touched[kind].rows.total()

    def pages(self, kind: str) -> float:
        return self.touched[kind].pages.total()


def main(console: Console, names: Sequence[str] = tuple(AXES), *, largest: int = 1_000_000) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with explaining():
        loop.run(measured(console, [AXES[name].up_to(largest) for name in names]))


async def measured(console: Console, axes: Sequence[Axis]) -> None:
    key = new_key()
    with tempfile.TemporaryDirectory(prefix="dukani-growth-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        _forget_durability(server)
        try:
            boutique_id = await seeded(server, Path(folder), key)
            for axis in axes:
                async with _grown(server, axis, boutique_id, Path(folder), key, console) as shops:
                    seen = await played(shops)
                _print(console, axis, seen)
        finally:
            server.stop()


async def seeded(server: EmbeddedServer, folder: Path, key: str) -> str:
    """The id of the boutique in the database that all others are cloned from."""
    migrations.create_database(server.url("postgres", user="postgres"), SEED)
    migrations.migrate(server.url(SEED, user="postgres"), bootstrap=True)
    async with (
        Database(server.url(SEED)) as database,
        some_services(database, folder, security={"encryption_keys": [key]}) as services,
    ):
        return await seed(services)


def _forget_durability(server: EmbeddedServer) -> None:
    """Rows by the million are written for these minutes only."""
    admin = server.url("postgres", user="postgres")
    for setting in ("fsync", "full_page_writes", "autovacuum"):
        _run(admin, f"alter system set {setting} = off")
    _run(admin, "select pg_reload_conf()")


@asynccontextmanager
async def _grown(
    server: EmbeddedServer,
    axis: Axis,
    boutique_id: str,
    folder: Path,
    key: str,
    console: Console,
) -> AsyncIterator[list[Shop]]:
    """A shop of each size, in databases that are dropped after."""
    admin = server.url("postgres", user="postgres")
    names = [f"grown_{n}" for n, _ in axis.sizes]
    try:
        async with AsyncExitStack() as stack:
            shops = []
            for name, (number, size) in zip(names, axis.sizes, strict=True):
                began = time.monotonic()
                _run(admin, f'create database "{name}" template "{SEED}"')
                url = server.url(name, user="postgres")
                await asyncio.to_thread(grow, url, boutique_id, size, speakers=ROUNDS.speakers)
                await asyncio.to_thread(analyze, url)
                took = time.monotonic() - began
                console.print(f"[dim]{axis.name}: {number:,} grown in {took:.0f} s[/dim]")
                database = await stack.enter_async_context(
                    Database(server.url(name), pool_size=POOL_SIZE)
                )
                shop = open_shop(database, url, folder, key)
                shops.append(await stack.enter_async_context(shop))
            yield shops
    finally:
        for name in names:
            _run(admin, f'drop database if exists "{name}" with (force)')


async def played(shops: Sequence[Shop], rounds: Rounds = ROUNDS) -> list[Seen]:
    """The same turns in every shop, by turns."""
    seen = [Seen() for _ in shops]
    await _speak(shops, range(1, rounds.warm + 1))
    before = [shop.server_s() for shop in shops]
    for n, kind, took in await _speak(shops, range(rounds.warm + 1, _last_timed(rounds) + 1)):
        seen[n].seconds[kind].append(took)
    turns = rounds.timed * sum(len(words) for words in KINDS.values())
    for shop, one, earlier in zip(shops, seen, before, strict=True):
        one.server_ms = 1000 * (shop.server_s() - earlier) / turns
        await _count(shop, one, rounds)
        assert shop.purchases() == rounds.speakers, "a turn went another way"
    return seen


async def _speak(shops: Sequence[Shop], speakers: range) -> list[tuple[int, str, float]]:
    """Which shop, what kind, and how many seconds it took."""
    return [
        (n, kind, await shops[n].play(kind, speaker))
        for speaker in speakers
        for kind in KINDS
        for n in _in_turn(len(shops), speaker)
    ]


def _in_turn(count: int, first: int) -> list[int]:
    """Whoever plays first meets cold caches: each round another one."""
    return [(first + n) % count for n in range(count)]


def _last_timed(rounds: Rounds) -> int:
    return rounds.warm + rounds.timed


async def _count(shop: Shop, seen: Seen, rounds: Rounds) -> None:
    for kind in KINDS:
        await shop.play("a question", rounds.speakers)  # what is read once a minute is read now
        before = await shop.touched()
        for speaker in range(_last_timed(rounds) + 1, rounds.speakers):
            await shop.play(kind, speaker)
        messages = rounds.counted * len(KINDS[kind])
        seen.touched[kind] = (await shop.touched() - before).shared_by(messages)
    with told_plans() as told:
        for kind in KINDS:
            await shop.play(kind, rounds.speakers)
    seen.plans = told.plans
    with psycopg.connect(shop.superuser_url) as conn:
        seen.rows_there = dict(
            conn.execute(
                "select relname, greatest(reltuples, 0)::bigint from pg_class"
                " where relnamespace = 'public'::regnamespace and relkind = 'r'"
            ).fetchall()
        )


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(statement.encode())


def grown_tables(small: Seen, large: Seen) -> list[str]:
    """Tables that have many times the rows in the large one."""
    return sorted(
        name
        for name, rows in large.rows_there.items()
        if rows > GROWN * max(small.rows_there.get(name, 0), 20)
    )


def _print(console: Console, axis: Axis, seen: Sequence[Seen]) -> None:
    sizes = [number for number, _ in axis.sizes]
    for kind in KINDS:
        table = Table(title=f"{axis.name}: {kind}", title_justify="left")
        table.add_column("a turn of it", no_wrap=True)
        for number in sizes:
            table.add_column(f"{number:,}", justify="right")
        table.add_column("")
        first = seen[0].median_ms(kind)
        _add(table, "time, ratio", sizes, [one.median_ms(kind) / first for one in seen], "{:.2f}")
        _add(table, "rows read", sizes, [one.rows(kind) for one in seen], "{:,.0f}")
        _add(table, "pages touched", sizes, [one.pages(kind) for one in seen], "{:,.0f}")
        console.print(table)
        _print_most(console, kind, seen[0], seen[-1])
    console.print(
        "server's processor, ms a turn: " + ", ".join(f"{one.server_ms:.1f}" for one in seen)
    )
    _print_plans(console, axis, seen[0], seen[-1])


def _add(table: Table, name: str, sizes: Sequence[int], costs: Sequence[float], form: str) -> None:
    table.add_row(name, *(form.format(cost) for cost in costs), growth_of(sizes, costs))


def _print_most(console: Console, kind: str, small: Seen, large: Seen) -> None:
    """Where the large one reads more."""
    more = large.touched[kind].pages - small.touched[kind].pages
    told = [f"{name} +{n}" for name, n in more.most_common(4) if n >= 5]
    if told:
        console.print(f"  pages more: {', '.join(told)}", markup=False)


def _print_plans(console: Console, axis: Axis, small: Seen, large: Seen) -> None:
    table = Table(title=f"{axis.name}: how what grew is read", title_justify="left")
    for heading in ("table", "rows", "smallest", "largest"):
        table.add_column(heading)
    for name in grown_tables(small, large):
        ways = [_ways(one, name) for one in (small, large)]
        if any(ways):
            table.add_row(name, f"{large.rows_there[name]:,}", *("\n".join(w) for w in ways))
    console.print(table)


def _ways(seen: Seen, table: str) -> list[str]:
    ways: dict[str, int] = defaultdict(int)
    for plan in seen.plans.values():
        for access in plan:
            if access.table == table:
                ways[str(access)] += 1
    return [f"{way} ({n})" for way, n in sorted(ways.items(), key=lambda item: -item[1])]
