"""Opens all database connections; each is a transaction with a role and a tenant.

`tenant_connection` is the assistant's: row level security limits it to one boutique. `at_once` is
the same for a single statement.
`user_connection` is for a person who reads: it shows the boutiques the person is a member of.
`member_connection` is for a person who acts in one of them, with the rights of an owner or of
staff; `acting_connection` is the same person with the assistant's rights, for tools that move
stock or money. An API for people uses all three.
`operator_connection` is for the commands of whoever runs the installation, in one boutique.
`platform_connection` is for a person who runs it, at work across boutiques by the platform's API.
`looking_connection` shows such a person one boutique as its owner sees it, and writes nothing.
`audit_connection` shows all boutiques as they are at one moment, and writes nothing.
`system_connection` sees all boutiques: for finding the boutique of a number, and for jobs across
tenants. Nothing else opens a connection.

`long=True` is for statements that take minutes (a rollup, a scoring, the deletion of a boutique): a
connection outside the pool, without the settings and the timeout of short statements.
"""

from __future__ import annotations

import json
import select
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, LiteralString, Protocol

import structlog
from psycopg import AsyncConnection, AsyncCursor, OperationalError
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL
from psycopg_pool import AsyncConnectionPool

from dukani.core.connection_settings import (
    FOR_LONG_STATEMENTS,
    OUR_END,
    OURS,
    at_start,
    for_the_transaction,
)
from dukani.core.database_url import explaining
from dukani.core.errors import NotAMember, OwnersOnly, PlatformAdminsOnly
from dukani.core.observability.following import current_trace, for_the_database
from dukani.core.vectors import with_vectors

log = structlog.get_logger()

Connection = AsyncConnection[DictRow]


class Executes(Protocol):
    """Executes a statement: a transaction's connection, or `at_once`."""

    async def execute(
        self, query: bytes, params: Mapping[str, Any] | None = None
    ) -> AsyncCursor[DictRow]: ...


CONNECT_TIMEOUT_S = 15
RECONNECT_S = 10.0
# More than a process has. psycopg keeps a hundred a connection, and of more that come in turn each
# was forgotten before it came again.
MOST_PREPARED = 1000
WAIT_S = 30.0  # for a connection of the pool
_wait_s: ContextVar[float] = ContextVar("wait_s", default=WAIT_S)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """In the block a connection of the pool is waited for so long; then PoolTimeout is raised.

    A job may wait for WAIT_S, a caller of ours would rather be told.
    """
    before = _wait_s.set(seconds)
    try:
        yield
    finally:
        _wait_s.reset(before)


