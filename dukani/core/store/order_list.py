"""Lists of a boutique's orders, newest first, and what a person sees of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.orders import (
    FulfilmentStatus,
    OrderColumn,
    OrderPaymentStatus,
    RefundStatus,
)
from dukani.core.store.payments import PaymentProvider, PaymentStatus, ReviewReason
from dukani.core.store.today import DONE, ON_THE_WAY, TO_REVIEW, TO_SEND

OrderFilter = Literal[
    "all", "to_send", "on_the_way", "done", "review", "unpaid", "cancelled", "refunded"
]

_FILTERS: dict[OrderFilter, LiteralString] = {
    "all": "true",
    "to_send": TO_SEND,
    "on_the_way": ON_THE_WAY,
    "done": DONE,
    "review": TO_REVIEW,
    "unpaid": "o.status = 'open'",
    "cancelled": "(o.status = 'cancelled' and o.refund_status <> 'all')",
    "refunded": "o.refund_status <> 'none'",
}


@dataclass(frozen=True, slots=True)
class ListedOrder:
    id: str
    number: str
    status: OrderColumn
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    refund_status: RefundStatus
    refunded_minor: int
    review_reason: ReviewReason | None
    currency: str
    total_minor: int
    customer_name: str | None
    address: str
    zone: str | None
    first_item: str | None
    pieces: int
    picture_path: str | None  # of the first item
    created_at: datetime
    paid_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


_LIST = """
with page as (
  select o.* from orders o
  where o.boutique_id = private.current_boutique() and {which} {after}
  order by o.created_at desc, o.id desc limit %(limit)s
)
select o.id::text, o.number, o.status, o.payment_status, o.fulfilment_status, o.refund_status,
  o.refunded_minor, o.review_reason, o.currency, o.total_minor, c.name as customer_name,
  o.address, o.zone, o.created_at, o.paid_at,
  i.name as first_item, coalesce(i.pieces, 0) as pieces, shown.path as picture_path
from page o
join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
left join lateral (
  select (array_agg(n.name order by n.id))[1] as name, sum(n.quantity)::int as pieces,
    (array_agg(n.product_id order by n.id))[1] as product_id,
    (array_agg(n.colour order by n.id))[1] as colour
  from order_items n where n.boutique_id = o.boutique_id and n.order_id = o.id
) i on true
left join lateral (
  select m.path from product_images m
  where m.boutique_id = o.boutique_id and m.product_id = i.product_id
  order by (m.colour is not distinct from i.colour) desc, m.position limit 1
) shown on true
order by o.created_at desc, o.id desc
"""


async def page(
    conn: Connection, *, which: OrderFilter, after: Key | None, limit: int
) -> list[ListedOrder]:
    """The orders after the one with the key `after`, newest first."""
    statement = _LIST.format(
        which=_FILTERS[which],
        after="and (o.created_at, o.id) < (%(at)s, %(id)s::uuid)" if after else "",
    )
    async with conn.cursor(row_factory=class_row(ListedOrder)) as cursor:
        await cursor.execute(
            statement.encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
            },
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class ShownPayment:
    """An attempt to pay; `payer_name` is the customer of that phone, if there is one."""

    id: str
    attempt: int
    provider: PaymentProvider
    phone: str
    payer_name: str | None
    amount_minor: int
    received_minor: int | None
    status: PaymentStatus
    receipt: str | None
    result_text: str | None
    review_reason: ReviewReason | None
    created_at: datetime
    resolved_at: datetime | None


async def payments(conn: Connection, *, order_id: str) -> list[ShownPayment]:
    """The attempts at an order, newest first."""
    async with conn.cursor(row_factory=class_row(ShownPayment)) as cursor:
        await cursor.execute(
            """select p.id::text, p.attempt, p.provider, p.phone, c.name as payer_name,
                 p.amount_minor, p.received_minor, p.status, p.receipt, p.result_text,
                 p.review_reason, p.created_at, p.resolved_at
               from payments p
               left join customers c on c.boutique_id = p.boutique_id and c.phone = p.phone
               where p.boutique_id = private.current_boutique() and p.order_id = %(order_id)s
               order by p.attempt desc""",
            {"order_id": order_id},
        )
        return await cursor.fetchall()
