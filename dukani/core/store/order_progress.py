"""How far each piece of an order has got: ordered, sent, refunded, back on the shelf."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """A piece of an order, as it was ordered, and what happened to it since; pieces, not money."""

    id: int
    sku: str
    name: str
    category: str
    colour: str
    size: str
    unit_price_minor: int
    quantity: int
    product_id: str | None
    variant_id: str | None
    picture_path: str | None
    sent: int
    refunded: int
    restocked: int  # of those refunded, back on the shelf
    unsent: int  # of those refunded, never sent

    @property
    def left(self) -> int:
        """Those that are still to be sent."""
        return self.quantity - self.sent - self.unsent

    @property
    def refundable(self) -> int:
        return self.quantity - self.refunded


async def items(conn: Connection, *, order_id: str) -> list[ItemProgress]:
    """The order's pieces in their order; lock the order first, to act on them."""
    async with conn.cursor(row_factory=class_row(ItemProgress)) as cursor:
        await cursor.execute(
            """
            select i.id, i.sku, i.name, i.category, i.colour, i.size, i.unit_price_minor,
              i.quantity, i.product_id::text, i.variant_id::text, shown.path as picture_path,
              coalesce(went.sent, 0)::int as sent, coalesce(back.refunded, 0)::int as refunded,
              coalesce(back.restocked, 0)::int as restocked, coalesce(back.unsent, 0)::int as unsent
            from order_items i
            left join lateral (
              select sum(d.quantity) as sent from dispatch_items d
              where d.boutique_id = i.boutique_id and d.order_item_id = i.id
            ) went on true
            left join lateral (
              select sum(r.quantity) as refunded, sum(r.restocked) as restocked,
                sum(r.unsent) as unsent
              from refund_items r where r.boutique_id = i.boutique_id and r.order_item_id = i.id
            ) back on true
            left join lateral (
              select m.path from product_images m
              where m.boutique_id = i.boutique_id and m.product_id = i.product_id
              order by (m.colour is not distinct from i.colour) desc, m.position limit 1
            ) shown on true
            where i.boutique_id = private.current_boutique() and i.order_id = %(order_id)s
            order by i.id
            """,
            {"order_id": order_id},
        )
        return await cursor.fetchall()
