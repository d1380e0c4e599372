"""Tokens of links in mails: each counts once, for a while, and the newest of its kind only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dukani.core.database import Connection

TokenType = Literal["confirmation_token", "recovery_token"]


async def put(
    conn: Connection, *, user_id: str, token_type: TokenType, token_hash: str, email: str
) -> None:
    """Keep the token's hash in place of an earlier one of its kind."""
    await conn.execute(
        """insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
           values (%(user_id)s, %(type)s, %(hash)s, %(email)s)
           on conflict (user_id, token_type) do update set
             token_hash = excluded.token_hash, relates_to = excluded.relates_to,
             created_at = now(), updated_at = now()""",
        {"user_id": user_id, "type": token_type, "hash": token_hash, "email": email},
    )


async def take(
    conn: Connection,
    *,
    token_hash: str,
    token_types: Sequence[TokenType],
    valid_s: float,
) -> str | None:
    """Use up the token; returns its person's id. None: unknown, used, or too old."""
    cursor = await conn.execute(
        """delete from auth.one_time_tokens
           where token_hash = %(hash)s and token_type = any(%(types)s)
           returning user_id::text as user_id,
             created_at > now() - make_interval(secs => %(valid_s)s) as valid""",
        {"hash": token_hash, "types": list(token_types), "valid_s": valid_s},
    )
    row = await cursor.fetchone()
    return str(row["user_id"]) if row and row["valid"] else None


async def remove_all(conn: Connection, *, user_id: str) -> None:
    await conn.execute("delete from auth.one_time_tokens where user_id = %s", (user_id,))
