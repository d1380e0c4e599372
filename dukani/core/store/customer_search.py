"""A boutique's customers, found by name or number: whom a person picks by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.consents import MAY_MARKET
from dukani.core.store.keyset import Key


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """`may_market`: agreed to offers, and took it back never since."""

    id: str
    name: str | None
    phone: str | None = field(repr=False)
    may_market: bool
    paid_orders: int
    created_at: datetime

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


# Rows that were merged into another, or whose number is somebody else's now, are nobody to pick.
_FOUND = f"""
select c.id::text, c.name, c.phone, c.created_at, {MAY_MARKET.format(customer="c")} as may_market,
  (select count(*)::int from orders o where o.boutique_id = c.boutique_id
     and o.customer_id = c.id and o.payment_status = 'paid') as paid_orders
from customers c
where c.boutique_id = private.current_boutique()
  and coalesce(c.wa_user_id not like 'merged:%%' and c.wa_user_id not like 'former:%%', true)
"""


async def page(
    conn: Connection, *, name: str | None, digits: str | None, after: Key | None, limit: int
) -> list[FoundCustomer]:
    """The newest first, after the one with the key `after`; in `name`s and in numbers anywhere."""
    async with conn.cursor(row_factory=class_row(FoundCustomer)) as cursor:
        await cursor.execute(
            f"""{_FOUND}
              and (%(name)s::text is null and %(digits)s::text is null
                or strpos(lower(c.name), lower(%(name)s)) > 0
                or strpos(c.phone, %(digits)s) > 0)
              and (%(at)s::timestamptz is null or (c.created_at, c.id) < (%(at)s, %(id)s::uuid))
              order by c.created_at desc, c.id desc limit %(limit)s""".encode(),
            {
                "name": name,
                "digits": digits,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


async def of_phones(conn: Connection, phones: Sequence[str]) -> list[FoundCustomer]:
    """Those with these numbers in E.164."""
    async with conn.cursor(row_factory=class_row(FoundCustomer)) as cursor:
        await cursor.execute(
            f"{_FOUND} and c.phone = any(%(phones)s::text[])".encode(), {"phones": list(phones)}
        )
        return await cursor.fetchall()
