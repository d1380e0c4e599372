"""Orders an agent's cart by its payment link: until then nobody knows whose it is.

Whoever opens the link types a phone, as in the shop's window, and is held to the window's limits.
"""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import agent_carts, cart_links, carts, customers
from dukani.tools import link_orders
from dukani.tools.link_orders import LinkedCart
from dukani.tools.window_orders import Refused, WindowRefusal, within_limits


async def order(
    conn: Connection,
    services: Services,
    linked: LinkedCart,
    *,
    token: str,
    address: str,
    phone: str,
    agreed_minor: int,
    network_address: str,
) -> WindowRefusal | None:
    """Places the order at the total that was shown, and asks `phone` (E.164) for it.

    The link is locked by the caller. A refusal leaves everything as it was.
    """
    try:
        async with conn.transaction():
            await within_limits(conn, services, phone=phone, network_address=network_address)
            return await _place(
                conn,
                linked,
                token=token,
                address=address,
                phone=phone,
                agreed_minor=agreed_minor,
            )
    except Refused as refused:
        return refused.why


async def _place(
    conn: Connection,
    linked: LinkedCart,
    *,
    token: str,
    address: str,
    phone: str,
    agreed_minor: int,
) -> WindowRefusal | None:
    cart_id = linked.link.agent_cart_id
    assert cart_id is not None  # the caller has looked
    # Two links to one cart, or an edit meanwhile: the second waits, and finds it ordered.
    filled = await agent_carts.get(conn, cart_id=cart_id, lock=True)
    if filled is None or filled.is_ordered:
        raise Refused("over")
    linked = await _claimed(conn, linked, token=token, phone=phone)
    refused = await link_orders.order(
        conn, linked, address=address, phone=phone, agreed_minor=agreed_minor
    )
    if refused is not None and refused != "by_hand":
        raise Refused(refused)
    link = await cart_links.find(conn, token=token)
    assert link is not None and link.order_id is not None  # just placed
    await agent_carts.set_ordered(conn, cart_id=cart_id, order_id=link.order_id)
    return refused


async def _claimed(conn: Connection, linked: LinkedCart, *, token: str, phone: str) -> LinkedCart:
    """The link with the payer's customer and a cart of its own, as the lines are now."""
    fresh = await link_orders.look(conn, token=token)
    assert fresh is not None and fresh.link.id == linked.link.id  # locked by the caller
    if not fresh.items:
        raise Refused("empty")
    customer = await customers.find_or_create(conn, phone=phone)
    copied = await carts.add_beside(
        conn,
        customer_id=customer.id,
        items=[(one.variant_id, one.quantity, one.unit_price_minor) for one in fresh.items],
    )
    await agent_carts.claim_link(
        conn, link_id=fresh.link.id, customer_id=customer.id, cart_id=copied
    )
    claimed = await link_orders.look(conn, token=token)
    assert claimed is not None
    return claimed