# Begins a transaction and sets role and tenant, in one round trip instead of two.
_TENANT: LiteralString = (
    "select set_config('role', 'boutique_agent', true), set_config('app.boutique_id', {}, true)"
)
_AS_TENANT = SQL(_TENANT)
# The short statements of a talk, which are the same for each message. Planning them took the server
# as long as carrying them out: it made some of them anew each time (the cart's lines, a turn's
# first statement), as it expects little less of a plan that knows the values, and that is no use
# where a key finds one row. Statements over much data are planned for their values.
_KEEPING_PLANS: LiteralString = ", set_config('plan_cache_mode', 'force_generic_plan', true)"
# A pipeline takes single statements, so this one tells of the trace too.
_AS_TENANT_IN_PIPELINE: LiteralString = (
    _TENANT.format("%s") + _KEEPING_PLANS + ", set_config('app.trace', %s, true)"
)
# Statements after the lock see all that its former holder committed.
_IN_PARTITION = SQL("; select pg_advisory_xact_lock(hashtextextended({}, 0))")
_AS_USER = SQL(
    "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', {}, true)"
)
# Sets user and boutique, then the rights found for both, in one round trip.
_MEMBERSHIP: LiteralString = (
    "select set_config('role', 'authenticated', true),"
    " set_config('request.jwt.claims', {}, true), set_config('app.boutique_id', {}, true);"
    " with member as materialized (select private.member_role() as role)"
    " select role, set_config('role', RIGHTS, true),"
    " set_config('app.actor', role || ':' || {}, true), set_config('app.via', {}, true)"
    " from member where role is not null"
)
_AS_MEMBER = SQL(_MEMBERSHIP.replace("RIGHTS", "'boutique_' || role"))
_AS_ACTING_MEMBER = SQL(_MEMBERSHIP.replace("RIGHTS", "'boutique_agent'"))
_AS_SYSTEM = b"select set_config('role', 'service_role', true)"
_AS_OPERATOR = SQL(
    "select set_config('role', 'service_role', true), set_config('app.boutique_id', {}, true)"
)
# Gives the rights only to a person who is a platform admin at this moment.
_AS_PLATFORM = SQL(
    "select set_config('role', 'service_role', true);"
    " select set_config('app.boutique_id', {}, true),"
    " set_config('app.actor', 'platform:' || user_id, true)"
    " from private.platform_admins where user_id::text = {}"
)
# Nothing can be written from the first statement on. The look is asked for once more, and with it
# whether its holder is still a platform admin; the rights are those of the boutique's first owner.
_AS_LOOKING: LiteralString = (
    "set transaction read only;"
    " select set_config('role', 'service_role', true);"
    " with owner as materialized (select m.user_id from platform_looks l"
    " join private.platform_admins a on a.user_id = l.admin_id"
    " join boutique_members m on m.boutique_id = l.boutique_id and m.role = 'owner'"
    " where l.admin_id::text = {} and l.boutique_id::text = {} and l.ended_at is null"
    " and l.ends_at > now() order by m.created_at, m.user_id limit 1)"
    " select user_id, set_config('request.jwt.claims',"
    " json_build_object('sub', user_id)::text, true), set_config('app.boutique_id', {}, true),"
    " set_config('role', 'RIGHTS', true) from owner"
)
_AS_LOOKING_OWNER = SQL(_AS_LOOKING.replace("RIGHTS", "boutique_owner"))
_AS_LOOKING_AGENT = SQL(_AS_LOOKING.replace("RIGHTS", "boutique_agent"))
# Read only before the role is taken: nothing that runs in it can write.
_AS_AUDITOR = SQL(
    "select set_config('transaction_read_only', 'on', true), set_config('role', 'service_role',"
    " true), set_config('statement_timeout', {}, true)"
)
_AS_IDENTITY = b"select set_config('role', 'dukani_identity', true)"


@lru_cache(maxsize=4096)  # a conversation has several turns in a row
def _as_tenant(boutique_id: str, partition: str | None, *, long: bool) -> bytes:
    enter = _AS_TENANT.format(boutique_id)
    if partition is not None and not long:
        enter += SQL(_KEEPING_PLANS)
    if partition is not None:
        enter += _IN_PARTITION.format(partition)
    return enter.as_bytes()


@dataclass(frozen=True, slots=True)
class _Opening:
    """How to open connections of one kind, and how to begin their transactions.

    `settle` sets the connection settings in each transaction, `begin` at its begin; both are empty
    on a direct connection.
    """

    kwargs: dict[str, Any]
    settle: bytes
    begin: bytes


@dataclass(frozen=True, slots=True)
class PoolStats:
    """Connections of the pool; `waiting` asked for one, `errors` got none since the start."""

    size: int
    free: int
    most: int
    waiting: int
    errors: int

    @property
    def in_use(self) -> int:
        return self.size - self.free

    @property
    def is_exhausted(self) -> bool:
        return self.waiting > 0 and self.free == 0 and self.size >= self.most


