"""A worker is told to stop while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.queue import build_queue
from dukani.core.settings import Queue as QueueSettings
from dukani.core.store import queue_states
from dukani.worker import run_worker

# It waits for a connection to sign off with, as long as a pool's callers do.
STOPS_WITHIN_S = 90.0


@contextmanager
def away(server: EmbeddedServer, name: str) -> Iterator[None]:
    """The database takes no connection, and has lost those it had."""
    change = sql.SQL("alter database {} allow_connections {}")
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
        conn.execute(change.format(sql.Identifier(name), sql.SQL("false")))
        conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,)
        )
        try:
            yield
        finally:
            conn.execute(change.format(sql.Identifier(name), sql.SQL("true")))


@pytest.mark.slow
async def test_a_worker_stops_though_the_database_is_away(
    database: Database, server: EmbeddedServer, database_name: str
) -> None:
    # given a worker whose database has gone
    queue = build_queue(database.url, QueueSettings(heartbeat_s=1.0, stalled_after_s=10.0))
    worker = asyncio.create_task(run_worker(queue))
    while True:
        async with database.system_connection() as conn:
            if await queue_states.workers(conn, stalled_after_s=10):
                break
        await asyncio.sleep(0.1)

    with away(server, database_name):
        # when it is told to stop
        worker.cancel()

        # then it does
        await asyncio.wait({worker}, timeout=STOPS_WITHIN_S)
        assert worker.cancelled()
