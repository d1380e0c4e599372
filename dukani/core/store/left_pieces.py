"""The pieces of a cart as it was left, with what became of each since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.wearers import Relation, WornBy

CartStatus = Literal["active", "checkout", "converted", "abandoned"]


@dataclass(frozen=True, slots=True)
class LeftPiece:
    """`was_minor`: its price when it was put in; None: nobody kept it. `available`: to be had.

    `on_sale`: whether the shop still sells it, in whatever number.
    """

    variant_id: str
    product_id: str
    sku: str  # the product's
    name: str
    category: str
    colour: str
    size: str
    quantity: int
    was_minor: int | None
    price_minor: int
    available: int
    on_sale: bool
    wearer_id: str | None = None
    wearer_relation: Relation | None = None
    wearer_name: str | None = None
    for_several: bool = False

    @property
    def worn_by(self) -> WornBy | None:
        if self.wearer_id is None or self.wearer_relation is None:
            return None
        return WornBy(self.wearer_id, self.wearer_relation, self.wearer_name)


_PIECES: LiteralString = """select v.id::text as variant_id, p.id::text as product_id, p.sku,
  p.name, p.category, v.colour, v.size, coalesce(v.price_minor, p.price_minor) as price_minor,
  v.available, p.active and not v.retired as on_sale"""


async def of_cart(conn: Connection, *, cart_id: str, customer_id: str) -> list[LeftPiece]:
    """Of the customer's own cart, open or not; empty for anybody else's."""
    async with conn.cursor(row_factory=class_row(LeftPiece)) as cursor:
        await cursor.execute(
            f"""{_PIECES}, i.quantity, i.added_price_minor as was_minor, i.wearer_id::text,
                  w.relation as wearer_relation, w.name as wearer_name, i.for_several
                from carts c
                join cart_items i on i.boutique_id = c.boutique_id and i.cart_id = c.id
                join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
                join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
                left join wearers w on w.boutique_id = i.boutique_id and w.id = i.wearer_id
                where c.boutique_id = private.current_boutique() and c.id = %(cart_id)s
                  and c.customer_id = %(customer_id)s
                order by i.position, i.id""".encode(),
            {"cart_id": cart_id, "customer_id": customer_id},
        )
        return await cursor.fetchall()


async def of_variants(conn: Connection, *, lines: Sequence[tuple[str, int]]) -> list[LeftPiece]:
    """Of (variant id, quantity) as the window keeps them: without prices."""
    async with conn.cursor(row_factory=class_row(LeftPiece)) as cursor:
        await cursor.execute(
            f"""{_PIECES}, w.quantity, null::bigint as was_minor
                from unnest(%(ids)s::uuid[], %(quantities)s::int[]) with ordinality
                  as w (id, quantity, place)
                join product_variants v
                  on v.boutique_id = private.current_boutique() and v.id = w.id
                join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
                order by w.place""".encode(),
            {"ids": [id_ for id_, _ in lines], "quantities": [count for _, count in lines]},
        )
        return await cursor.fetchall()


async def status_of(conn: Connection, *, cart_id: str, customer_id: str) -> CartStatus | None:
    """How the customer's cart stands; None: she has no such cart. An expired one is abandoned."""
    cursor = await conn.execute(
        """select case when status = 'active' and expires_at <= now() then 'abandoned'
             else status end as status
           from carts where boutique_id = private.current_boutique() and id = %(cart_id)s
             and customer_id = %(customer_id)s""",
        {"cart_id": cart_id, "customer_id": customer_id},
    )
    row = await cursor.fetchone()
    status: CartStatus | None = row["status"] if row else None
    return status


async def note_prices_seen(conn: Connection, *, customer_id: str) -> None:
    """She has been told today's prices of what is in her open cart."""
    await conn.execute(
        """update cart_items i set added_price_minor = coalesce(v.price_minor, p.price_minor)
           from carts c, product_variants v
           join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
           where c.boutique_id = private.current_boutique() and c.customer_id = %(customer_id)s
             and c.status = 'active' and i.boutique_id = c.boutique_id and i.cart_id = c.id
             and v.boutique_id = i.boutique_id and v.id = i.variant_id
             and i.added_price_minor <> coalesce(v.price_minor, p.price_minor)""",
        {"customer_id": customer_id},
    )
