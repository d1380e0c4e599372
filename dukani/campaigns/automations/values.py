"""Reads the values of a message for one customer, when it is sent: nothing of them is kept before.

Prices, names and pictures are today's, whatever the event said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.agent.wording.meeting import first_name
from dukani.campaigns.automations.best_match import best_match
from dukani.campaigns.automations.message_values import Discount, Piece, Values
from dukani.core.database import Connection
from dukani.core.store import automation_values, carts, customers, orders, products, window_carts
from dukani.core.store.automation_values import SoldPiece
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Content, SubjectKind

__all__ = ["Discount", "Piece", "Values", "values_of"]


@dataclass(frozen=True, slots=True)
class _About:
    """What a message is about: its pieces, the first one first, and the sum of a cart or order."""

    pieces: Sequence[SoldPiece] = ()
    total_minor: int | None = None


async def values_of(
    conn: Connection,
    boutique: Boutique,
    *,
    customer_id: str,
    subject_kind: SubjectKind,
    subject_id: str,
    facts: Mapping[str, Any],
    content: Content,
) -> Values:
    """`facts`: the event's payload, of which the old price and the variant count."""
    customer = await customers.get(conn, customer_id=customer_id)
    about = await _about(conn, subject_kind, subject_id, facts)
    pieces = list(dict.fromkeys(piece.product_id for piece in about.pieces))
    product = _piece(about.pieces[0]) if about.pieces else None
    others = len(pieces) - 1
    if content.product == "best_match":
        match = await best_match(conn, customer_id=customer_id, without=frozenset(pieces))
        if match is not None:
            product, others = match, 0
    return Values(
        shop=boutique.name,
        currency=boutique.currency,
        language=(customer.language if customer else None) or boutique.language,
        name=first_name(customer.name) or None if customer else None,
        product=product,
        others=max(others, 0),
        price_minor=product.price_minor if product else None,
        discount=_discount(product, pieces, facts),
        total_minor=about.total_minor,
        pieces=tuple(pieces),
    )


async def _about(
    conn: Connection, kind: SubjectKind, subject_id: str, facts: Mapping[str, Any]
) -> _About:
    match kind:
        case "cart":
            items = await carts.items_of(conn, cart_id=subject_id)
            return await _lines(conn, {one.variant_id: one.quantity for one in items})
        case "window_cart":
            cart = await window_carts.get(conn, cart_id=subject_id)
            return await _lines(conn, dict(cart.lines) if cart else {})
        case "order":
            return await _order(conn, subject_id)
        case "product":
            return _About(await _product(conn, subject_id, facts.get("variant_id")))
        case "conversation":
            return await _asked_about(conn, facts.get("sku"))


async def _lines(conn: Connection, quantities: Mapping[str, int]) -> _About:
    sold = await automation_values.of_variants(conn, variant_ids=list(quantities))
    pieces = [sold[one] for one in quantities if one in sold]
    total = sum(quantities[one.variant_id] * one.price_minor for one in pieces)
    return _About(pieces, total if pieces else None)


async def _order(conn: Connection, order_id: str) -> _About:
    """The sum is what was agreed, also of pieces that are not for sale any more."""
    order = await orders.get(conn, order_id=order_id)
    if order is None:
        return _About()
    items = await orders.items(conn, order_id=order_id)
    wanted = [one.variant_id for one in items if one.variant_id]
    sold = await automation_values.of_variants(conn, variant_ids=wanted)
    pieces = [sold[one] for one in wanted if one in sold]
    return _About(pieces, order.total_minor)


async def _product(conn: Connection, product_id: str, variant_id: object) -> list[SoldPiece]:
    """The variant that the event is of, else the cheapest in stock."""
    variants = await automation_values.of_product(conn, product_id=product_id)
    variants.sort(key=lambda one: one.variant_id != variant_id)
    return variants[:1]


async def _asked_about(conn: Connection, sku: object) -> _About:
    found = await products.by_sku(conn, sku=sku) if isinstance(sku, str) else None
    return _About(await _product(conn, found.id, None)) if found else _About()


def _piece(sold: SoldPiece) -> Piece:
    return Piece(sold.product_id, sold.name, sold.price_minor, sold.picture, sold.sku)


def _discount(
    product: Piece | None, pieces: Sequence[str], facts: Mapping[str, Any]
) -> Discount | None:
    """None when the price has gone up again meanwhile, and for a piece that the event is not of."""
    was = facts.get("was_minor")
    if product is None or product.id not in pieces or not isinstance(was, int):
        return None
    return Discount(was, product.price_minor) if product.price_minor < was else None
