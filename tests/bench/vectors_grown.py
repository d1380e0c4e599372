"""One boutique alone, ever larger: from which size an approximate index would pay."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
import psycopg
from psycopg import sql
from rich.console import Console
from rich.table import Table

from dukani.core.database import Connection, Database
from tests.bench import vectors
from tests.bench.vectors_made import AT_ONCE, MODEL, Looks, copy_in

SIZES = (1_000, 10_000, 50_000, 100_000)
RECALL = 0.98
QUERIES = 40
PLACES = 10
LOOKED_AT = (40, 80, 160, 320, 640, 1000)  # hnsw.ef_search, the least that recalls enough is taken
WITHIN_S = 480  # no further index is begun after it


@dataclass(frozen=True, slots=True)
class Grown:
    pictures: int
    exact_ms: tuple[float, float]  # p50, p95
    bare_ms: float
    index_ms: tuple[float, float]
    recall: float
    looked_at: int
    built_s: float
    index_size: str


async def measure(
    database: Database, superuser: str, looks: Looks, sizes: tuple[int, ...], console: Console
) -> None:
    began = time.monotonic()
    table = Table(title=f"One boutique alone: exact, and by HNSW with a recall of {RECALL}")
    for heading in ("pictures", "exact p50 / p95, ms", "times select 1", "HNSW p50 / p95, ms",
                    "exact ÷ HNSW", "recall", "ef_search", "built in, s", "index"):  # fmt: skip
        table.add_column(heading, no_wrap=True)
    for pictures in sizes:
        if time.monotonic() - began > WITHIN_S:
            console.print(f"{pictures:,}: not tried, time is over")
            break
        one = await _grown(database, superuser, looks, pictures)
        table.add_row(
            f"{one.pictures:,}",
            f"{one.exact_ms[0]:.2f} / {one.exact_ms[1]:.2f}",
            f"{one.exact_ms[0] / one.bare_ms:.1f}",
            f"{one.index_ms[0]:.2f} / {one.index_ms[1]:.2f}",
            f"{one.exact_ms[0] / one.index_ms[0]:.1f}",
            f"{one.recall:.3f}",
            str(one.looked_at),
            f"{one.built_s:.0f}",
            one.index_size,
        )
    console.print(table)


async def _grown(database: Database, superuser: str, looks: Looks, pictures: int) -> Grown:
    boutique, name = str(uuid4()), f"grown_{pictures}"
    with psycopg.connect(superuser, autocommit=True) as conn:
        vectors.alone(conn, name)
        for begin in range(0, pictures, AT_ONCE):
            count = min(AT_ONCE, pictures - begin)
            copy_in(conn, name, [boutique] * count, looks.some(count))
        built_s, size = _build(conn, name)
        conn.execute(sql.SQL("vacuum analyze {}").format(sql.Identifier(name)))
    async with database.tenant_connection(boutique) as conn:
        found = await _compared(conn, name, looks, pictures, built_s, size)
    with psycopg.connect(superuser, autocommit=True) as admin:
        admin.execute(sql.SQL("drop table {}").format(sql.Identifier(name)))
    return found


def _build(conn: psycopg.Connection, name: str) -> tuple[float, str]:
    began = time.monotonic()
    conn.execute("set maintenance_work_mem = '1500MB'")
    conn.execute(
        sql.SQL("create index {} on {} using hnsw (vector vector_cosine_ops)").format(
            sql.Identifier(f"{name}_hnsw"), sql.Identifier(name)
        )
    )
    [(size,)] = conn.execute(
        "select pg_size_pretty(pg_relation_size(%s::regclass))", (f"{name}_hnsw",)
    ).fetchall()
    return time.monotonic() - began, size


async def _compared(
    conn: Connection, name: str, looks: Looks, pictures: int, built_s: float, size: str
) -> Grown:
    for looked_at in LOOKED_AT:
        queries = looks.some(QUERIES)
        took: dict[str, list[float]] = {}
        shared = 0
        for vector in queries:
            began = time.perf_counter()
            await (await conn.execute("select 1")).fetchall()
            took.setdefault("bare", []).append(1000 * (time.perf_counter() - began))
            found = {}
            for how in ("exact", "hnsw"):
                await _choose(conn, how, looked_at)
                began = time.perf_counter()
                found[how] = await _asked(conn, name, vector)
                took.setdefault(how, []).append(1000 * (time.perf_counter() - began))
            shared += len(set(found["exact"]) & set(found["hnsw"]))
        recall = shared / (QUERIES * PLACES)
        if recall >= RECALL:
            break
    return Grown(
        pictures, _shares(took["exact"]), _shares(took["bare"])[0], _shares(took["hnsw"]),
        recall, looked_at, built_s, size,
    )  # fmt: skip


async def _choose(conn: Connection, how: str, looked_at: int) -> None:
    """The exact way finds the boutique's rows by their key, as beside others; the other by HNSW."""
    by_index = "on" if how == "hnsw" else "off"
    for name, value in (
        ("enable_seqscan", "off"), ("enable_indexscan", by_index),
        ("enable_sort", "off" if how == "hnsw" else "on"), ("hnsw.ef_search", str(looked_at)),
    ):  # fmt: skip
        await conn.execute("select set_config(%s, %s, true)", (name, value))


async def _asked(conn: Connection, name: str, vector: object) -> list[str]:
    cursor = await conn.execute(
        vectors.EXACT.format(table=name).encode(),
        {"model": MODEL, "vector": vector, "places": PLACES},
        prepare=False,
    )
    return [row["image_id"] for row in await cursor.fetchall()]


def _shares(times: list[float]) -> tuple[float, float]:
    p50, p95 = np.percentile(times, (50, 95))
    return float(p50), float(p95)
