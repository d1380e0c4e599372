"""Orders, and the snapshot of the pieces ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.payments import ReviewReason
from dukani.core.store.wearers import Relation, WornBy

OrderColumn = Literal["open", "confirmed", "cancelled"]
OrderPaymentStatus = Literal["unpaid", "pending", "failed", "paid", "needs_review"]
FulfilmentStatus = Literal[
    "unfulfilled", "partly_dispatched", "dispatched", "delivered", "returned"
]
RefundStatus = Literal["none", "part", "all"]


@dataclass(frozen=True, slots=True)
class Order:
    id: str
    number: str
    customer_id: str
    conversation_id: str | None
    cart_id: str | None
    status: OrderColumn
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    items_minor: int
    delivery_minor: int
    total_minor: int
    address: str
    review_reason: ReviewReason | None
    created_at: datetime
    latitude: float | None = None
    longitude: float | None = None
    replaces_id: str | None = None  # the cancelled order that this one replaces
    note: str | None = None  # for packing and delivery
    zone: str | None = None  # name of the delivery zone
    refund_status: RefundStatus = "none"
    refunded_minor: int = 0

    @property
    def fee_to_confirm(self) -> bool:
        """Whether the delivery fee is not in the total: the shop agrees it with the customer."""
        return self.zone is None and self.delivery_minor == 0


@dataclass(frozen=True, slots=True)
class OrderItem:
    sku: str  # the variant's
    name: str
    category: str
    colour: str
    size: str
    unit_price_minor: int
    quantity: int
    variant_id: str | None
    product_id: str | None = None
    wearer_id: str | None = None  # None: the customer's own, unless it is for several people
    wearer_relation: Relation | None = None
    wearer_name: str | None = None
    for_several: bool = False

    @property
    def worn_by(self) -> WornBy | None:
        if self.wearer_id is None or self.wearer_relation is None:
            return None
        return WornBy(self.wearer_id, self.wearer_relation, self.wearer_name)


_ORDER = """
select id::text, number, customer_id::text, conversation_id::text, cart_id::text, status,
  payment_status, fulfilment_status, currency, items_minor, delivery_minor, total_minor, address,
  review_reason, created_at, latitude, longitude, replaces_id::text, note, zone,
  refund_status, refunded_minor
from orders where boutique_id = private.current_boutique()
"""


async def get(conn: Connection, *, order_id: str, lock: bool = False) -> Order | None:
    """The order; with `lock`, the row is locked until the transaction ends."""
    async with conn.cursor(row_factory=class_row(Order)) as cursor:
        await cursor.execute(
            _ORDER + "and id = %(order_id)s" + (" for no key update" if lock else ""),
            {"order_id": order_id},
        )
        return await cursor.fetchone()


async def latest(conn: Connection, *, customer_id: str) -> Order | None:
    async with conn.cursor(row_factory=class_row(Order)) as cursor:
        await cursor.execute(
            _ORDER + "and customer_id = %(customer_id)s order by created_at desc limit 1",
            {"customer_id": customer_id},
        )
        return await cursor.fetchone()


async def on_their_way(conn: Connection, *, customer_id: str, within: timedelta) -> list[Order]:
    """The customer's paid orders of that time which have not all arrived, the newest first."""
    async with conn.cursor(row_factory=class_row(Order)) as cursor:
        await cursor.execute(
            _ORDER
            + """and customer_id = %(customer_id)s and status = 'confirmed'
              and payment_status = 'paid' and refund_status <> 'all'
              and fulfilment_status not in ('delivered', 'returned')
              and created_at > now() - %(within)s order by created_at desc""",
            {"customer_id": customer_id, "within": within},
        )
        return await cursor.fetchall()


