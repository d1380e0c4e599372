"""`python -m tests.bench api`: what the owners' API costs in a large shop, beside a bare route.

Lists over 5,000 pieces, 50,000 customers and 100,000 orders, in turns with a route of FastAPI that
reads one row and knows nobody, so that a busy minute weighs on both. Beside 1 and 1,000 boutiques.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from fastapi import FastAPI
from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.dashboard_api.app import create_api
from tests.signing_in import a_member, a_verifier, as_person, calling
from tests.wiring import some_services

LARGE_SHOP = Path(__file__).with_name("large_shop.sql")
BOUTIQUES = (1, 1_000)
BARE = "/bare"
PATHS = (
    "/today", "/orders", "/orders?filter=to_send", "/orders?filter=review", "/conversations",
    "/conversations?filter=waiting", "/products", "/products?sort=cheapest",
    "/products?filter=low_stock", "/products?filter=sold_out", "/products?search=kanga",
    "/products?search=4711", "/requests", "/counter-sales", "/customers", "/customers?sort=spent",
    "/customers?sort=name", "/customers?search=47110",
)  # fmt: skip
WANTED = {"/today": 8.0}
WANTED_OF_LISTS = 4.0
WARM, ROUNDS = 10, 60


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one path, with so many boutiques in the database."""

    boutiques: int
    path: str
    p50: float
    p95: float
    ratio: float  # of p95 to the bare route's


def main(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            console.print(_table(loop.run(_measure(server, Path(folder)))))
        finally:
            server.stop()


async def _measure(server: EmbeddedServer, folder: Path) -> list[Cost]:
    costs: list[Cost] = []
    superuser = server.url("bench", user="postgres")
    migrations.create_database(server.url("postgres", user="postgres"), "bench")
    migrations.migrate(superuser, bootstrap=True)
    shop = _add_large_shop(superuser)
    owner = a_member(superuser, shop, "owner")
    for boutiques in BOUTIQUES:
        _add_boutiques(superuser, boutiques)
        async with (
            Database(server.url("bench")) as database,
            some_services(database, folder) as services,
        ):
            api = create_api(services, a_verifier())
            _add_bare_route(api, database)
            async with calling(api) as client:
                times = await _times(client, f"/boutiques/{shop}", as_person(owner))
        costs += _costs(times, boutiques)
    return costs


def _add_large_shop(superuser_url: str) -> str:
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        row = conn.execute(
            "insert into boutiques (slug, name) values ('large', 'Large') returning id::text"
        ).fetchone()
        assert row is not None
        conn.execute("select set_config('app.shop', %s, false)", row)
        conn.execute("set session_replication_role = replica")
        conn.execute(LARGE_SHOP.read_bytes())
        conn.execute("vacuum analyze")
    return str(row[0])


def _add_boutiques(superuser_url: str, number: int) -> None:
    """Others, each with a hundred customers and orders."""
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute(
            "insert into boutiques (slug, name) select 'shop-' || g, 'Shop ' || g"
            " from generate_series(2, %s) g on conflict do nothing",
            (number,),
        )
        conn.execute(
            "with others as (insert into customers (boutique_id, phone) select b.id, '+2547'"
            " || lpad(g::text, 8, '0') from boutiques b, generate_series(1, 100) g"
            " where b.slug like 'shop-%' on conflict do nothing returning boutique_id, id)"
            " insert into orders (boutique_id, number, customer_id, status, payment_status,"
            " currency, items_minor, address, paid_at) select boutique_id, left(id::text, 12), id,"
            " 'confirmed', 'paid', 'KES', 100000, 'Kilimani', now() from others"
            " on conflict do nothing"
        )
        conn.execute("vacuum analyze")


def _add_bare_route(api: FastAPI, database: Database) -> None:
    @api.get(BARE)
    async def bare() -> dict[str, Any] | None:
        async with database.system_connection() as conn:
            return await (await conn.execute("select slug from boutiques limit 1")).fetchone()


async def _times(
    client: httpx.AsyncClient, within: str, headers: dict[str, str]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {path: [] for path in (BARE, *PATHS)}
    for number in range(WARM + ROUNDS):
        for path, taken in times.items():
            begun = time.perf_counter()
            answer = await client.get(path if path == BARE else within + path, headers=headers)
            ms = (time.perf_counter() - begun) * 1000
            answer.raise_for_status()
            if number >= WARM:
                taken.append(ms)
    return times


def _costs(times: dict[str, list[float]], boutiques: int) -> list[Cost]:
    bare = _quantile(times[BARE], 0.95)
    return [
        Cost(boutiques, path, _quantile(ms, 0.5), _quantile(ms, 0.95), _quantile(ms, 0.95) / bare)
        for path, ms in times.items()
    ]


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def _table(costs: Sequence[Cost]) -> Table:
    table = Table(title="The owners' API in a large shop")
    for heading in ("boutiques", "path", "p50 ms", "p95 ms", "p95 to bare", "wanted"):
        table.add_column(heading, no_wrap=True)
    for cost in costs:
        wanted = "" if cost.path == BARE else f"≤ {WANTED.get(cost.path, WANTED_OF_LISTS):g}"
        figures = (f"{cost.p50:.1f}", f"{cost.p95:.1f}", f"{cost.ratio:.1f}")
        table.add_row(str(cost.boutiques), cost.path, *figures, wanted)
    return table