class Database:
    """A pool of connections that have no rights until they take a role."""

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 5,
        transaction_pooler: bool = False,
        via: Literal["command"] | None = None,
    ) -> None:
        """`via`: how every change of this process came, for the audit log."""
        self.url = url
        came = {"app.via": via} if via else {}
        self.transaction_pooler = transaction_pooler  # nothing lives in a session, LISTEN neither
        self._usual = _opening_with(OURS | came, transaction_pooler=transaction_pooler)
        self._long = _opening_with(
            FOR_LONG_STATEMENTS | came, transaction_pooler=transaction_pooler
        )
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            open=False,
            min_size=1,
            max_size=pool_size,
            # Tries are twice as far apart each time, so one that goes on for minutes finds a server
            # that is back minutes late. A shorter one is followed by another, at the next caller's.
            reconnect_timeout=RECONNECT_S,
            connection_class=AsyncConnection[DictRow],
            check=check_socket,
            configure=_keep_prepared,
            kwargs=self._usual.kwargs,
        )

    async def open(self) -> None:
        """Open the pool. Raises ConfigurationError when the database cannot be used."""
        await self._try_connection()
        await self._pool.open(wait=True, timeout=15)

    async def _try_connection(self) -> None:
        """Try a single connection first: a pool that cannot connect reports only a timeout."""
        with explaining(self.url):
            async with self._connected(self._usual) as conn:
                if not self._usual.settle:
                    await _check_that_settings_hold(conn)

    @asynccontextmanager
    async def _connected(self, opening: _Opening) -> AsyncIterator[Connection]:
        """A connection outside the pool, closed at the end."""
        conn = await AsyncConnection.connect(
            self.url, connect_timeout=CONNECT_TIMEOUT_S, **opening.kwargs
        )
        try:
            yield conn
        finally:
            await conn.close()

    @asynccontextmanager
    async def _entered(self, role: bytes, *, long: bool) -> AsyncIterator[Connection]:
        """A transaction that begins with the statements in `role`."""
        opening = self._long if long else self._usual
        found = self._connected(opening) if long else self._from_pool()
        async with found as conn, _transaction(conn, opening.begin + role):
            yield conn

    def _from_pool(self) -> AbstractAsyncContextManager[Connection]:
        return self._pool.connection(timeout=_wait_s.get())

    async def close(self) -> None:
        await self._pool.close()

    def pool_stats(self) -> PoolStats:
        """The pool at this moment."""
        told = self._pool.get_stats()
        size, free = told.get("pool_size", 0), told.get("pool_available", 0)
        return PoolStats(
            size=size,
            free=free,
            most=told.get("pool_max", 0),
            waiting=told.get("requests_waiting", 0),
            errors=told.get("requests_errors", 0),
        )

    async def __aenter__(self) -> Database:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def tenant_connection(
        self, boutique_id: str, *, partition: str | None = None, long: bool = False
    ) -> AsyncIterator[Connection]:
        """A transaction that sees one boutique; commits on leaving, rolls back on an error.

        With `partition` it waits for the advisory lock of that partition.
        """
        async with self._entered(_as_tenant(boutique_id, partition, long=long), long=long) as conn:
            yield conn

    def at_once(self, boutique_id: str) -> Executes:
        """Executes a single statement as a transaction of its own that sees one boutique."""
        return _AtOnce(self._pool, boutique_id, self._usual.settle)

    @asynccontextmanager
    async def user_connection(self, claims: Mapping[str, Any]) -> AsyncIterator[Connection]:
        """A transaction as the person with `claims` of a verified JWT (`sub` is the user)."""
        begin = self._usual.begin + _AS_USER.format(json.dumps(dict(claims))).as_bytes()
        async with self._from_pool() as conn, _transaction(conn, begin):
            yield conn

    @asynccontextmanager
    async def member_connection(
        self, claims: Mapping[str, Any], boutique_id: str, *, owners_only: bool = False
    ) -> AsyncIterator[Connection]:
        """A transaction as the person of `claims` (a verified JWT's), acting in one boutique.

        The audit log records the person's id with every write, and `via` of the claims: the API
        key that stood for the person. Raises NotAMember, or OwnersOnly when `owners_only` is set
        and the member is staff.
        """
        async with self._as_member(_AS_MEMBER, claims, boutique_id, owners_only) as conn:
            yield conn

    @asynccontextmanager
    async def acting_connection(
        self, claims: Mapping[str, Any], boutique_id: str, *, owners_only: bool = False
    ) -> AsyncIterator[Connection]:
        """As `member_connection`, with the assistant's rights in the boutique.

        For tools that move stock or money, which no member may do by a statement of their own.
        """
        async with self._as_member(_AS_ACTING_MEMBER, claims, boutique_id, owners_only) as conn:
            yield conn

    @asynccontextmanager
    async def _as_member(
        self, rights: SQL, claims: Mapping[str, Any], boutique_id: str, owners_only: bool
    ) -> AsyncIterator[Connection]:
        via = str(claims.get("via", ""))
        who = (json.dumps(dict(claims)), boutique_id, str(claims.get("sub", "")), via)
        begin = self._usual.begin + rights.format(*who).as_bytes()
        async with self._from_pool() as conn, _transaction(conn, begin) as entered:
            while entered.nextset():
                continue
            row = await entered.fetchone()
            if row is None:
                raise NotAMember
            if owners_only and row["role"] != "owner":
                raise OwnersOnly
            yield conn

    @asynccontextmanager
    async def system_connection(self, *, long: bool = False) -> AsyncIterator[Connection]:
        """A transaction that sees every boutique, for work across boutiques only."""
        async with self._entered(_AS_SYSTEM, long=long) as conn:
            yield conn

    @asynccontextmanager
    async def operator_connection(self, boutique_id: str) -> AsyncIterator[Connection]:
        """A transaction of whoever runs the installation, at work in one boutique by command."""
        async with self._entered(_AS_OPERATOR.format(boutique_id).as_bytes(), long=False) as conn:
            yield conn

    @asynccontextmanager
    async def platform_connection(
        self, claims: Mapping[str, Any], *, boutique_id: str = ""
    ) -> AsyncIterator[Connection]:
        """A transaction that sees every boutique, as the platform admin of `claims` (`sub`).

        With `boutique_id` it is at work in that one: functions of a tenant are of it, and the audit
        log has `platform:<user id>`. Raises PlatformAdminsOnly.
        """
        begin = (
            self._usual.begin
            + _AS_PLATFORM.format(boutique_id, str(claims.get("sub", ""))).as_bytes()
        )
        async with self._from_pool() as conn, _transaction(conn, begin) as entered:
            while entered.nextset():
                continue
            if await entered.fetchone() is None:
                raise PlatformAdminsOnly
            yield conn

    @asynccontextmanager
    async def looking_connection(
        self, claims: Mapping[str, Any], boutique_id: str, *, acting: bool = False
    ) -> AsyncIterator[Connection]:
        """A read-only transaction that shows a boutique as its owner sees it.

        For the platform admin of `claims` (`sub`) while a look of hers at the boutique is open;
        `acting`: with the assistant's rights. Raises NotAMember.
        """
        rights = _AS_LOOKING_AGENT if acting else _AS_LOOKING_OWNER
        who = (str(claims.get("sub", "")), boutique_id, boutique_id)
        begin = self._usual.begin + rights.format(*who).as_bytes()
        async with self._from_pool() as conn, _transaction(conn, begin) as entered:
            while entered.nextset():
                continue
            if await entered.fetchone() is None:
                raise NotAMember
            yield conn

    @asynccontextmanager
    async def audit_connection(self, *, within_s: float) -> AsyncIterator[Connection]:
        """A read-only transaction that sees every boutique, all of it as at its first statement.

        Outside the pool, since it takes long. A statement that takes longer than `within_s` raises
        QueryCanceled.
        """
        begin = self._long.begin.replace(b"begin;", b"begin isolation level repeatable read;", 1)
        async with (
            self._connected(self._long) as conn,
            _transaction(conn, begin + _AS_AUDITOR.format(f"{within_s * 1000:.0f}").as_bytes()),
        ):
            yield conn

    @asynccontextmanager
    async def identity_connection(self) -> AsyncIterator[Connection]:
        """A transaction on the `auth` schema, for our own auth service.

        Only the embedded server has its role: Supabase brings an auth service.
        """
        async with self._entered(_AS_IDENTITY, long=False) as conn:
            yield conn


