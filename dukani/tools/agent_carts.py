"""Edits an agent's cart, and makes the link it is paid by."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.core.database import Connection
from dukani.core.errors import CallerError, InvalidValue, NotFound, OutOfStock
from dukani.core.services import Services
from dukani.core.store import agent_carts, products
from dukani.core.store.boutiques import Boutique
from dukani.core.store.carts import CartItem
from dukani.core.store.products import Variant
from dukani.tools.cart_desk import MOST, variant_of
from dukani.tools.cart_links import LASTS, PATH, NothingInCart, PaymentLink

MOST_LINES = 40  # of one cart


class ShopStopped(CallerError):
    """This shop sells nothing just now: try again later."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class Edit:
    """`remove` without colour and size takes a piece out in all of them; `add` alone adds one."""

    action: Literal["add", "set", "remove"]
    product_id: str
    colour: str | None = None
    size: str | None = None
    quantity: int | None = None


async def edited(conn: Connection, lines: Mapping[str, int], edit: Edit) -> dict[str, int]:
    """The lines after the edit. Raises NotFound, OutOfStock, and InvalidValue with the choices."""
    if edit.action == "remove" or (edit.action == "set" and edit.quantity == 0):
        return await _without(conn, lines, edit)
    if edit.action == "set" and edit.quantity is None:
        raise InvalidValue(field="quantity", remedy="Say how many to set; 0 takes it out.")
    many = 1 if edit.quantity is None else edit.quantity
    if many == 0:
        raise InvalidValue(field="quantity", value=0, remedy="Add 1 or more; set 0 takes it out.")
    variant = await variant_of(conn, product_id=edit.product_id, colour=edit.colour, size=edit.size)
    before = lines.get(variant.id, 0) if edit.action == "add" else 0
    wanted = before + many
    if wanted > MOST:
        raise InvalidValue(field="quantity", value=many, remedy=f"At most {MOST} in a cart.")
    if wanted > variant.available:
        raise OutOfStock(variant_id=variant.id, wanted=wanted, available=max(variant.available, 0))
    changed = {**lines, variant.id: wanted}
    if len(changed) > MOST_LINES:
        raise InvalidValue(
            field="product_id",
            value=edit.product_id,
            remedy=f"At most {MOST_LINES} different pieces in a cart: take one out first.",
        )
    return changed


async def _without(conn: Connection, lines: Mapping[str, int], edit: Edit) -> dict[str, int]:
    made = await products.variants(conn, product_ids=[edit.product_id])
    gone = {one.id for one in made if _is_meant(one, edit)}
    kept = {one: count for one, count in lines.items() if one not in gone}
    if len(kept) == len(lines):
        raise NotFound(f"product_id: {edit.product_id} is not in the cart. See view_cart.")
    return kept


def _is_meant(variant: Variant, edit: Edit) -> bool:
    said = ((edit.colour, variant.colour), (edit.size, variant.size))
    return all(wanted is None or wanted.lower() == had.lower() for wanted, had in said)


async def payment_link(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    *,
    cart_id: str,
    items: Sequence[CartItem],
) -> PaymentLink:
    """A new link to an agent's cart. Raises NothingInCart or ShopStopped."""
    if not items:
        raise NothingInCart
    if boutique.stopped_since() is not None:
        raise ShopStopped
    token = secrets.token_urlsafe(16)
    expires_at = await agent_carts.add_link(conn, token=token, cart_id=cart_id, lasts=LASTS)
    base = services.settings.web.public_url.rstrip("/")
    return PaymentLink(f"{base}{PATH}/{token}", expires_at)
