"""`python -m tests.bench search`: what finding costs, beside bare queries of the same boutique.

Shops of 100 to 20,000 pieces, six variants and one picture each, on an analyzed database. What the
service asks and what a bare query asks take turns, so a busy minute weighs on both. The floors are
the least that can find the same pieces: every vector's distance under the tenant, and the words
through an index that no wall stands before, ranked.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.store import search
from dukani.core.store.search import Criteria
from tests.bench.boutiques import CATEGORIES, MODEL, add_boutiques, add_shop

SHOPS = (100, 1_000, 5_000, 20_000)
OTHERS = (1, 300, 1_000)  # boutiques beside the one that is asked
THE_SHOP_BESIDE = 1_000  # pieces of the one that is asked beside the others
ROUNDS = 30
LIMIT = 6  # one more than is shown
WANTED = 3.0

FASTEST = 10  # the fastest tenth: above it other programs' work is measured too
WARM = 10  # rounds before those that are counted: a service's plans are made

Say = Callable[[str], None]
Ask = Callable[[Connection, "Asked"], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One customer's wish: three words, the first of them a piece's name, and a photo."""

    words: tuple[str, str, str]
    category: str
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """What one thing costs in one shop, and its floor, in milliseconds."""

    shop: str
    what: str
    ms: float
    bare_ms: float

    @property
    def ratio(self) -> float:
        return self.ms / self.bare_ms


def main(console: Console) -> None:
    """Prints a table; the ratio is what counts, at most three times the floor is wanted."""
    lines = loop.run(measured(console.print))
    table = Table(title="Finding pieces, beside bare queries of the same boutique")
    for heading in ("shop", "asked for", "ms", "bare, ms", f"ratio (≤ {WANTED:.0f})"):
        table.add_column(heading, no_wrap=True)
    for line in lines:
        milliseconds = (f"{line.ms:.2f}", f"{line.bare_ms:.2f}")
        table.add_row(line.shop, line.what, *milliseconds, f"{line.ratio:.1f}")
    console.print(table)


async def measured(
    say: Say,
    rounds: int = ROUNDS,
    shops: Sequence[int] = SHOPS,
    others: Sequence[int] = OTHERS,
) -> list[Line]:
    """Every shop by itself, then one beside ever more others."""
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="dukani-search-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            for pieces in shops:
                stand = _Stand.made(server, f"shop_{pieces}", pieces, say)
                lines += await stand.asked(f"{pieces:,} pieces", rounds)
            lines += await _beside(server, others, rounds, say)
        finally:
            server.stop()
    return lines


async def _beside(
    server: EmbeddedServer, others: Sequence[int], rounds: int, say: Say
) -> list[Line]:
    lines: list[Line] = []
    if not others:
        return lines
    stand, there = _Stand.made(server, "beside", THE_SHOP_BESIDE, say), 0
    for count in others:
        add_boutiques(stand.superuser, count - there)
        there = count
        stand.settle()
        say(f"beside {count} others")
        lines += await stand.asked(f"{THE_SHOP_BESIDE:,} beside {count:,} others", rounds)
    return lines


@dataclass(frozen=True, slots=True)
class _Stand:
    """A database of its own with one shop in it."""

    url: str
    superuser: str
    boutique: str

    @classmethod
    def made(cls, server: EmbeddedServer, name: str, pieces: int, say: Say) -> _Stand:
        began = time.monotonic()
        superuser = server.url(name, user="postgres")
        migrations.create_database(server.url("postgres", user="postgres"), name)
        migrations.migrate(superuser, bootstrap=True)
        stand = cls(server.url(name), superuser, add_shop(superuser, pieces))
        stand.settle()
        say(f"{pieces} pieces made in {time.monotonic() - began:.0f} s")
        return stand

    def settle(self) -> None:
        """As the database does by itself once a minute; and the floor's own copy, without walls."""
        with psycopg.connect(self.superuser, autocommit=True) as conn:
            conn.execute("drop table if exists bare_products")
            conn.execute("create table bare_products as select * from products")
            conn.execute("create index on bare_products using gin (search)")
            conn.execute("grant select on bare_products to service_role")
            conn.execute("vacuum analyze")

    async def asked(self, shop: str, rounds: int) -> list[Line]:
        async with Database(self.url) as database:
            return await _shop(database, self.boutique, shop, rounds)


