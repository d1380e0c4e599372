"""A turn reads no more of a talk of ten thousand messages than of one of a hundred."""

from __future__ import annotations

import psycopg

from dukani.core.database import Connection, Database
from dukani.core.store import events, messages, turns
from tests.factories import a_boutique, a_conversation, an_arrival

SHORT, LONG = 100, 10_000
# Talked in turns, a second apart, and all of it handled.
_TALK = """
with said as (
  insert into messages (boutique_id, conversation_id, provider, direction, author, kind, body,
    status, provider_id, created_at)
  select %(b)s, %(c)s::uuid, 'twilio', case n %% 2 when 0 then 'in' else 'out' end,
    case n %% 2 when 0 then 'customer' else 'assistant' end, 'text', 'word ' || n,
    case n %% 2 when 0 then 'received' else 'delivered' end::message_status,
    'SM' || %(c)s::text || n, now() - (%(n)s - n) * interval '1 second'
  from generate_series(1, %(n)s) n returning id, direction
)
insert into conversation_events (boutique_id, conversation_id, kind, message_id, handled_at)
select %(b)s, %(c)s, 'message', id, now() from said where direction = 'in'
"""
_READ = """select relname, seq_scan, seq_tup_read + coalesce(idx_tup_fetch, 0) as rows
from pg_stat_xact_user_tables where relname in ('messages', 'conversation_events')"""


async def _read_so_far(conn: Connection) -> dict[str, tuple[int, int]]:
    rows = await (await conn.execute(_READ)).fetchall()
    return {row["relname"]: (row["seq_scan"], row["rows"]) for row in rows}


async def a_turn_reads(
    database: Database, boutique: str, conversation: str
) -> dict[str, tuple[int, int]]:
    """Of each table that grows with the talk: how often it was read whole, and rows read."""
    async with database.tenant_connection(boutique) as conn:
        before = await _read_so_far(conn)
        await an_arrival(conn, conversation, provider_id=f"SM-new-{conversation}")
        opening = await turns.open_turn(conn, conversation_id=conversation)
        assert opening is not None
        assert len(opening.events) == 1
        assert len(await messages.recent(conn, conversation_id=conversation)) == 20
        assert await messages.last_said(conn, conversation_id=conversation) is not None
        assert await events.oldest_open(conn, conversation_id=conversation) is not None
        after = await _read_so_far(conn)
    return {
        table: (after[table][0] - before[table][0], after[table][1] - before[table][1])
        for table in after
    }


async def test_a_turn_reads_as_many_rows_of_a_long_talk(
    database: Database, superuser_url: str
) -> None:
    # given a talk of a hundred messages, and one of ten thousand
    boutique = await a_boutique(database)
    short, long = [await a_conversation(database, boutique) for _ in range(2)]
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        for conversation, length in ((short, SHORT), (long, LONG)):
            conn.execute(_TALK.encode(), {"b": boutique, "c": conversation, "n": length})
        conn.execute("vacuum analyze messages")
        conn.execute("vacuum analyze conversation_events")

    # when a message comes in each, and a turn begins
    of_the_short = await a_turn_reads(database, boutique, short)
    of_the_long = await a_turn_reads(database, boutique, long)

    # then both read the same few rows, by their indexes
    assert of_the_long == of_the_short
    for whole, rows in of_the_long.values():
        assert whole == 0
        assert 0 < rows < SHORT
