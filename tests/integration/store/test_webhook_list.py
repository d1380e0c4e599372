"""The list of webhook events: its filters, its pages, and a cost that does not grow with it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import webhook_list
from dukani.core.store.webhook_list import WantedEvents
from tests.factories import a_boutique

NEW = datetime(2026, 11, 27, 12, tzinfo=UTC)


async def some_events(conn: Connection, boutique: str, count: int) -> None:
    """Events of a minute apart, one of a hundred unreadable, one of a thousand nobody's."""
    await conn.execute(
        """insert into webhook_events (boutique_id, provider, event_key, kind, payload, outcome,
             created_at)
           select case when n %% 1000 <> 0 then %(boutique)s::uuid end,
             (array['twilio', 'meta', 'daraja'])[1 + n %% 3],
             'SM' || md5(n::text), (array['message', 'status', 'preference', 'staff_message',
               'payment'])[1 + n %% 5], '{}',
             case when n %% 1000 = 0 then 'unknown_number' when n %% 100 = 7 then 'unreadable'
               else 'handled' end, %(new)s - n * interval '1 minute'
           from generate_series(1, %(count)s) n""",
        {"boutique": boutique, "new": NEW, "count": count},
    )


async def read_all(conn: Connection, wanted: WantedEvents, *, limit: int) -> list[int]:
    ids: list[int] = []
    after = None
    while page := await webhook_list.page(conn, wanted, after=after, limit=limit):
        ids += [event.id for event in page]
        after = page[-1].key
    return ids


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (WantedEvents(), "true"),
        (WantedEvents(provider="meta"), "provider = 'meta'"),
        (WantedEvents(kind="status", outcome="handled"), "kind = 'status' and outcome = 'handled'"),
        (WantedEvents(outcome="unreadable"), "outcome = 'unreadable'"),
        (WantedEvents(unhandled=True), "outcome <> 'handled'"),
        (WantedEvents(nobodys=True), "boutique_id is null"),
        (
            WantedEvents(since=NEW - timedelta(minutes=300), until=NEW - timedelta(minutes=100)),
            "created_at >= '2026-11-27 07:00Z' and created_at < '2026-11-27 10:20Z'",
        ),
    ],
)
async def test_page_by_page_every_event_that_fits_is_read_once(
    database: Database, wanted: WantedEvents, fits: str
) -> None:
    # given
    boutique = await a_boutique(database)
    async with database.system_connection() as conn:
        await some_events(conn, boutique, 2_000)

        # when
        found = await read_all(conn, wanted, limit=170)

        # then
        cursor = await conn.execute(
            f"select id from webhook_events where {fits} order by created_at desc, id desc".encode()
        )
        assert found == [row["id"] for row in await cursor.fetchall()]
        assert found


async def test_another_boutiques_events_are_not_in_a_boutiques_list(database: Database) -> None:
    mine, other = await a_boutique(database), await a_boutique(database)
    async with database.system_connection() as conn:
        await some_events(conn, mine, 50)
        assert await read_all(conn, WantedEvents(boutique_id=other), limit=20) == []
        assert len(await read_all(conn, WantedEvents(boutique_id=mine), limit=20)) == 50


async def test_an_event_is_found_by_the_beginning_of_its_providers_id(database: Database) -> None:
    boutique = await a_boutique(database)
    async with database.system_connection() as conn:
        await some_events(conn, boutique, 50)
        [found] = await webhook_list.page(
            conn, WantedEvents(search="SM1679091c"), after=None, limit=9
        )
        assert found.event_key == "SM1679091c5a880faf6fb5e6087eb1b2dc"  # md5 of 6
        wild = WantedEvents(search="SM%")
        assert await webhook_list.page(conn, wild, after=None, limit=9) == []


EVERY_FILTER = [
    WantedEvents(),
    WantedEvents(provider="meta"),
    WantedEvents(kind="preference"),
    WantedEvents(outcome="unknown_number"),
    WantedEvents(outcome="unreadable", provider="daraja", kind="payment"),
    WantedEvents(until=NEW - timedelta(minutes=900)),
    WantedEvents(search="SM1679091c"),
    WantedEvents(nobodys=True),
    WantedEvents(boutique_id="mine"),
    WantedEvents(boutique_id="mine", outcome="unreadable"),
]


async def test_a_page_reads_no_more_in_fifty_times_as_many_events(
    database: Database, superuser_url: str
) -> None:
    # given
    boutique = await a_boutique(database)
    asked = [replace(one, boutique_id=one.boutique_id and boutique) for one in EVERY_FILTER]

    # when
    async with database.system_connection() as conn:
        await some_events(conn, boutique, 2_000)
    few = await read_by_each(database, superuser_url, asked)
    async with database.system_connection() as conn:
        await conn.execute("delete from webhook_events")
        await some_events(conn, boutique, 100_000)
    many = await read_by_each(database, superuser_url, asked)

    # then
    for wanted, before, after in zip(asked, few, many, strict=True):
        # A page of each of the combinations, and of rows that few have less than a page of.
        assert pages(after) < 2 * pages(before) + 600, f"{wanted}\n{after}"
        assert "Seq Scan on webhook_events" not in after, f"{wanted}\n{after}"


def pages(plan: str) -> int:
    """Blocks of 8 kB that the statement looked at."""
    return int(re.findall(r"shared hit=(\d+)", plan)[0])


async def read_by_each(
    database: Database, superuser_url: str, asked: list[WantedEvents]
) -> list[str]:
    with psycopg.connect(superuser_url, autocommit=True) as admin:
        admin.execute("vacuum analyze webhook_events")
    async with database.system_connection() as conn:
        for wanted in asked:
            await a_plan(conn, wanted)  # what is read first is not in the cache
        return [await a_plan(conn, wanted) for wanted in asked]


async def a_plan(conn: Connection, wanted: WantedEvents) -> str:
    statement = webhook_list.statement(wanted, after=None)
    cursor = await conn.execute(
        f"explain (analyze, buffers, costs off, timing off) {statement}".encode(),
        webhook_list.values(wanted, after=None, limit=31),
    )
    return "\n".join(str(row["QUERY PLAN"]) for row in await cursor.fetchall())