async def _shop(database: Database, boutique: str, shop: str, rounds: int) -> list[Line]:
    asked = await _wishes(database, boutique, rounds)
    took: dict[str, list[float]] = {}
    async with database.tenant_connection(boutique) as tenant, database.system_connection() as all_:
        await all_.execute("select set_config('app.boutique_id', %s, true)", (boutique,))
        for n, one in enumerate([*asked[:WARM], *asked]):
            for name, (ask, walled) in _ASKED.items():
                conn = tenant if walled else all_
                began = time.perf_counter()
                await ask(conn, one)
                if n >= WARM:
                    took.setdefault(name, []).append(time.perf_counter() - began)
    ms = {name: 1000 * sorted(times)[len(times) // FASTEST] for name, times in took.items()}
    return [Line(shop, name, ms[name], ms[floor]) for name, floor in _FLOORS.items()]


async def _wishes(database: Database, boutique: str, count: int) -> list[Asked]:
    """Of pieces that are there; the photo is near one of the shop's pictures, not the same."""
    dice = random.Random(7)
    noise = np.random.default_rng(7)
    wishes = []
    async with database.tenant_connection(boutique) as conn:
        cursor = await conn.execute(
            """
            select p.name, p.category, e.vector::text as vector
            from products p
            join product_images i on i.boutique_id = p.boutique_id and i.product_id = p.id
            join product_embeddings e on e.boutique_id = i.boutique_id and e.image_id = i.id
            where p.boutique_id = private.current_boutique() order by p.sku
            """
        )
        rows = await cursor.fetchall()
    for _ in range(count):
        row = dice.choice(rows)
        first, cloth, cut = row["name"].split()[:3]
        seen = np.fromstring(row["vector"].strip("[]"), sep=",", dtype=np.float32)
        vector = (seen + noise.normal(0, 0.01, 512)).astype(np.float32)
        wishes.append(Asked((first, cloth, cut), row["category"], vector))
    return wishes


# ── what the service asks ───────────────────────────────────────────────────


async def _any_word(conn: Connection, asked: Asked) -> object:
    return await search.find(
        conn, Criteria(), words=asked.words, must_match_words=True, limit=LIMIT
    )


async def _a_name(conn: Connection, asked: Asked) -> object:
    return await search.find(
        conn, Criteria(), words=asked.words, must_match_words=True, every_word=True, limit=LIMIT
    )


async def _described(conn: Connection, asked: Asked) -> object:
    wish = Criteria(categories=[asked.category], colours=["blue"], size="M")
    return await search.find(conn, wish, words=asked.words[1:], limit=LIMIT)


async def _no_words(conn: Connection, asked: Asked) -> object:
    wish = Criteria(categories=[asked.category], colours=["blue"], price_max_minor=400_000)
    return await search.find(conn, wish, limit=LIMIT)


async def _photo(conn: Connection, asked: Asked) -> object:
    return await _seen(conn, asked, Criteria())


async def _photo_of_a_kind(conn: Connection, asked: Asked) -> object:
    return await _seen(conn, asked, Criteria(categories=[asked.category]))


async def _photo_and_words(conn: Connection, asked: Asked) -> object:
    wish = Criteria(categories=CATEGORIES[:3], colours=["blue"])
    return await _seen(conn, asked, wish, words=asked.words[1:])


async def _seen(
    conn: Connection, asked: Asked, criteria: Criteria, words: Sequence[str] = ()
) -> object:
    return await search.find(
        conn,
        criteria,
        words=words,
        vector=asked.vector,
        model=MODEL,
        prefer_colours=["blue", "black"],
        prefer_patterns=["floral"],
        limit=LIMIT,
    )


# ── the floors ──────────────────────────────────────────────────────────────


async def _bare_vectors(conn: Connection, asked: Asked) -> object:
    cursor = await conn.execute(
        """
        select image_id from product_embeddings
        where boutique_id = private.current_boutique() and model = %(model)s
        order by vector <=> %(vector)s::vector limit %(limit)s
        """,
        {"vector": asked.vector, "model": MODEL, "limit": LIMIT},
    )
    return await cursor.fetchall()


async def _bare_any_word(conn: Connection, asked: Asked) -> object:
    return await _bare_words(conn, " | ".join(asked.words))


async def _bare_name(conn: Connection, asked: Asked) -> object:
    return await _bare_words(conn, " & ".join(asked.words))


async def _bare_words(conn: Connection, words: str) -> object:
    """As the system's role, before which no wall keeps the operator from its index."""
    cursor = await conn.execute(
        """
        select p.id, p.sku, p.name, p.category, p.price_minor
        from bare_products p, to_tsquery('english', %(words)s) as q (query)
        where p.boutique_id = private.current_boutique() and p.search @@ q.query
        order by ts_rank(p.search, q.query) desc limit %(limit)s
        """,
        {"words": words, "limit": LIMIT},
    )
    return await cursor.fetchall()


# By name: how it is asked, and whether as the assistant, behind the walls.
_ASKED: dict[str, tuple[Ask, bool]] = {
    "bare words": (_bare_any_word, False),
    "any of three words": (_any_word, True),
    "bare name": (_bare_name, False),
    "a name, every word": (_a_name, True),
    "a described piece and words": (_described, True),
    "a described piece, no words": (_no_words, True),
    "bare vectors": (_bare_vectors, True),
    "a photo of anything": (_photo, True),
    "a photo of a kind": (_photo_of_a_kind, True),
    "a photo and words": (_photo_and_words, True),
}
_FLOORS: dict[str, str] = {
    "any of three words": "bare words",
    "a name, every word": "bare name",
    "a described piece and words": "bare words",
    "a described piece, no words": "bare words",
    "a photo of anything": "bare vectors",
    "a photo of a kind": "bare vectors",
    "a photo and words": "bare vectors",
}
