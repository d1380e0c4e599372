"""Connections that tests have one after another, as they have the database.

A new connection knows nothing of the database: to read the catalogue, the policies and the
functions again takes the server longer than the statements of most tests, and so it does to plan
statements again. So one that is closed is reset as `discard all` does it, only its plans and what
psycopg prepared stay, and whoever connects in the same way takes it.
"""

from __future__ import annotations

import select
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import AsyncConnection, Connection, generators, pq

MOST_ALIKE = 6  # of one database, user and settings: as many as a pool and a worker hold

_RESET = b"""
close all; set session authorization default; reset role; reset all; unlisten *;
select pg_advisory_unlock_all(); discard temp; discard sequences
"""


class KeptConnections:
    """The open connections to databases of the names in `databases` that nobody uses."""

    def __init__(self) -> None:
        self.databases: set[str] = set()
        self._idle: dict[str, list[Any]] = defaultdict(list)  # by how they were opened
        self._closed = pq.PGconn.connect_start(b"host=/nowhere")
        self._closed.finish()

    def pids(self) -> list[int]:
        """The server's processes behind them."""
        return [pgconn.backend_pid for alike in self._idle.values() for pgconn, _ in alike]

    def forget(self, database: str) -> None:
        """Close those to a database, and keep none any more."""
        self.databases.discard(database)
        self.let_go(database)

    def let_go(self, database: str) -> None:
        """Close those to a database: the next ones know nothing of it."""
        for alike in self._idle.values():
            for kept in [one for one in alike if one[0].db.decode() == database]:
                alike.remove(kept)
                kept[0].finish()

    def take(self, conninfo: str) -> Any:
        """One that was opened in this way, and what is prepared on it; None when there is none."""
        alike = self._idle[conninfo]
        while alike:
            pgconn, prepared = alike.pop()
            if not _has_something_to_read(pgconn):  # as it has when the server closed it
                return pgconn, prepared
            pgconn.finish()
        return None

    def keep(self, conn: Connection[Any] | AsyncConnection[Any]) -> bool:
        """Take the connection from one who closes it; False when it is to be closed really."""
        pgconn, alike = conn.pgconn, self._idle[getattr(conn, "opened_by", "")]
        if (
            not self._knows(conn)
            or len(alike) >= MOST_ALIKE
            or pgconn.transaction_status != pq.TransactionStatus.IDLE
            or pgconn.pipeline_status != pq.PipelineStatus.OFF
            or pgconn.exec_(_RESET).status == pq.ExecStatus.FATAL_ERROR
        ):
            return False
        while pgconn.notifies():
            continue
        alike.append((pgconn, conn._prepared))
        conn.pgconn = self._closed
        return True

    def _knows(self, conn: Connection[Any] | AsyncConnection[Any]) -> bool:
        # A pool may be told to take back what is closed.
        returns = getattr(getattr(conn, "_pool", None), "close_returns", False)
        return hasattr(conn, "opened_by") and not returns and conn.info.dbname in self.databases


KEPT = KeptConnections()


@contextmanager
def keeping_connections() -> Iterator[None]:
    """Connections of this process are kept meanwhile."""
    with pytest.MonkeyPatch.context() as patched:
        for kind in (Connection, AsyncConnection):
            patched.setattr(kind, "_connect_gen", classmethod(_connect))
        patched.setattr(Connection, "close", _closing(Connection.close))
        patched.setattr(AsyncConnection, "close", _closing_async(AsyncConnection.close))
        yield


def _connect(kind: Any, conninfo: str = "") -> Generator[Any, Any, Any]:
    kept = KEPT.take(conninfo)
    if kept is None:
        conn = kind((yield from generators.connect(conninfo)))
    else:
        conn = kind(kept[0])
        conn._prepared = kept[1]
    conn.opened_by = conninfo
    return conn


def _closing(really: Any) -> Any:
    def close(conn: Connection[Any]) -> None:
        if conn.closed or not KEPT.keep(conn):
            really(conn)

    return close


def _closing_async(really: Any) -> Any:
    async def close(conn: AsyncConnection[Any]) -> None:
        if conn.closed or not KEPT.keep(conn):
            await really(conn)

    return close


def _has_something_to_read(pgconn: Any) -> bool:
    listening = select.poll()
    listening.register(pgconn.socket, select.POLLIN)
    return bool(listening.poll(0))