async def by_number(conn: Connection, *, customer_id: str, number: str) -> Order | None:
    """The customer's order of that number, in upper or lower case."""
    async with conn.cursor(row_factory=class_row(Order)) as cursor:
        await cursor.execute(
            _ORDER + "and customer_id = %(customer_id)s and number = upper(%(number)s)",
            {"customer_id": customer_id, "number": number},
        )
        return await cursor.fetchone()


async def of_boutique(
    conn: Connection, *, numbers: Sequence[str], lock: bool = False
) -> list[Order]:
    """The boutique's orders of these numbers, of whichever customer, in upper or lower case."""
    async with conn.cursor(row_factory=class_row(Order)) as cursor:
        await cursor.execute(
            _ORDER
            + "and number = any(select upper(n) from unnest(%(numbers)s::text[]) n) order by id"
            + (" for no key update" if lock else ""),
            {"numbers": list(numbers)},
        )
        return await cursor.fetchall()


async def set_fulfilment(conn: Connection, *, order_id: str, to: FulfilmentStatus) -> None:
    """Note how far the order has got; `domain/order_states.py` says whether it may."""
    await conn.execute(
        """
        update orders set fulfilment_status = %(to)s
        where boutique_id = private.current_boutique() and id = %(order_id)s
        """,
        {"order_id": order_id, "to": to},
    )


async def note_message(conn: Connection, *, order_id: str, utm_message_id: str | None) -> None:
    """Note which message led to the order, by its code; the first one stays."""
    await conn.execute(
        """
        update orders set utm_message_id = %(message)s
        where boutique_id = private.current_boutique() and id = %(order_id)s
          and utm_message_id is null and %(message)s::text is not null
        """,
        {"order_id": order_id, "message": utm_message_id},
    )


async def live_of_cart(conn: Connection, *, cart_id: str) -> Order | None:
    """The order made from this cart that was not cancelled."""
    async with conn.cursor(row_factory=class_row(Order)) as cursor:
        await cursor.execute(
            _ORDER + "and cart_id = %(cart_id)s and status <> 'cancelled'", {"cart_id": cart_id}
        )
        return await cursor.fetchone()


