"""The pieces in a part of an order, as the customer reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.core.store.order_progress import ItemProgress
from dukani.domain.pieces import Line


def lines_of(items: Sequence[ItemProgress], pieces: Mapping[int, int]) -> tuple[Line, ...]:
    """The lines of a part: id of the order's item → pieces of it."""
    chosen = [item for item in items if pieces.get(item.id)]
    return tuple(
        Line(
            number=number,
            name=item.name,
            colour=item.colour,
            size=item.size,
            quantity=pieces[item.id],
            unit_price_minor=item.unit_price_minor,
            variant_id=item.variant_id or "",
            product_id=item.product_id or "",
            sku=item.sku,
            category=item.category,
        )
        for number, item in enumerate(chosen, start=1)
    )


def left_after(items: Sequence[ItemProgress]) -> dict[int, int]:
    """What is still to be sent: id of the order's item → pieces of it."""
    return {item.id: item.left for item in items if item.left}