def _opening_with(settings: Mapping[str, str], *, transaction_pooler: bool) -> _Opening:
    kwargs: dict[str, Any] = {
        **OUR_END,
        "autocommit": True,
        "context": with_vectors(),
        "row_factory": dict_row,
        # Behind a transaction pooler a prepared statement may be missing on the next server.
        "prepare_threshold": None if transaction_pooler else 3,
    }
    if not transaction_pooler:
        return _Opening(kwargs | {"options": at_start(settings)}, settle=b"", begin=b"")
    settle = for_the_transaction(settings).encode()
    return _Opening(kwargs, settle=settle, begin=settle + b"; ")


async def wrote_something(conn: Connection) -> bool:
    """Whether the transaction has changed a row so far, or locked one."""
    cursor = await conn.execute("select pg_current_xact_id_if_assigned() is not null as wrote")
    row = await cursor.fetchone()
    return row is not None and bool(row["wrote"])


async def _keep_prepared(conn: Connection) -> None:
    conn.prepared_max = MOST_PREPARED


async def _check_that_settings_hold(conn: Connection) -> None:
    """Raise OperationalError if a pooler ignored the startup options."""
    cursor = await conn.execute("select current_setting('search_path') as path")
    row = await cursor.fetchone()
    if row is None or row["path"].replace(" ", "") != OURS["search_path"]:
        raise OperationalError("unsupported startup parameter: options were ignored")


