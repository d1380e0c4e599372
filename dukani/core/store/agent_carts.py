"""Carts that other agents fill for their shoppers. They name nobody and hold no price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.cart_links import digest_of
from dukani.core.store.orders import FulfilmentStatus, OrderColumn, OrderPaymentStatus

MOST_ORDERS = 20


@dataclass(frozen=True, slots=True)
class AgentCart:
    """`lines`: how many of each variant, by its id."""

    id: str
    lines: Mapping[str, int]
    language: Language | None
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class AgentOrder:
    """An order that came of an agent's cart, without whose it is."""

    number: str
    status: OrderColumn
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    total_minor: int
    created_at: datetime


_COLUMNS = "id::text, lines, language, ordered_at is not null as is_ordered"


async def locked(
    conn: Connection, *, key_id: str, shopper: bytes, language: Language | None
) -> AgentCart:
    """The shopper's open cart, or a new one; others wait for it until the transaction ends."""
    cursor = await conn.execute(
        f"""insert into agent_carts as c (boutique_id, key_id, shopper_digest, language)
            values (private.current_boutique(), %(key_id)s, %(shopper)s, %(language)s)
            on conflict (boutique_id, key_id, shopper_digest) where ordered_at is null
              do update set language = coalesce(excluded.language, c.language)
            returning {_COLUMNS}""",
        {"key_id": key_id, "shopper": shopper, "language": language},
    )
    row = await cursor.fetchone()
    assert row is not None  # inserted or updated
    return _read(row)


async def open_of(conn: Connection, *, key_id: str, shopper: bytes) -> AgentCart | None:
    cursor = await conn.execute(
        f"""select {_COLUMNS} from agent_carts
            where boutique_id = private.current_boutique() and key_id = %(key_id)s
              and shopper_digest = %(shopper)s and ordered_at is null""",
        {"key_id": key_id, "shopper": shopper},
    )
    row = await cursor.fetchone()
    return _read(row) if row else None


async def get(conn: Connection, *, cart_id: str, lock: bool = False) -> AgentCart | None:
    """The cart, ordered ones too."""
    cursor = await conn.execute(
        (
            f"select {_COLUMNS} from agent_carts where boutique_id = private.current_boutique()"
            f" and id = %(cart_id)s{' for update' if lock else ''}"
        ).encode(),
        {"cart_id": cart_id},
    )
    row = await cursor.fetchone()
    return _read(row) if row else None


async def put(conn: Connection, *, cart_id: str, lines: Mapping[str, int]) -> None:
    await conn.execute(
        """update agent_carts set lines = %(lines)s, changed_at = clock_timestamp()
           where boutique_id = private.current_boutique() and id = %(cart_id)s""",
        {"cart_id": cart_id, "lines": Jsonb([[one, count] for one, count in lines.items()])},
    )


async def set_ordered(conn: Connection, *, cart_id: str, order_id: str) -> None:
    await conn.execute(
        """update agent_carts set ordered_at = clock_timestamp(), order_id = %(order_id)s
           where boutique_id = private.current_boutique() and id = %(cart_id)s""",
        {"cart_id": cart_id, "order_id": order_id},
    )


async def add_link(conn: Connection, *, token: str, cart_id: str, lasts: timedelta) -> datetime:
    """Keep a link to an agent's cart; when it ends."""
    cursor = await conn.execute(
        """insert into cart_links (boutique_id, token_digest, agent_cart_id, expires_at)
           values (private.current_boutique(), %(digest)s, %(cart_id)s, now() + %(lasts)s)
           returning expires_at""",
        {"digest": digest_of(token), "cart_id": cart_id, "lasts": lasts},
    )
    row = await cursor.fetchone()
    assert row is not None  # an insert returns its row
    expires_at: datetime = row["expires_at"]
    return expires_at


async def claim_link(conn: Connection, *, link_id: str, customer_id: str, cart_id: str) -> None:
    """The link is this customer's, who orders by it."""
    await conn.execute(
        """update cart_links set customer_id = %(customer_id)s, cart_id = %(cart_id)s
           where boutique_id = private.current_boutique() and id = %(link_id)s""",
        {"link_id": link_id, "customer_id": customer_id, "cart_id": cart_id},
    )


async def orders_of(conn: Connection, *, key_id: str, shopper: bytes) -> list[AgentOrder]:
    """The shopper's orders, the newest first.

    In place of one that was replaced stands the order that the same customer has now.
    """
    async with conn.cursor(row_factory=class_row(AgentOrder)) as cursor:
        await cursor.execute(
            """with recursive its as (
                 select o.boutique_id, o.id, o.customer_id
                 from agent_carts c
                 join orders o on o.boutique_id = c.boutique_id and o.id = c.order_id
                 where c.boutique_id = private.current_boutique() and c.key_id = %(key_id)s
                   and c.shopper_digest = %(shopper)s
                 union
                 select o.boutique_id, o.id, o.customer_id
                 from its
                 join orders o on o.boutique_id = its.boutique_id and o.replaces_id = its.id
                   and o.customer_id = its.customer_id
               )
               select o.number, o.status, o.payment_status, o.fulfilment_status, o.currency,
                 o.total_minor, o.created_at
               from its
               join orders o on o.boutique_id = its.boutique_id and o.id = its.id
               where not exists (select from orders n where n.boutique_id = o.boutique_id
                 and n.replaces_id = o.id and n.customer_id = o.customer_id)
               order by o.created_at desc, o.id limit %(most)s""",
            {"key_id": key_id, "shopper": shopper, "most": MOST_ORDERS},
        )
        return await cursor.fetchall()


def _read(row: Mapping[str, Any]) -> AgentCart:
    lines = {str(variant): int(count) for variant, count in row["lines"]}
    return AgentCart(**dict(row) | {"lines": lines})
