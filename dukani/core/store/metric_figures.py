"""What the metrics tell of the database, across boutiques. Needs a system connection.

Figures of the installation only: no row of it names a boutique or a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.core.database import Connection

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Figures:
    database: Mapping[str, Any]
    connections: Rows  # state, count
    payments: Rows  # rail, state, count, oldest_s
    unsent: Rows  # why, count
    templates: Rows  # state, count
    wallets: Mapping[str, Any]
    dead_letters: int
    boutiques: int  # open for business


# A transaction may be read-only because the server is a standby, or because it was made so: what
# managed databases do when the disk is full.
_DATABASE = b"""
select current_setting('transaction_read_only') = 'off' as writable,
  pg_database_size(current_database())::float8 as bytes,
  current_setting('max_connections')::int as connections_most,
  coalesce((select extract(epoch from now() - min(xact_start)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and backend_type = 'client backend'), 0)::float8 as oldest_transaction_s
"""
_CONNECTIONS = b"""
select coalesce(state, 'unknown') as state, count(*)::int as count from pg_stat_activity
where backend_type = 'client backend' group by 1
"""
_PAYMENTS = b"""
select provider as rail, status as state, count(*)::int as count,
  coalesce(extract(epoch from now() - min(coalesce(sent_at, created_at))), 0)::float8 as oldest_s
from payments where status in ('requested', 'sending', 'pending', 'needs_review')
group by provider, status
"""
# `held`: the provider refused the number or the account, so that it waits for a person.
_UNSENT = b"""
select case when status = 'queued' and send_after > now() then 'scheduled'
    when status = 'queued' then 'queued'
    when error_code is not null then 'held' else 'sending' end as why, count(*)::int as count
from messages where direction = 'out' and status in ('queued', 'sending') group by 1
"""
_TEMPLATES = b"select status as state, count(*)::int as count from message_templates group by 1"
_WALLETS = b"""
select count(*) filter (where available > 0)::int as filled,
  count(*) filter (where available <= 0)::int as empty,
  coalesce(sum(available), 0)::float8 as available, coalesce(sum(held), 0)::float8 as held,
  coalesce(sum(spent), 0)::float8 as spent from wallets
"""
_DEAD_LETTERS = b"""
select count(*)::int as count from conversation_events where dead_letter and dismissed_at is null
"""
_BOUTIQUES = b"select count(*)::int as count from boutiques where active"


async def figures(conn: Connection) -> Figures:
    return Figures(
        database=(await _rows(conn, _DATABASE))[0],
        connections=await _rows(conn, _CONNECTIONS),
        payments=await _rows(conn, _PAYMENTS),
        unsent=await _rows(conn, _UNSENT),
        templates=await _rows(conn, _TEMPLATES),
        wallets=(await _rows(conn, _WALLETS))[0],
        dead_letters=int((await _rows(conn, _DEAD_LETTERS))[0]["count"]),
        boutiques=int((await _rows(conn, _BOUTIQUES))[0]["count"]),
    )


async def _rows(conn: Connection, statement: bytes) -> Rows:
    return await (await conn.execute(statement)).fetchall()
