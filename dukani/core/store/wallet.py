"""The wallet: a boutique's message tokens, moved by the ledger's own functions and by no other SQL.

Each function locks the boutique's row of `wallets` until the transaction ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from psycopg.rows import class_row

from dukani.core.database import Connection

TransferKind = Literal[
    "top_up", "grant", "hold", "accept", "settle", "give_back", "release", "late", "lose", "expire"
]
Held = Literal["held", "before", "short", "released"]
Taken = Literal["taken", "before", "short", "none"]
Ended = Literal["settled", "given_back", "late", "lost", "before", "none"]


@dataclass(frozen=True, slots=True)
class Balance:
    """Tokens in each account; `top_up` and `platform_loss` are where they came from, negative."""

    available: int
    held: int
    spent: int
    top_up: int
    platform_loss: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Tokens set aside for an occurrence of a campaign; `remaining` of them no send has taken."""

    key: str
    campaign_id: str | None
    remaining: int
    created_at: datetime
    released_at: datetime | None


async def balance(conn: Connection) -> Balance:
    async with conn.cursor(row_factory=class_row(Balance)) as cursor:
        await cursor.execute(
            """select available, held, spent, top_up, platform_loss from wallets
               where boutique_id = private.current_boutique()"""
        )
        return await cursor.fetchone() or Balance(0, 0, 0, 0, 0)


async def get_hold(conn: Connection, *, key: str) -> Hold | None:
    async with conn.cursor(row_factory=class_row(Hold)) as cursor:
        await cursor.execute(
            """select key, campaign_id::text, remaining, created_at, released_at from wallet_holds
               where boutique_id = private.current_boutique() and key = %(key)s""",
            {"key": key},
        )
        return await cursor.fetchone()


async def hold(
    conn: Connection, *, hold: str, key: str, tokens: int, campaign_id: str | None
) -> tuple[Held, int]:
    """What became of it, and the tokens that are available now."""
    cursor = await conn.execute(
        """select result, available
           from private.hold_tokens(%(hold)s, %(key)s, %(tokens)s, %(campaign_id)s)""",
        {"hold": hold, "key": key, "tokens": tokens, "campaign_id": campaign_id},
    )
    row = await cursor.fetchone()
    assert row is not None  # the function returns one row
    return cast(Held, row["result"]), int(row["available"])


async def take(
    conn: Connection, *, hold: str, recipient: str, tokens: int, message_id: str | None
) -> tuple[Taken, int]:
    """What became of it, and the tokens that the hold still has."""
    cursor = await conn.execute(
        """select result, remaining
           from private.take_tokens(%(hold)s, %(recipient)s, %(tokens)s, %(message_id)s)""",
        {"hold": hold, "recipient": recipient, "tokens": tokens, "message_id": message_id},
    )
    row = await cursor.fetchone()
    assert row is not None  # the function returns one row
    return cast(Taken, row["result"]), int(row["remaining"])


async def end_send(conn: Connection, *, recipient: str, delivered: bool) -> Ended:
    cursor = await conn.execute(
        "select private.end_send(%(recipient)s, %(delivered)s) as ended",
        {"recipient": recipient, "delivered": delivered},
    )
    row = await cursor.fetchone()
    assert row is not None  # the function returns one value
    return cast(Ended, row["ended"])


async def take_many(
    conn: Connection, *, hold: str, sends: Sequence[tuple[str, int, str]]
) -> dict[str, Taken]:
    """As `take` for each recipient, tokens and message, in one statement; by recipient."""
    cursor = await conn.execute(
        """select s.recipient, (private.take_tokens(%(hold)s, s.recipient, s.tokens,
             s.message_id)).result as result
           from unnest(%(recipients)s::text[], %(tokens)s::bigint[], %(messages)s::uuid[])
             s (recipient, tokens, message_id)""",
        {
            "hold": hold,
            "recipients": [recipient for recipient, _, _ in sends],
            "tokens": [tokens for _, tokens, _ in sends],
            "messages": [message for _, _, message in sends],
        },
    )
    return {row["recipient"]: cast(Taken, row["result"]) for row in await cursor.fetchall()}


async def end_sends(conn: Connection, *, recipients: Sequence[str], delivered: bool) -> None:
    """As `end_send` for each, in one statement."""
    await conn.execute(
        """select private.end_send(recipient, %(delivered)s)
           from unnest(%(recipients)s::text[]) recipient""",
        {"recipients": list(recipients), "delivered": delivered},
    )


async def expire_sends(conn: Connection, *, recipients: Sequence[str]) -> int:
    """The tokens that came back of sends of which nothing was told."""
    cursor = await conn.execute(
        """select coalesce(sum(private.expire_send(recipient)), 0)::bigint as tokens
           from unnest(%(recipients)s::text[]) recipient""",
        {"recipients": list(recipients)},
    )
    row = await cursor.fetchone()
    assert row is not None  # an aggregate has one row
    return int(row["tokens"])


async def release(conn: Connection, *, hold: str) -> int | None:
    """The tokens that went back; none when there is no such hold."""
    cursor = await conn.execute("select private.release_hold(%(hold)s) as tokens", {"hold": hold})
    row = await cursor.fetchone()
    assert row is not None  # the function returns one value
    return None if row["tokens"] is None else int(row["tokens"])


async def credit_top_up(conn: Connection, *, top_up_id: str) -> bool:
    """The tokens of a paid top-up become available; false when they did before."""
    cursor = await conn.execute("select private.credit_top_up(%(id)s) as moved", {"id": top_up_id})
    row = await cursor.fetchone()
    return bool(row and row["moved"])


async def grant(conn: Connection, *, key: str, tokens: int, note: str) -> bool:
    """Give tokens; false when this key gave them before. Needs an operator's connection."""
    cursor = await conn.execute(
        "select private.grant_tokens(%(key)s, %(tokens)s, %(note)s) as moved",
        {"key": key, "tokens": tokens, "note": note},
    )
    row = await cursor.fetchone()
    return bool(row and row["moved"])
