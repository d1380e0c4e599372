"""The one place connections come from: each is a transaction with a role and a tenant.

`tenant_connection` is the assistant's: row level security shows it one boutique.
`user_connection` is a person's: it shows the boutiques the person is a member of.
`system_connection` sees all: for resolving whose number a message was sent to, and for
jobs over all tenants. Nothing else opens a connection.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, IsolationLevel
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

Connection = AsyncConnection[DictRow]

_CONNECTION_OPTIONS = "-c search_path=public,memory,jobs -c statement_timeout=30000"


# The lane's lock is taken with the role, in one round trip: the next statement sees all that
# whoever held it before had committed.
_TENANT = (
    "select set_config('role', 'boutique_agent', true),"
    " set_config('app.boutique_id', %s, true), %s::text"
)
_TENANT_IN_LANE = _TENANT.replace("%s::text", "pg_advisory_xact_lock(hashtextextended(%s, 0))")


class Database:
    """A pool of connections that have no rights until they take a role."""

    def __init__(self, url: str, *, pool_size: int = 12, transaction_pooler: bool = False) -> None:
        self.url = url
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            open=False,
            min_size=1,
            max_size=pool_size,
            connection_class=AsyncConnection[DictRow],
            kwargs={
                "autocommit": True,
                "row_factory": dict_row,
                "options": _CONNECTION_OPTIONS,
                # A transaction pooler hands statements to servers that never prepared them.
                "prepare_threshold": None if transaction_pooler else 3,
            },
        )

    async def open(self) -> None:
        await self._pool.open(wait=True, timeout=15)

    async def close(self) -> None:
        await self._pool.close()

    async def __aenter__(self) -> Database:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def tenant_connection(
        self, boutique_id: str, *, lane: str | None = None, one_snapshot: bool = False
    ) -> AsyncIterator[Connection]:
        """A transaction that sees one boutique; commits on leaving, rolls back on an error.

        With `lane` it waits until no other transaction holds that lane. With `one_snapshot` all
        its statements see the same moment (repeatable read).
        """
        async with self._pool.connection() as conn, _isolated(conn, one_snapshot):
            await conn.execute(_TENANT if lane is None else _TENANT_IN_LANE, (boutique_id, lane))
            yield conn

    @asynccontextmanager
    async def user_connection(self, claims: Mapping[str, Any]) -> AsyncIterator[Connection]:
        """A transaction as the person whose verified JWT holds `claims` (`sub` is the user)."""
        async with self._pool.connection() as conn, conn.transaction():
            await conn.execute(
                "select set_config('role', 'authenticated', true),"
                " set_config('request.jwt.claims', %s, true)",
                (json.dumps(dict(claims)),),
            )
            yield conn

    @asynccontextmanager
    async def system_connection(self) -> AsyncIterator[Connection]:
        """A transaction that sees every boutique: only where no single one is meant."""
        async with self._pool.connection() as conn, conn.transaction():
            await conn.execute("select set_config('role', 'service_role', true)")
            yield conn


@asynccontextmanager
async def _isolated(conn: Connection, one_snapshot: bool) -> AsyncIterator[None]:
    if not one_snapshot:
        async with conn.transaction():
            yield
        return
    await conn.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    try:
        async with conn.transaction():
            yield
    finally:
        await conn.set_isolation_level(None)
