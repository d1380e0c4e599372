"""The path of our own pages to which a message's link leads."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import quote

from dukani.core.database import Connection
from dukani.core.store import cart_links, carts, products
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Content
from dukani.tools.cart_links import PATH

LASTS = timedelta(days=3)  # an SMS is read later than an answer in the chat


async def target_of(
    conn: Connection, boutique: Boutique, enrolment: Enrolment, content: Content
) -> str:
    """A cart's payment page, the piece's page, or the shop's window."""
    window = f"/s/{boutique.slug}"
    kind = content.cta.kind if content.cta else "shop"
    if kind == "shop":
        return window
    if enrolment.subject_kind == "window_cart":
        return f"{window}/cart"
    if enrolment.subject_kind == "product":
        piece = await products.get(conn, product_id=enrolment.subject_id)
        return f"{window}/p/{quote(piece.sku, safe='')}" if piece else window
    if enrolment.subject_kind == "cart" and kind == "checkout":
        return await _to_pay(conn, enrolment) or window
    return window


async def _to_pay(conn: Connection, enrolment: Enrolment) -> str | None:
    """Whoever has the link may pay the cart; it names nobody."""
    if not await carts.items_of(conn, cart_id=enrolment.subject_id):
        return None
    token = secrets.token_urlsafe(16)
    await cart_links.add(
        conn,
        token=token,
        customer_id=enrolment.customer_id,
        cart_id=enrolment.subject_id,
        lasts=LASTS,
    )
    return f"{PATH}/{token}"
