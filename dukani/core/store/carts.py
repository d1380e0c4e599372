"""Carts: one open (active) cart a customer, kept for seven days after the last change.

A cart whose order is placed is in `checkout`, and further pieces go into a new cart. When the order
is paid the cart is `converted`; when the order is cancelled the cart is open again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.wearers import Relation, WornBy


@dataclass(frozen=True, slots=True)
class CartItem:
    """A piece in the cart at today's price."""

    cart_id: str
    product_id: str
    variant_id: str
    sku: str  # the product's
    name: str
    category: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int
    wearer_id: str | None = None  # None: the customer's own, unless it is for several people
    wearer_relation: Relation | None = None
    wearer_name: str | None = None
    for_several: bool = False

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor

    @property
    def worn_by(self) -> WornBy | None:
        if self.wearer_id is None or self.wearer_relation is None:
            return None
        return WornBy(self.wearer_id, self.wearer_relation, self.wearer_name)


_OPEN = """
insert into carts (boutique_id, customer_id) values (%(boutique_id)s, %(customer_id)s)
on conflict (boutique_id, customer_id) where status = 'active'
do update set expires_at = now() + interval '7 days' where carts.expires_at > now()
returning id::text
"""


async def open_cart(conn: Connection, *, boutique_id: str, customer_id: str) -> str:
    """The id of the customer's open cart, or of a new one; its seven days start anew.

    An expired cart is closed first: its old pieces must not come back.
    """
    whose = {"boutique_id": boutique_id, "customer_id": customer_id}
    row = await (await conn.execute(_OPEN, whose)).fetchone()
    if row is None:
        await abandon_open(conn, customer_id=customer_id)
        row = await (await conn.execute(_OPEN, whose)).fetchone()
    assert row is not None  # no other open cart is left to conflict with
    return str(row["id"])


_ITEMS: LiteralString = """
select c.id::text as cart_id, p.id::text as product_id, v.id::text as variant_id,
  p.sku, p.name, p.category, v.colour, v.size, i.quantity,
  coalesce(v.price_minor, p.price_minor) as unit_price_minor,
  i.wearer_id::text, w.relation as wearer_relation, w.name as wearer_name,
  i.for_several
from carts c
join cart_items i on i.boutique_id = c.boutique_id and i.cart_id = c.id
join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
left join wearers w on w.boutique_id = i.boutique_id and w.id = i.wearer_id
where c.boutique_id = private.current_boutique() and p.active
"""


async def items(conn: Connection, *, customer_id: str) -> list[CartItem]:
    """The pieces for sale in the customer's open cart, in the order they were added."""
    async with conn.cursor(row_factory=class_row(CartItem)) as cursor:
        await cursor.execute(
            _ITEMS.encode()
            + b""" and c.customer_id = %(customer_id)s
              and c.status = 'active' and c.expires_at > now()
            order by i.position, i.id""",
            {"customer_id": customer_id},
        )
        return await cursor.fetchall()


async def items_of(conn: Connection, *, cart_id: str) -> list[CartItem]:
    """The pieces for sale in a cart, also one that is closed."""
    async with conn.cursor(row_factory=class_row(CartItem)) as cursor:
        await cursor.execute(
            _ITEMS.encode() + b" and c.id = %(cart_id)s order by i.position, i.id",
            {"cart_id": cart_id},
        )
        return await cursor.fetchall()


async def replace_items(
    conn: Connection,
    *,
    cart_id: str,
    items: Sequence[tuple[str, int, int]],
    wearers: Mapping[str, str] | None = None,
    for_several: Collection[str] = (),
    as_it_was: bool = False,
) -> None:
    """Replace the cart's lines: (variant id, quantity, price of one in minor units), in order.

    `wearers` are variant id → wearer id; variants in `for_several` are for more than one person,
    all others the customer's own. A wearer who was merged into another since is nobody known, so
    the line tells nobody's size. One statement, which also increments the cart's version.
    `as_it_was`: the lines come back, so no `add_to_cart` is told.
    """
    worn_by = wearers or {}
    if as_it_was:
        await conn.execute("select set_config('app.as_it_was', 'on', true)")
    await conn.execute(
        """
        with wanted as (
          select * from unnest(%(variant_ids)s::uuid[], %(quantities)s::int[], %(prices)s::bigint[],
              %(wearer_ids)s::uuid[], %(for_several)s::boolean[])
            with ordinality
            as w (variant_id, quantity, price_minor, wearer_id, for_several, position)
        ), gone as (
          delete from cart_items i
          where i.boutique_id = private.current_boutique() and i.cart_id = %(cart_id)s
            and not exists (select from wanted w where w.variant_id = i.variant_id)
        ), later as (
          update carts set version = version + 1
          where boutique_id = private.current_boutique() and id = %(cart_id)s
        )
        insert into cart_items (boutique_id, cart_id, variant_id, quantity, added_price_minor,
          position, wearer_id, for_several)
        select private.current_boutique(), %(cart_id)s, variant_id, quantity, price_minor, position,
          known.id, for_several or (wearer_id is not null and known.id is null)
        from wanted
        left join wearers known
          on known.boutique_id = private.current_boutique() and known.id = wanted.wearer_id
        on conflict (boutique_id, cart_id, variant_id)
          do update set quantity = excluded.quantity, position = excluded.position,
            wearer_id = excluded.wearer_id, for_several = excluded.for_several
        """,
        {
            "cart_id": cart_id,
            "variant_ids": [variant_id for variant_id, _, _ in items],
            "quantities": [quantity for _, quantity, _ in items],
            "prices": [price_minor for _, _, price_minor in items],
            "wearer_ids": [worn_by.get(variant_id) for variant_id, _, _ in items],
            "for_several": [variant_id in for_several for variant_id, _, _ in items],
        },
    )
    if as_it_was:
        await conn.execute("select set_config('app.as_it_was', '', true)")


