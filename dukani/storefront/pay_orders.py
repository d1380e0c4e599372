"""Orders by a payment link, whoever filled the cart: a customer in the chat, or an agent."""

from __future__ import annotations

from fastapi import Request

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import agent_carts, customers
from dukani.core.store.cart_links import CartLink
from dukani.domain.acts import Language
from dukani.storefront.message_codes import message_of
from dukani.tools import agent_orders, link_orders
from dukani.tools.link_orders import LinkedCart
from dukani.tools.window_orders import WindowRefusal


async def order_by_link(
    services: Services,
    conn: Connection,
    linked: LinkedCart,
    token: str,
    request: Request,
    agreed: tuple[str, str, int],
) -> WindowRefusal | None:
    """`agreed`: to which address, by which phone, and the total that was shown."""
    address, phone, agreed_minor = agreed
    if linked.link.customer_id is None:
        return await agent_orders.order(
            conn,
            services,
            linked,
            token=token,
            address=address,
            phone=phone,
            agreed_minor=agreed_minor,
            network_address=request.client.host if request.client else "",
        )
    return await link_orders.order(
        conn,
        linked,
        address=address,
        phone=phone,
        agreed_minor=agreed_minor,
        utm_message_id=message_of(services, request, linked.boutique),
    )


async def language_of(conn: Connection, linked: LinkedCart) -> Language:
    language = await _own_language(conn, linked.link)
    return language or linked.boutique.language


async def _own_language(conn: Connection, link: CartLink) -> Language | None:
    """As the agent named it, while the cart is nobody's; then the customer's."""
    if link.customer_id is not None:
        customer = await customers.get(conn, customer_id=link.customer_id)
        if customer is not None and customer.language is not None:
            return customer.language
    if link.agent_cart_id is None:
        return None
    filled = await agent_carts.get(conn, cart_id=link.agent_cart_id)
    return filled.language if filled else None