async def add(
    conn: Connection,
    *,
    boutique_id: str,
    number: str,
    customer_id: str,
    conversation_id: str | None,
    cart_id: str | None,
    currency: str,
    items_minor: int,
    delivery_minor: int,
    address: str,
    latitude: float | None = None,
    longitude: float | None = None,
    replaces_id: str | None = None,
    note: str | None = None,
    zone: str | None = None,
) -> str | None:
    """The new order's id; None when the number is taken or the cart already has an order."""
    cursor = await conn.execute(
        """
        insert into orders (boutique_id, number, customer_id, conversation_id, cart_id, currency,
          items_minor, delivery_minor, address, latitude, longitude, replaces_id, note, zone)
        values (%(boutique_id)s, %(number)s, %(customer_id)s, %(conversation_id)s, %(cart_id)s,
          %(currency)s, %(items_minor)s, %(delivery_minor)s, %(address)s, %(latitude)s,
          %(longitude)s, %(replaces_id)s, %(note)s, %(zone)s)
        on conflict do nothing
        returning id::text
        """,
        {
            "boutique_id": boutique_id,
            "number": number,
            "customer_id": customer_id,
            "conversation_id": conversation_id,
            "cart_id": cart_id,
            "currency": currency,
            "items_minor": items_minor,
            "delivery_minor": delivery_minor,
            "address": address,
            "latitude": latitude,
            "longitude": longitude,
            "replaces_id": replaces_id,
            "note": note,
            "zone": zone,
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def add_items_of_cart(
    conn: Connection, *, order_id: str, cart_id: str, agreed: Mapping[str, int]
) -> None:
    """Snapshot the cart's pieces, in its order, at the prices agreed: variant id → minor units.

    A message about the order counts its lines as the cart did, and does so when it is a cart again.
    """
    await conn.execute(
        """
        insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name,
          category, colour, size, unit_price_minor, quantity, wearer_id, for_several)
        select i.boutique_id, %(order_id)s, p.id, v.id, v.sku, p.name, p.category, v.colour,
          v.size, agreed.price_minor, i.quantity, i.wearer_id, i.for_several
        from cart_items i
        join unnest(%(variant_ids)s::uuid[], %(prices)s::bigint[])
          as agreed (variant_id, price_minor) on agreed.variant_id = i.variant_id
        join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
        join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
        where i.boutique_id = private.current_boutique() and i.cart_id = %(cart_id)s
        order by i.position, i.id
        """,
        {
            "order_id": order_id,
            "cart_id": cart_id,
            "variant_ids": list(agreed),
            "prices": list(agreed.values()),
        },
    )


async def items(conn: Connection, *, order_id: str) -> list[OrderItem]:
    async with conn.cursor(row_factory=class_row(OrderItem)) as cursor:
        await cursor.execute(
            """
            select i.sku, i.name, i.category, i.colour, i.size, i.unit_price_minor, i.quantity,
              i.variant_id::text, i.product_id::text, i.wearer_id::text,
              w.relation as wearer_relation, w.name as wearer_name, i.for_several
            from order_items i
            left join wearers w on w.boutique_id = i.boutique_id and w.id = i.wearer_id
            where i.boutique_id = private.current_boutique() and i.order_id = %(order_id)s
            order by i.id
            """,
            {"order_id": order_id},
        )
        return await cursor.fetchall()


async def set_payment_status(
    conn: Connection,
    *,
    order_id: str,
    payment_status: OrderPaymentStatus,
    review_reason: ReviewReason | None = None,
) -> None:
    await conn.execute(
        """
        update orders set payment_status = %(payment_status)s,
          review_reason = coalesce(%(review_reason)s, review_reason)
        where boutique_id = private.current_boutique() and id = %(order_id)s
        """,
        {"order_id": order_id, "payment_status": payment_status, "review_reason": review_reason},
    )


async def confirm_paid(conn: Connection, *, order_id: str) -> bool:
    """Mark an open order paid; False when it was paid or cancelled before."""
    cursor = await conn.execute(
        """
        update orders set status = 'confirmed', payment_status = 'paid', paid_at = now()
        where boutique_id = private.current_boutique() and id = %(order_id)s and status = 'open'
        """,
        {"order_id": order_id},
    )
    return cursor.rowcount == 1


async def cancel(conn: Connection, *, order_id: str) -> bool:
    """Cancel an open order; False when it is not open any more."""
    cursor = await conn.execute(
        """
        update orders set status = 'cancelled'
        where boutique_id = private.current_boutique() and id = %(order_id)s and status = 'open'
        """,
        {"order_id": order_id},
    )
    return cursor.rowcount == 1


async def set_delivery(
    conn: Connection,
    *,
    order_id: str,
    address: str,
    latitude: float | None,
    longitude: float | None,
    note: str | None,
    zone: str | None,
) -> bool:
    """Set the address, zone and note of a placed order.

    False, and nothing is changed, when the order was sent out or is cancelled. The agreed fee
    stays.
    """
    cursor = await conn.execute(
        """
        update orders set address = %(address)s, latitude = %(latitude)s,
          longitude = %(longitude)s, note = %(note)s, zone = %(zone)s
        where boutique_id = private.current_boutique() and id = %(order_id)s
          and fulfilment_status = 'unfulfilled' and status <> 'cancelled'
        """,
        {
            "order_id": order_id,
            "address": address,
            "latitude": latitude,
            "longitude": longitude,
            "note": note,
            "zone": zone,
        },
    )
    return cursor.rowcount == 1


async def last_address(conn: Connection, *, customer_id: str) -> str | None:
    """The address of the customer's last paid order."""
    cursor = await conn.execute(
        """
        select address from orders
        where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
          and payment_status = 'paid'
        order by created_at desc limit 1
        """,
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return row["address"] if row else None
