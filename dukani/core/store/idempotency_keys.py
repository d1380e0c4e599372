"""Answers of creating calls, kept by the caller's key: a repetition gets the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    request: bytes  # SHA-256 of the operation and of what was sent
    answer: dict[str, Any]


async def lock(conn: Connection, *, user_id: str, key: str) -> bool:
    """Take the key until the transaction ends; false while another call of the person has it."""
    cursor = await conn.execute(
        """select pg_try_advisory_xact_lock(hashtextextended(
             private.current_boutique() || '/' || %(user_id)s || '/' || %(key)s, 9)) as taken""",
        {"user_id": user_id, "key": key},
    )
    row = await cursor.fetchone()
    return bool(row and row["taken"])


async def get(conn: Connection, *, user_id: str, key: str) -> Kept | None:
    """What was answered under the key within `KEPT_FOR`."""
    async with conn.cursor(row_factory=class_row(Kept)) as cursor:
        await cursor.execute(
            """select request, answer from idempotency_keys
               where boutique_id = private.current_boutique() and user_id = %(user_id)s
                 and key = %(key)s and created_at > now() - %(kept_for)s""",
            {"user_id": user_id, "key": key, "kept_for": KEPT_FOR},
        )
        return await cursor.fetchone()


async def put(
    conn: Connection, *, user_id: str, key: str, request: bytes, answer: Mapping[str, Any]
) -> None:
    """Keep an answer; that of an expired key is replaced."""
    await conn.execute(
        """insert into idempotency_keys (boutique_id, user_id, key, request, answer)
           values (private.current_boutique(), %(user_id)s, %(key)s, %(request)s, %(answer)s)
           on conflict (boutique_id, user_id, key) do update
             set request = excluded.request, answer = excluded.answer, created_at = now()""",
        {"user_id": user_id, "key": key, "request": request, "answer": Jsonb(dict(answer))},
    )
