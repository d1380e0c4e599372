"""Orders from the shop's window: whoever types a phone may be anybody, and is told nothing of it.

A prompt is asked for within limits that the database counts: one to a phone in ten minutes and few
a day, few from one network address in an hour, and so many for a shop. A cart of the customer in
the chat stays as it is; what was chosen in the window is an order of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import (
    cart_links,
    carts,
    customers,
    domain_events,
    payments,
    window_carts,
    window_prompts,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.carts import CartItem
from dukani.domain.domain_events import CheckoutStarted
from dukani.tools import cart, link_orders
from dukani.tools.cart_links import LASTS
from dukani.tools.link_orders import Refusal

MOST_OF_A_PHONE = 3  # a day
MOST_OF_AN_ADDRESS = 6  # an hour; a shop's own Wi-Fi is one address
MOST_OF_A_SHOP = 120  # an hour

WindowRefusal = Refusal | Literal["too_often", "prompt_out"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """`token`: of the page that tells how the payment goes. None: refused, and nothing is left."""

    token: str | None
    refused: WindowRefusal | None = None


class Refused(Exception):
    """Rolls back what was begun."""

    def __init__(self, why: WindowRefusal) -> None:
        super().__init__(why)
        self.why = why


async def order(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    items: Sequence[CartItem],
    *,
    phone: str,
    address: str,
    agreed_minor: int,
    network_address: str,
    anonymous_id: str,
    utm_message_id: str | None,
) -> Ordered:
    """Places the order at the total that was shown and asks `phone` (E.164) for the money.

    `utm_message_id`: code of the message that led the visitor to the shop.
    """
    try:
        async with conn.transaction():
            await within_limits(conn, services, phone=phone, network_address=network_address)
            token, order_id = await _place(
                conn,
                boutique,
                items,
                phone=phone,
                address=address,
                agreed_minor=agreed_minor,
                utm_message_id=utm_message_id,
            )
            await window_carts.end(conn, anonymous_id=anonymous_id)
            await domain_events.append(
                conn,
                CheckoutStarted(
                    by="mpesa",
                    pieces=cart.pieces(items),
                    total_minor=agreed_minor,
                    currency=boutique.currency,
                ),
                subject_id=order_id,
                anonymous_id=anonymous_id,
            )
    except Refused as refused:
        return Ordered(None, refused.why)
    return Ordered(token)


async def within_limits(
    conn: Connection, services: Services, *, phone: str, network_address: str
) -> None:
    """Count one prompt that a stranger asks for. Raises Refused."""
    digests = {
        "phone_digest": bytes.fromhex(services.secrets.sign(f"window phone {phone}")),
        "address_digest": bytes.fromhex(services.secrets.sign(f"window from {network_address}")),
    }
    asked = await window_prompts.count(conn, **digests)
    if await payments.asked_lately(conn, phone=phone):
        raise Refused("prompt_out")
    if (
        asked.of_phone >= MOST_OF_A_PHONE
        or asked.of_address >= MOST_OF_AN_ADDRESS
        or asked.of_shop >= MOST_OF_A_SHOP
    ):
        raise Refused("too_often")
    await window_prompts.note(conn, **digests)


async def _place(
    conn: Connection,
    boutique: Boutique,
    items: Sequence[CartItem],
    *,
    phone: str,
    address: str,
    agreed_minor: int,
    utm_message_id: str | None,
) -> tuple[str, str]:
    """The link's token and the order's id."""
    customer = await customers.find_or_create(conn, phone=phone)
    cart_id = await carts.add_beside(
        conn,
        customer_id=customer.id,
        items=[(one.variant_id, one.quantity, one.unit_price_minor) for one in items],
    )
    token = secrets.token_urlsafe(16)
    await cart_links.add(conn, token=token, customer_id=customer.id, cart_id=cart_id, lasts=LASTS)
    linked = await link_orders.look(conn, token=token)
    assert linked is not None  # just written on this connection
    refused = await link_orders.order(
        conn,
        linked,
        address=address,
        phone=phone,
        agreed_minor=agreed_minor,
        utm_message_id=utm_message_id,
    )
    if refused is not None and refused != "by_hand":
        raise Refused(refused)
    link = await cart_links.find(conn, token=token)
    assert link is not None and link.order_id is not None  # just placed
    return token, link.order_id
