"""Pieces of a cart or an order as the numbered lines a customer reads."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Line
from dukani.core.store.carts import CartItem
from dukani.core.store.orders import OrderItem


def as_lines(items: Sequence[CartItem | OrderItem]) -> tuple[Line, ...]:
    return tuple(
        Line(
            number=number,
            name=item.name,
            colour=item.colour,
            size=item.size,
            quantity=item.quantity,
            unit_price_minor=item.unit_price_minor,
        )
        for number, item in enumerate(items, start=1)
    )


def line_of(items: Sequence[CartItem], *, variant_id: str) -> Line:
    """The line of a variant that is in the cart."""
    at = [item.variant_id for item in items].index(variant_id)
    return as_lines(items)[at]