async def add_beside(
    conn: Connection, *, customer_id: str, items: Sequence[tuple[str, int, int]]
) -> str:
    """The id of a cart of its own that is about to be ordered; the open one stays as it is."""
    cursor = await conn.execute(
        """insert into carts (boutique_id, customer_id, status)
           values (private.current_boutique(), %(customer_id)s, 'checkout') returning id::text""",
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    assert row is not None  # an insert returns its row
    await replace_items(conn, cart_id=row["id"], items=items)
    cart_id: str = row["id"]
    return cart_id


async def set_status(
    conn: Connection, *, cart_id: str, status: Literal["checkout", "converted"]
) -> None:
    await conn.execute(
        """
        update carts set status = %(status)s
        where boutique_id = private.current_boutique() and id = %(cart_id)s
        """,
        {"cart_id": cart_id, "status": status},
    )


async def note_total_shown(conn: Connection, *, cart_id: str) -> bool:
    """Whether she is shown the total of this version of the cart for the first time."""
    cursor = await conn.execute(
        """update carts set shown_version = version
           where boutique_id = private.current_boutique() and id = %(cart_id)s
             and shown_version < version""",
        {"cart_id": cart_id},
    )
    return cursor.rowcount == 1


async def abandon_open(conn: Connection, *, customer_id: str) -> bool:
    """Close the customer's open cart without an order; False when there was none."""
    cursor = await conn.execute(
        """
        update carts set status = 'abandoned'
        where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
          and status = 'active'
        """,
        {"customer_id": customer_id},
    )
    return cursor.rowcount == 1


async def move_open_into(conn: Connection, *, cart_id: str, customer_id: str) -> None:
    """Move the pieces of the customer's open cart, if any, into `cart_id`, and close the former."""
    await conn.execute(
        """
        with moved as (
          insert into cart_items (boutique_id, cart_id, variant_id, quantity, added_price_minor,
            wearer_id, for_several, position)
          select i.boutique_id, %(cart_id)s, i.variant_id, i.quantity, i.added_price_minor,
            i.wearer_id, i.for_several, i.position + coalesce((
              select max(before.position) from cart_items before
              where before.boutique_id = i.boutique_id and before.cart_id = %(cart_id)s), 0)
          from cart_items i
          join carts c on c.boutique_id = i.boutique_id and c.id = i.cart_id
          where c.boutique_id = private.current_boutique() and c.customer_id = %(customer_id)s
            and c.status = 'active' and c.expires_at > now() and c.id <> %(cart_id)s
          order by i.position, i.id
          on conflict (boutique_id, cart_id, variant_id)
            do update set quantity = least(99, cart_items.quantity + excluded.quantity),
              for_several = cart_items.for_several or excluded.for_several
                or cart_items.wearer_id is distinct from excluded.wearer_id,
              wearer_id = case when cart_items.wearer_id = excluded.wearer_id
                then excluded.wearer_id end
          returning 1
        )
        update carts set version = version + 1
        where boutique_id = private.current_boutique() and id = %(cart_id)s
          and exists (select from moved)
        """,
        {"cart_id": cart_id, "customer_id": customer_id},
    )
    await abandon_open(conn, customer_id=customer_id)


async def reopen(conn: Connection, *, cart_id: str, customer_id: str) -> None:
    """Open a cart again after its order was cancelled, unless a newer cart is open."""
    await conn.execute(
        """
        update carts set status = 'active', expires_at = now() + interval '7 days'
        where boutique_id = private.current_boutique() and id = %(cart_id)s
          and not exists (
            select from carts other where other.boutique_id = carts.boutique_id
              and other.customer_id = %(customer_id)s and other.id <> carts.id
              and other.status = 'active')
        """,
        {"cart_id": cart_id, "customer_id": customer_id},
    )


async def abandon_expired(conn: Connection) -> int:
    """Close expired carts of all boutiques; their number. Needs a system connection."""
    cursor = await conn.execute(
        """
        update carts set status = 'abandoned'
        where status = 'active' and expires_at <= now()
        """
    )
    return cursor.rowcount
