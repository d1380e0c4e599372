"""Makes a link to pay a customer's cart by: short, random, and over after a day."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from dukani.core.database import Connection
from dukani.core.errors import CallerError
from dukani.core.services import Services
from dukani.core.store import cart_links
from dukani.tools import cart

LASTS = timedelta(hours=24)
PATH = "/s/pay"


class NothingInCart(CallerError):
    """The cart is empty: put a piece in it first."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class PaymentLink:
    """Whoever has the address may pay the cart; it shows nobody's name or number."""

    url: str
    expires_at: datetime


async def payment_link(conn: Connection, services: Services, *, customer_id: str) -> PaymentLink:
    """A new link to the customer's open cart. Raises NothingInCart."""
    items = await cart.current_items(conn, customer_id=customer_id)
    if not items:
        raise NothingInCart
    token = secrets.token_urlsafe(16)
    expires_at = await cart_links.add(
        conn, token=token, customer_id=customer_id, cart_id=items[0].cart_id, lasts=LASTS
    )
    base = services.settings.web.public_url.rstrip("/")
    return PaymentLink(f"{base}{PATH}/{token}", expires_at)
