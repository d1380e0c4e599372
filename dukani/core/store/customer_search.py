"""A boutique's customers with given numbers: whom a person picks by pasting them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.consents import MAY_MARKET


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """`may_market`: agreed to offers, and took it back never since."""

    id: str
    name: str | None
    phone: str | None = field(repr=False)
    may_market: bool
    paid_orders: int


_FOUND = f"""
select c.id::text, c.name, c.phone, {MAY_MARKET.format(customer="c")} as may_market,
  (select count(*)::int from orders o where o.boutique_id = c.boutique_id
     and o.customer_id = c.id and o.payment_status = 'paid') as paid_orders
from customers c
where c.boutique_id = private.current_boutique() and c.phone = any(%(phones)s::text[])
"""


async def of_phones(conn: Connection, phones: Sequence[str]) -> list[FoundCustomer]:
    """Those with these numbers in E.164."""
    async with conn.cursor(row_factory=class_row(FoundCustomer)) as cursor:
        await cursor.execute(_FOUND.encode(), {"phones": list(phones)})
        return await cursor.fetchall()
