"""The keys that sign access tokens: the newest signs, retired ones verify for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class SealedKey:
    kid: str
    sealed: str = field(repr=False)


async def lock(conn: Connection) -> None:
    """Let nobody else make or retire a key until the transaction ends."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('auth.signing_keys', 0))")


async def current(conn: Connection) -> SealedKey | None:
    async with conn.cursor(row_factory=class_row(SealedKey)) as cursor:
        await cursor.execute(
            """select kid, sealed_key as sealed from auth.signing_keys
               where retired_at is null order by created_at desc, kid limit 1"""
        )
        return await cursor.fetchone()


async def published(conn: Connection, *, retired_s: float) -> list[dict[str, Any]]:
    """The public keys, newest first, with those retired within so many seconds."""
    cursor = await conn.execute(
        """select public_jwk from auth.signing_keys
           where coalesce(retired_at > now() - make_interval(secs => %s), true)
           order by created_at desc, kid""",
        (retired_s,),
    )
    return [dict(row["public_jwk"]) for row in await cursor.fetchall()]


async def add(conn: Connection, *, kid: str, public_jwk: Mapping[str, Any], sealed: str) -> None:
    await conn.execute(
        "insert into auth.signing_keys (kid, public_jwk, sealed_key) values (%s, %s, %s)",
        (kid, Jsonb(dict(public_jwk)), sealed),
    )


async def retire_all(conn: Connection, *, forgotten_s: float) -> None:
    """Retire the keys that sign, and forget those retired longer ago than so many seconds."""
    await conn.execute(
        """delete from auth.signing_keys
           where retired_at <= now() - make_interval(secs => %s)""",
        (forgotten_s,),
    )
    await conn.execute("update auth.signing_keys set retired_at = now() where retired_at is null")
