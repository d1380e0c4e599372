"""`python -m tests.bench vectors`: exact search among a million pictures of a thousand boutiques.

One table, as it is migrated. The same query is asked of it and of a table with that one boutique's
pictures, by turns with a bare `select 1`, so a busy minute weighs on all; numpy says whether it is
exact. Then one boutique alone grows, until an approximate index (HNSW) would pay. Three gigabytes
in a folder that is deleted after.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql
from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer
from tests.bench import vectors_grown
from tests.bench.vectors_made import (
    AT_ONCE,
    MODEL,
    Looks,
    boutiques_in_turn,
    copy_in,
)

BOUTIQUES, PICTURES = 1_000, 1_000
ASKED = 5  # boutiques with a table of their own beside
ROUNDS = 200
WARM = 10
PLACES = 6
EXACT = "select image_id::text from {table} where boutique_id = private.current_boutique()" \
    " and model = %(model)s order by vector <=> %(vector)s::vector limit %(places)s"  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Milliseconds, and how many times a bare `select 1`, and the table alone, they are."""

    what: str
    p50: float
    p95: float


def main(console: Console) -> None:
    loop.run(measured(console))


async def measured(
    console: Console,
    *,
    boutiques: int = BOUTIQUES,
    pictures: int = PICTURES,
    rounds: int = ROUNDS,
    sizes: tuple[int, ...] = vectors_grown.SIZES,
) -> None:
    with tempfile.TemporaryDirectory(prefix="dukani-vectors-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            superuser = server.url("vectors", user="postgres")
            migrations.create_database(server.url("postgres", user="postgres"), "vectors")
            migrations.migrate(superuser, bootstrap=True)
            looks = Looks.drawn(7)
            asked = _fill(superuser, looks, boutiques, pictures, console)
            async with Database(server.url("vectors")) as database:
                await _together(database, looks, asked, rounds, console)
                _drop(superuser, len(asked))
                await vectors_grown.measure(database, superuser, looks, sizes, console)
        finally:
            server.stop()


def _fill(
    superuser: str, looks: Looks, boutiques: int, pictures: int, console: Console
) -> list[str]:
    """The ids of the boutiques that are asked. No row that vectors hang on is made."""
    began, ids = time.monotonic(), [str(uuid4()) for _ in range(boutiques)]
    with psycopg.connect(superuser) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute("alter table product_embeddings set unlogged")
        for owners in boutiques_in_turn(ids, pictures):
            copy_in(conn, "product_embeddings", owners, looks.some(len(owners)))
        conn.commit()
        asked = ids[:: max(1, boutiques // ASKED)][:ASKED]
        for n, boutique in enumerate(asked):
            alone(conn, f"alone_{n}")
            conn.execute(
                sql.SQL(
                    "insert into {} select * from product_embeddings where boutique_id = %s"
                ).format(sql.Identifier(f"alone_{n}")),
                (boutique,),
            )
    with psycopg.connect(superuser, autocommit=True) as conn:
        conn.execute("vacuum analyze")
        [(size,)] = conn.execute(
            "select pg_size_pretty(pg_total_relation_size('product_embeddings'))"
        ).fetchall()
    console.print(
        f"{boutiques * pictures:,} pictures of {boutiques:,} boutiques, {size}, copied in"
        f" {time.monotonic() - began:.0f} s by {AT_ONCE:,}"
    )
    return asked


def alone(conn: psycopg.Connection, name: str) -> None:
    """A table as product_embeddings is, with its wall, that nothing hangs on."""
    table = sql.Identifier(name)
    for statement in (
        "create unlogged table {} (like product_embeddings including all)",
        "alter table {} enable row level security",
        "create policy own on {} for all to boutique_agent"
        " using (boutique_id = (select private.current_boutique()))",
        "grant select on {} to boutique_agent",
    ):
        conn.execute(sql.SQL(statement).format(table))


def _drop(superuser: str, count: int) -> None:
    with psycopg.connect(superuser, autocommit=True) as conn:
        conn.execute("truncate product_embeddings")
        for n in range(count):
            conn.execute(sql.SQL("drop table {}").format(sql.Identifier(f"alone_{n}")))


async def _together(
    database: Database, looks: Looks, asked: list[str], rounds: int, console: Console
) -> None:
    took: dict[str, list[float]] = {}
    wrong = 0
    for n in range(rounds + WARM):
        at = n % len(asked)
        [vector] = looks.some(1)
        async with database.tenant_connection(asked[at]) as conn:
            # A table that is small is read whole, and asks each row whose it is: twice as long.
            await conn.execute("set local enable_seqscan = off")
            found: dict[str, list[str]] = {}
            for what, table in (("select 1", ""), ("together", "product_embeddings"),
                                ("alone", f"alone_{at}")):  # fmt: skip
                began = time.perf_counter()
                found[what] = await _asked(conn, table, vector)
                if n >= WARM:
                    took.setdefault(what, []).append(1000 * (time.perf_counter() - began))
            if n < len(asked) * 4:
                wrong += found["together"] != await by_numpy(conn, "product_embeddings", vector)
            assert found["together"] == found["alone"]
    async with database.tenant_connection(asked[0]) as conn:
        plan = await _plan(conn, vector)
    _print(console, took, wrong, len(asked) * 4, plan)


async def _asked(conn: Connection, table: str, vector: NDArray[np.float32]) -> list[str]:
    if not table:
        await (await conn.execute("select 1")).fetchall()
        return []
    values = {"model": MODEL, "vector": vector, "places": PLACES}
    cursor = await conn.execute(EXACT.format(table=table).encode(), values, prepare=True)
    return [row["image_id"] for row in await cursor.fetchall()]


async def by_numpy(conn: Connection, table: str, vector: NDArray[np.float32]) -> list[str]:
    """The same by a plain product of all the boutique's vectors, read out of the table."""
    cursor = await conn.execute(
        f"select image_id::text, vector_send(vector) as vector from {table}"
        " where boutique_id = private.current_boutique()".encode()
    )
    rows = await cursor.fetchall()
    all_ = np.stack([np.frombuffer(row["vector"][4:], ">f4") for row in rows]).astype(np.float64)
    near = all_ @ vector / np.linalg.norm(all_, axis=1)
    return [rows[n]["image_id"] for n in np.argsort(-near, kind="stable")[:PLACES]]


async def _plan(conn: Connection, vector: NDArray[np.float32]) -> list[str]:
    values = {"model": MODEL, "vector": vector, "places": PLACES}
    explain = "explain (analyze, costs off, timing off, buffers off, summary off) "
    cursor = await conn.execute(
        (explain + EXACT.format(table="product_embeddings")).encode(), values
    )
    lines = [str(row["QUERY PLAN"]) for row in await cursor.fetchall()]
    return [line if len(line) < 110 else line[:107] + "..." for line in lines]


def _print(
    console: Console, took: dict[str, list[float]], wrong: int, tried: int, plan: list[str]
) -> None:
    lines = {what: Line(what, *np.percentile(times, (50, 95))) for what, times in took.items()}
    table = Table(title="The pictures nearest to a photo, in one boutique")
    for heading in ("", "p50, ms", "p95, ms", "times select 1", "times alone"):
        table.add_column(heading, no_wrap=True)
    for one in lines.values():
        of_bare, of_alone = (one.p50 / lines[it].p50 for it in ("select 1", "alone"))
        table.add_row(
            one.what, f"{one.p50:.2f}", f"{one.p95:.2f}", f"{of_bare:.1f}", f"{of_alone:.2f}"
        )
    console.print(table)
    console.print(f"as numpy finds them: {tried - wrong} of {tried}")
    console.print("\n".join(plan), markup=False)
