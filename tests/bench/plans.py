"""`python -m tests.bench plans`: what the database's connections would gain by two habits.

`enable_seqscan = off`, and a pool that hands out the connection given back last: connections had
both once. Each is taken up in turn, beside the service as it is, over two databases: one with a
year of rows, vacuumed and analyzed as production's is, and new installations, analyzed while they
were as good as empty. How far a ratio strays by itself tells the service as it is, beside itself.
Then the queue's statements alone, while no vacuum comes by.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg_pool import AsyncConnectionPool
from rich.console import Console
from rich.table import Table

from dukani.core import connection_settings, database
from dukani.core.crypto import new_key
from dukani.core.database import Connection
from dukani.core.embedded import DATABASE, EmbeddedServer
from tests.bench.churn import churn
from tests.bench.load import Load, read, send, settle, talk_along
from tests.bench.measures import SHOPPERS, Options
from tests.bench.outside import Outside
from tests.bench.ratios import compare
from tests.bench.shoppers import Crowd
from tests.bench.stage import PRODUCTS, Stage, prepare, seed_demo
from tests.processes import Change, Service, free_port, separate_settings

YEAR = Path(__file__).with_name("year.sql")


def as_it_is() -> None:
    """The service as it runs."""


def as_it_is_again() -> None:
    """The same."""


def read_no_whole_table() -> None:
    """`enable_seqscan = off` for all connections, not for the queue's alone."""
    connection_settings.OURS["enable_seqscan"] = "off"


class _WarmPool(AsyncConnectionPool[Connection]):
    """Takes the connection given back last; the library takes them in turn."""

    async def _get_ready_connection(
        self,
        timeout: float | None,  # noqa: ASYNC109 - as the library has it
    ) -> Connection | None:
        self._pool.rotate(1)
        return await super()._get_ready_connection(timeout)


def take_the_warm_connection() -> None:
    setattr(database, "AsyncConnectionPool", _WarmPool)  # noqa: B010 - mypy: it is another type


WITH: dict[str, Change] = {
    "nothing": as_it_is_again,
    "enable_seqscan = off": read_no_whole_table,
    "the connection given back last": take_the_warm_connection,
}
CHANGES: tuple[Change, ...] = (as_it_is, *WITH.values())


def in_turn(number: int) -> tuple[Change, ...]:
    """Whoever plays first meets cold caches: each round another one."""
    first = number % len(CHANGES)
    return CHANGES[first:] + CHANGES[:first]


# Which database a load is played on: its name.
Choose = Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Seen:
    load: Load
    read: Counter[str]  # rows of each table that were read by reading all of it, a message


async def measure(options: Options, console: Console) -> None:
    with tempfile.TemporaryDirectory(prefix="dukani-plans-") as folder, _running(folder) as server:
        given = _settings(folder)
        console.print("[dim]seeding, and writing a year of rows[/dim]")
        await seed_demo(given, server.url())
        _run_all(server, DATABASE, "vacuum", "analyze")
        _clone(server, "year")
        _run_all(server, "year", YEAR.read_text(), "vacuum", "analyze")
        ground = _Ground(given, server, options)
        await ground.open()
        for title, choose in (("A year of rows", _the_year), ("New installations", ground.new)):
            rounds = []
            for number in range(options.rounds):
                console.print(f"[dim]{title}: round {number + 1} of {options.rounds}[/dim]")
                order = in_turn(number)
                rounds.append({change: await ground.play(choose(), change) for change in order})
            for what, change in WITH.items():
                pairs = [(seen[change], seen[as_it_is]) for seen in rounds]
                console.print(_table(f"{title}: with {what}", pairs))
        console.print(churn(server, ground.new(), ground.new()))


def _the_year() -> str:
    return "year"


class _Ground:
    """Where services that differ in one thing play the same load, one after the other."""

    def __init__(self, settings: dict[str, Any], server: EmbeddedServer, options: Options) -> None:
        self._settings = settings
        self._server = server
        self._options = options
        self._seeds = count(20)
        base_url, sandbox = settings["web"]["public_url"], settings["sandbox"]["url"]
        self._outside = Outside(base_url, urlsplit(sandbox).port or 0)

    async def open(self) -> None:
        await self._outside.open()

    def new(self) -> str:
        """A database nobody has written to yet."""
        name = f"new_{next(self._seeds)}"
        _clone(self._server, name)
        return name

    async def play(self, name: str, change: Change) -> _Seen:
        async with self._stage(name, change) as stage:
            await talk_along(stage, Crowd(20, seed=next(self._seeds)), times=6)
            await settle(stage)
            before = _rows_read(stage)
            crowd = Crowd(SHOPPERS, seed=next(self._seeds))
            rate, seconds = self._options.rate, self._options.seconds
            sent = await send(stage, crowd, rate=rate, seconds=seconds)
            rows = _rows_read(stage) - before
            each = Counter({table: n / (rate * seconds) for table, n in rows.items()})
            return _Seen(read(stage, sent), each)

    @asynccontextmanager
    async def _stage(self, name: str, change: Change) -> AsyncIterator[Stage]:
        url = self._server.url(name)
        api = Service(self._settings, url, part="api", change=change)
        worker = Service(self._settings, url, part="worker", change=change)
        try:
            worker.start()
            api.start()
            await api.until_it_serves()
            yield Stage(api, worker, self._outside, self._server.url(name, user="postgres"))
        finally:
            api.stop()
            worker.stop()


def _settings(folder: str) -> dict[str, Any]:
    ports = {"port": free_port(), "sandbox_port": free_port()}
    given = separate_settings(Path(folder), key=new_key(), **ports)
    given["sandbox"]["products"] = PRODUCTS
    return given


@contextmanager
def _running(folder: str) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(Path(folder))
    server.start()
    try:
        prepare(server)
        yield server
    finally:
        server.stop()


def _clone(server: EmbeddedServer, name: str) -> None:
    _run_all(server, "postgres", f'create database "{name}" template "{DATABASE}"')


def _run_all(server: EmbeddedServer, name: str, *statements: str) -> None:
    with psycopg.connect(server.url(name, user="postgres"), autocommit=True) as conn:
        for statement in statements:
            conn.execute(statement.encode())


_READ = "select relname as name, seq_tup_read as rows from pg_stat_user_tables"


def _rows_read(stage: Stage) -> Counter[str]:
    return Counter({row["name"]: int(row["rows"]) for row in stage.rows(_READ)})


def _table(title: str, pairs: list[tuple[_Seen, _Seen]]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("", "with", "as it is", "ratio"):
        table.add_column(heading, no_wrap=True)
    for row in compare([(changed.load, usual.load) for changed, usual in pairs]):
        table.add_row(row.name, row.ours, row.theirs, row.ratio)
    for ours, theirs in pairs[-1:]:
        table.add_row("rows read by reading all, a message", _most(ours), _most(theirs))
    return table


def _most(seen: _Seen) -> str:
    """The tables of which most is read."""
    tables = [f"{name} {rows:.0f}" for name, rows in seen.read.most_common(5) if rows >= 1]
    return "\n".join([f"{seen.read.total():.0f}", *tables])
