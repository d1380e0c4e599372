"""API keys of a boutique: only their digest is kept, and each works for the owner who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

# What a key reaches: the API of the boutique, or the tools of other agents alone.
Scope = Literal["api", "agents"]


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: str
    name: str
    begins_with: str  # enough to tell keys apart, too little to guess one
    may_write: bool
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """In whose name a key works, and where."""

    id: str
    boutique_id: str
    user_id: str
    may_write: bool


_KEYS = """select id::text, name, begins_with, may_write, created_at, last_used_at, revoked_at
from api_keys where boutique_id = private.current_boutique() and scope = %(scope)s"""


async def add(
    conn: Connection,
    *,
    name: str,
    begins_with: str,
    digest: bytes,
    may_write: bool,
    user_id: str,
    scope: Scope = "api",
) -> ApiKey:
    async with conn.cursor(row_factory=class_row(ApiKey)) as cursor:
        await cursor.execute(
            """insert into api_keys (boutique_id, name, begins_with, digest, may_write, created_by,
                 scope)
               values (private.current_boutique(), %(name)s, %(begins_with)s, %(digest)s,
                 %(may_write)s, %(user_id)s, %(scope)s)
               returning id::text, name, begins_with, may_write, created_at, last_used_at,
                 revoked_at""",
            {
                "name": name,
                "begins_with": begins_with,
                "digest": digest,
                "may_write": may_write,
                "user_id": user_id,
                "scope": scope,
            },
        )
        added = await cursor.fetchone()
    assert added is not None  # `returning` gives a row or the statement raised
    return added


async def of_boutique(conn: Connection, *, scope: Scope = "api") -> list[ApiKey]:
    """The boutique's keys, newest first, revoked ones too."""
    async with conn.cursor(row_factory=class_row(ApiKey)) as cursor:
        await cursor.execute(_KEYS + " order by created_at desc, id limit 200", {"scope": scope})
        return await cursor.fetchall()


async def revoke(conn: Connection, *, key_id: str, scope: Scope = "api") -> ApiKey | None:
    """The key, which is refused from its next use on; None: there is no such."""
    async with conn.cursor(row_factory=class_row(ApiKey)) as cursor:
        await cursor.execute(
            """update api_keys set revoked_at = coalesce(revoked_at, now())
               where boutique_id = private.current_boutique() and id = %(key_id)s
                 and scope = %(scope)s
               returning id::text, name, begins_with, may_write, created_at, last_used_at,
                 revoked_at""",
            {"key_id": key_id, "scope": scope},
        )
        return await cursor.fetchone()


async def use(conn: Connection, *, digest: bytes) -> KeyHolder | None:
    """The holder of a key that is not revoked, and note its use. Needs a system connection.

    The use is noted once a minute: a busy key would write a row with every call.
    """
    async with conn.cursor(row_factory=class_row(KeyHolder)) as cursor:
        await cursor.execute(
            """with used as (
                 update api_keys set last_used_at = now()
                 where digest = %(digest)s and scope = 'api' and revoked_at is null
                   and (last_used_at is null or last_used_at < now() - interval '1 minute'))
               select id::text, boutique_id::text, created_by::text as user_id, may_write
               from api_keys
               where digest = %(digest)s and scope = 'api' and revoked_at is null""",
            {"digest": digest},
        )
        return await cursor.fetchone()
