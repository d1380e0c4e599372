"""Converts the items of a cart or an order to the numbered lines a customer reads."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.carts import CartItem
from dukani.core.store.orders import OrderItem
from dukani.domain.pieces import Line


def as_lines(items: Sequence[CartItem | OrderItem]) -> tuple[Line, ...]:
    return tuple(
        Line(
            number=number,
            name=item.name,
            colour=item.colour,
            size=item.size,
            quantity=item.quantity,
            unit_price_minor=item.unit_price_minor,
            variant_id=item.variant_id or "",
            product_id=item.product_id or "",
            sku=item.sku,
            category=item.category,
            worn_by=item.worn_by,
            for_several=item.for_several,
        )
        for number, item in enumerate(items, start=1)
    )
