"""Tells which migrations were applied to a database."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class SchemaHistory:
    applied: frozenset[str]  # versions of migrations
    with_queue: bool  # whether the queue's tables, the last step, are there


async def history(conn: Connection) -> SchemaHistory:
    """The history. Needs a system connection.

    Raises psycopg.ProgrammingError where no migration was ever applied.
    """
    cursor = await conn.execute(
        b"""select array(select version from supabase_migrations.schema_migrations) as applied,
                   to_regproc('jobs.defer') is not null as with_queue"""
    )
    row = await cursor.fetchone()
    assert row is not None  # a select without from gives one row
    return SchemaHistory(frozenset(row["applied"]), row["with_queue"])


async def takes_writes(conn: Connection) -> bool:
    """Whether a transaction may write: not on a standby, nor where all are made read-only."""
    cursor = await conn.execute(
        b"select current_setting('transaction_read_only') = 'off' as writable"
    )
    row = await cursor.fetchone()
    return bool(row and row["writable"])