@dataclass(frozen=True, slots=True)
class _AtOnce:
    """Sets the tenant and executes a statement in a pipeline: one round trip instead of three."""

    pool: AsyncConnectionPool[Connection]
    boutique_id: str
    settle: bytes  # empty on a direct connection, which has its settings already

    async def execute(
        self, query: bytes, params: Mapping[str, Any] | None = None
    ) -> AsyncCursor[DictRow]:
        connection = self.pool.connection(timeout=_wait_s.get())
        async with connection as conn, _closed_on_error(conn), conn.pipeline():
            # The server runs a pipeline as one transaction.
            if self.settle:
                await conn.execute(self.settle)
            await conn.execute(_AS_TENANT_IN_PIPELINE, (self.boutique_id, current_trace() or ""))
            return await conn.execute(query, params)


@asynccontextmanager
async def _closed_on_error(conn: Connection) -> AsyncIterator[None]:
    """Close the connection after an error in a pipeline.

    After the error psycopg's cache of prepared statements may be wrong, and without a rollback it
    is not cleared, so the connection would fail again and again.
    """
    try:
        yield
    except BaseException:
        await conn.close()
        raise


async def check_socket(conn: AsyncConnection[Any]) -> None:
    """A pool's check without a round trip. Raises OperationalError when the server is gone.

    On an idle connection the socket has data to read only if the server closed it.
    """
    listening = select.poll()
    listening.register(conn.fileno(), select.POLLIN)
    if listening.poll(0):
        await AsyncConnectionPool.check_connection(conn)


@asynccontextmanager
async def _transaction(conn: Connection, begin: bytes) -> AsyncIterator[AsyncCursor[DictRow]]:
    """A transaction: commits on leaving, rolls back on an error and raises the error.

    Yields the cursor with the results of `begin`.
    """
    began = await conn.execute(b"begin; " + for_the_database() + begin, prepare=False)
    try:
        yield began
    except BaseException:
        try:
            await conn.rollback()
        except OperationalError as error:  # the server is gone, so there is nothing to roll back
            log.warning("rollback_failed", reason=str(error))
        raise
    await conn.commit()
