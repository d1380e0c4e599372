"""What one sale by chat costs: turns, messages, processor time, rows and bytes that stay."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from dukani.core.settings import GivenSettings
from dukani.running import open_services
from dukani.sandbox.accounts import PWANI, ZURI
from tests.integration.killing.faults.fleet import Fleet, a_fleet
from tests.integration.killing.faults.ground import a_server, settings_of_a_fleet, to_the_outside
from tests.integration.killing.faults.processor import Part, used_s
from tests.integration.killing.faults.sales import Sales
from tests.integration.killing.faults.shops import open_one
from tests.processes import outside_world

AT_ONCE = 6
RESTED_WITHIN_S = 300.0
_BYTES = """
select c.oid::regclass::text, pg_total_relation_size(c.oid) from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname in ('public', 'private', 'jobs')
"""
_COUNTS = {
    "turns": "select count(distinct turn) from (select handled_at as turn from conversation_events"
    " where handled_at is not null) t",
    "messages in": "select count(*) from messages where direction = 'in'",
    "messages out": "select count(*) from messages where direction = 'out'",
    "webhooks": "select count(*) from webhook_events",
    "rows": "select sum(n_live_tup) from pg_stat_user_tables",
}
_AT_REST = """
select not exists (select from jobs.procrastinate_jobs where status in ('todo', 'doing')
    and (scheduled_at is null or scheduled_at < now() + interval '1 minute'))
  and not exists (select from messages where status in ('queued', 'sending'))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one sale, the mean. `bytes` by table, indexes too, the largest first."""

    sales: int
    counts: Mapping[str, float]
    cpu_ms: Mapping[Part, float]
    bytes: Mapping[str, float]


async def cost_of_a_sale(folder: Path, *, sales: int, before: int) -> Cost:
    """The mean of `sales`, after `before` others, in two shops."""
    with a_server(folder, "cost") as server:
        settings, url = settings_of_a_fleet(folder, dead_after_s=30.0), server.url("cost")
        superuser = server.url("cost", user="postgres")
        with outside_world(settings) as outside:
            async with (
                open_services(GivenSettings(**settings), url) as services,
                to_the_outside(outside) as http,
                a_fleet(server, folder, url, settings, apis=1, workers=1) as fleet,
            ):
                for account in (ZURI, PWANI):
                    await open_one(services, account)
                await _sell(http, before, superuser, first=0)
                begun = _measured(fleet, superuser)
                await _sell(http, sales, superuser, first=before)
                return _between(begun, _measured(fleet, superuser), sales)


async def _sell(http: httpx.AsyncClient, number: int, superuser: str, *, first: int) -> None:
    trading = Sales(http, random.Random(first), number, 0.0, AT_ONCE, first=first).begin()
    await asyncio.gather(*trading)
    async with asyncio.timeout(RESTED_WITHIN_S):
        while True:
            with psycopg.connect(superuser) as conn:
                if conn.execute(_AT_REST.encode()).fetchone() == (True,):
                    return
            await asyncio.sleep(0.5)


@dataclass(frozen=True, slots=True)
class _Measured:
    used_s: dict[Part, float]
    counts: dict[str, int]
    bytes: dict[str, int]


def _measured(fleet: Fleet, superuser: str) -> _Measured:
    used = used_s(fleet)
    with psycopg.connect(superuser, autocommit=True) as conn:
        conn.execute("analyze")  # counts the rows
        counts = {}
        for what, statement in _COUNTS.items():
            row = conn.execute(statement.encode()).fetchone()
            assert row is not None  # an aggregate has one row
            counts[what] = int(row[0])
        sizes = {str(table): int(size) for table, size in conn.execute(_BYTES.encode())}
    return _Measured(used, counts, sizes)


def _between(begun: _Measured, ended: _Measured, sales: int) -> Cost:
    grown = {table: (size - begun.bytes[table]) / sales for table, size in ended.bytes.items()}
    return Cost(
        sales,
        {what: (n - begun.counts[what]) / sales for what, n in ended.counts.items()},
        {part: 1000 * (s - begun.used_s[part]) / sales for part, s in ended.used_s.items()},
        dict(sorted(grown.items(), key=lambda one: -one[1])),
    )
