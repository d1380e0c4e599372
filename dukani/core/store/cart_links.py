"""Links to pay a cart by: kept by the digest of their token, one of a kind."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class CartLink:
    """`order_id`: the order placed by it; until then, it pays the cart as it is.

    A link to an agent's cart (`agent_cart_id`) has customer and cart only once it is ordered by.
    """

    id: str
    boutique_id: str
    customer_id: str | None
    cart_id: str | None
    agent_cart_id: str | None
    expires_at: datetime
    order_id: str | None
    is_over: bool


def digest_of(token: str) -> bytes:
    """A token is 128 random bits, so a fast digest hides it well enough."""
    return hashlib.sha256(token.encode()).digest()


async def add(
    conn: Connection, *, token: str, customer_id: str, cart_id: str, lasts: timedelta
) -> datetime:
    """Keeps a link to the customer's cart; when it ends."""
    cursor = await conn.execute(
        """insert into cart_links (boutique_id, token_digest, customer_id, cart_id, expires_at)
           values (private.current_boutique(), %(digest)s, %(customer_id)s, %(cart_id)s,
             now() + %(lasts)s)
           returning expires_at""",
        {
            "digest": digest_of(token),
            "customer_id": customer_id,
            "cart_id": cart_id,
            "lasts": lasts,
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # an insert returns its row
    expires_at: datetime = row["expires_at"]
    return expires_at


async def find(conn: Connection, *, token: str, lock: bool = False) -> CartLink | None:
    """The link of a token, ended ones too. A system connection finds any boutique's."""
    async with conn.cursor(row_factory=class_row(CartLink)) as cursor:
        await cursor.execute(
            b"""select id::text, boutique_id::text, customer_id::text, cart_id::text,
                  agent_cart_id::text, expires_at, order_id::text, expires_at <= now() as is_over
                from cart_links where token_digest = %(digest)s"""
            + (b" for update" if lock else b""),
            {"digest": digest_of(token)},
        )
        return await cursor.fetchone()


async def set_order(conn: Connection, *, link_id: str, order_id: str) -> None:
    await conn.execute(
        """update cart_links set order_id = %(order_id)s
           where boutique_id = private.current_boutique() and id = %(link_id)s""",
        {"link_id": link_id, "order_id": order_id},
    )
