"""`python -m tests.bench audit`: how long the checks of `dukani audit` take over a year's big shop.

Beside it the same shop's rows counted once: every table that the check reads, by the same role in
the same snapshot. A check is to take a few such scans, not a scan for each row.
"""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.errors import QueryCanceled
from psycopg.sql import SQL, Identifier
from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.audit import tenants
from dukani.core.audit.check import Check
from dukani.core.audit.running import OF_A_BOUTIQUE
from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer

YEAR = Path(__file__).with_name("year.sql")
OTHERS = 20  # small boutiques beside: a check is of one
WITHIN_S = 120.0
MOST = 5  # scans; above it a check is told by name
_NAMED = re.compile(r"(?:from|join)\s+(jobs\.)?([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Took:
    name: str
    took_s: float
    counting_s: float  # of the tables it reads, each once
    answered: bool = True

    @property
    def scans(self) -> float:
        return self.took_s / max(self.counting_s, 0.001)


def main(console: Console) -> None:
    loop.run(measured(console))


async def measured(console: Console) -> None:
    with tempfile.TemporaryDirectory(prefix="dukani-audit-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            boutique_id = a_year(server)
            async with Database(server.url("year"), pool_size=1) as database:
                took = await checks_of(database, boutique_id)
            _print(console, took)
        finally:
            server.stop()


def a_year(server: EmbeddedServer) -> str:
    """The id of the big boutique in the database `year`, vacuumed and analyzed."""
    migrations.create_database(server.url("postgres", user="postgres"), "year")
    superuser_url = server.url("year", user="postgres")
    migrations.migrate(superuser_url, bootstrap=True)
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute("set search_path = public, jobs")
        conn.execute("select set_config('year.others', %s, false)", (str(OTHERS),))
        conn.execute("insert into boutiques (slug, name) values ('zuri', 'Zuri')")
        conn.execute(_PIECES)
        conn.execute(YEAR.read_bytes())
        conn.execute("vacuum (analyze)")
        [(boutique_id,)] = conn.execute("select id::text from boutiques where slug = 'zuri'")
    return str(boutique_id)


# The demo's boutique of `year.sql` has pieces of its own.
_PIECES = b"""
insert into products (boutique_id, sku, name, category, price_minor)
select id, 'Z' || n, 'Piece ' || n, 'dress', 450000 from boutiques, generate_series(1, 200) n;
insert into product_variants (boutique_id, product_id, colour, size, sku)
select p.boutique_id, p.id, 'blue', size, p.sku || size
from products p, unnest(array['S', 'M', 'L']) size;
"""


async def checks_of(database: Database, boutique_id: str) -> list[Took]:
    """Every check, and every walk from a table to those it refers to, of the boutique."""
    given = {"boutique_id": boutique_id, "still": timedelta(hours=1)}
    async with database.audit_connection(within_s=WITHIN_S) as conn:
        found = [await _took(conn, check, given) for check in OF_A_BOUTIQUE]
        for one in await tenants.references(conn):
            name = f"{tenants.ROWS_KEEP_TO_THEIR_SHOP.name}: {one.child} → {one.parent}"
            began = time.perf_counter()
            await tenants.strangers(conn, one, boutique_id=boutique_id, limit=20)
            took_s = time.perf_counter() - began
            found.append(Took(name, took_s, await _counting(conn, {one.child, one.parent})))
    return found


async def _took(conn: Connection, check: Check, given: dict[str, Any]) -> Took:
    answered = True
    began = time.perf_counter()
    try:
        async with conn.transaction():
            await (await conn.execute(check.sql, given)).fetchall()
    except QueryCanceled:
        answered = False
    took_s = time.perf_counter() - began
    return Took(check.name, took_s, await _counting(conn, tables_of(check.sql)), answered)


def tables_of(statement: str) -> set[str]:
    """Tables that a statement names; what it names itself (`with …`) is among them."""
    return {schema + name for schema, name in _NAMED.findall(statement)}


async def _counting(conn: Connection, tables: set[str]) -> float:
    """Seconds to count the rows of each once."""
    began = time.perf_counter()
    for table in sorted(tables):
        name = Identifier(*table.split("."))
        known = await conn.execute("select to_regclass(%s) is not null as there", (table,))
        row = await known.fetchone()
        if row is not None and row["there"]:
            await conn.execute(SQL("select count(*) from {}").format(name))
    return time.perf_counter() - began


def _print(console: Console, took: list[Took]) -> None:
    table = Table(title="Checks of a year's big shop", title_justify="left")
    for heading in ("", "seconds", "counting its tables once", "times"):
        table.add_column(heading, no_wrap=True)
    for one in sorted(took, key=lambda one: -one.took_s)[:15]:
        times = f"{one.scans:.1f}" if one.answered else "no answer"
        table.add_row(one.name, f"{one.took_s:.2f}", f"{one.counting_s:.2f}", times)
    console.print(table)
    whole, counting = (sum(getattr(one, it) for one in took) for it in ("took_s", "counting_s"))
    console.print(f"{len(took)} statements: {whole:.1f} s, {whole / counting:.1f} times counting")
    dear = [one.name for one in took if one.scans > MOST and one.took_s > 0.05]
    console.print(f"more than {MOST} scans: {', '.join(dear) or 'none'}", markup=False)
