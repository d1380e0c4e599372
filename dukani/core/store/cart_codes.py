"""Carts of the shop's window that go on in the chat, by a code that is written there."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.languages import Language

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without look-alikes
LENGTH = 6
_TRIES = 5


@dataclass(frozen=True, slots=True)
class CartCode:
    """`lines`: (variant id, quantity); none: she asks for offers alone.

    `waits_for`: the variant she wants to hear of. `state`: whether it can be taken now.
    """

    code: str
    lines: Sequence[tuple[str, int]]
    offers_words: str | None
    anonymous_id: str | None
    waits_for: str | None
    state: Literal["open", "taken", "over"]


async def add(
    conn: Connection,
    *,
    lines: Sequence[tuple[str, int]],
    language: Language,
    offers_words: str | None,
    anonymous_id: str | None,
    waits_for: str | None = None,
) -> str:
    """Keeps a cart for a day; its code."""
    for _ in range(_TRIES):
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        cursor = await conn.execute(
            """insert into cart_codes
                 (boutique_id, code, lines, offers_words, language, anonymous_id, waits_for)
               values (private.current_boutique(), %(code)s, %(lines)s, %(offers_words)s,
                 %(language)s, %(anonymous_id)s, %(waits_for)s)
               on conflict (boutique_id, code) do nothing""",
            {
                "code": code,
                "lines": Jsonb([list(line) for line in lines]),
                "offers_words": offers_words,
                "language": language,
                "anonymous_id": anonymous_id,
                "waits_for": waits_for,
            },
        )
        if cursor.rowcount == 1:
            return code
    raise RuntimeError("no free cart code was found")


async def take(conn: Connection, *, code: str, customer_id: str) -> CartCode | None:
    """The cart of a code, which is the customer's from now on; None: there is no such code.

    One that she took herself is open to her again: a message may be handled twice.
    """
    cursor = await conn.execute(
        """
        with before as (
          select * from cart_codes
          where boutique_id = private.current_boutique() and code = %(code)s for update
        ), taken as (
          update cart_codes c set customer_id = %(customer_id)s, taken_at = now()
          from before where c.boutique_id = before.boutique_id and c.code = before.code
            and before.taken_at is null and before.expires_at > now()
        )
        select code, lines, offers_words, anonymous_id::text, waits_for::text,
          case when taken_at is not null and customer_id is distinct from %(customer_id)s
            then 'taken' when taken_at is null and expires_at <= now() then 'over'
            else 'open' end as state
        from before
        """,
        {"code": code, "customer_id": customer_id},
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    lines = [(str(variant), int(count)) for variant, count in row["lines"]]
    return CartCode(**row | {"lines": lines})


async def join_visitor(conn: Connection, *, anonymous_id: str, customer_id: str) -> None:
    """The visitor is this customer; the first who says so is."""
    await conn.execute(
        """insert into visitor_customers (boutique_id, anonymous_id, customer_id)
           values (private.current_boutique(), %(anonymous_id)s, %(customer_id)s)
           on conflict do nothing""",
        {"anonymous_id": anonymous_id, "customer_id": customer_id},
    )
