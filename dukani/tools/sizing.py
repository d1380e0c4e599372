"""Her size, from what she paid for at this boutique."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.core.database import Connection
from dukani.core.store import orders
from dukani.core.store.orders import Purchase

ORDERS_LOOKED_AT = 10
ORDERS_FOR_HIGH = 3

# Garments sized alike; a shoe says nothing about a dress.
_KINDS = (
    frozenset({"dress", "kaftan", "jumpsuit", "kanzu", "suit"}),
    frozenset({"shirt", "t-shirt", "blouse", "top", "sweater", "jacket", "coat"}),
    frozenset({"trousers", "jeans", "shorts", "skirt"}),
    frozenset({"shoes"}),
)
_WORN_ALIKE = frozenset().union(*_KINDS[:3])


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """A size, how sure we are, and on how many paid orders it rests."""

    size: str
    confidence: Literal["high", "medium"]
    orders: int
    category: str | None  # the garment those were; None: several kinds


async def size_of(conn: Connection, *, customer_id: str, category: str | None) -> SizeAdvice | None:
    """The customer's size for a garment; None when her orders say nothing about it."""
    bought = await orders.purchases(conn, customer_id=customer_id, limit=ORDERS_LOOKED_AT)
    return advise(bought, category=category)


def advise(bought: Sequence[Purchase], *, category: str | None) -> SizeAdvice | None:
    """The size of the nearest kind of garment bought: the same, alike, then anything worn.

    Of that kind the size most orders agree on, the most recent on a tie. High confidence from
    three orders that agree.
    """
    sized = [p for p in bought if p.size != "ONE"]
    for circle in _circles(category):
        relevant = [p for p in sized if circle is None or p.category in circle]
        if relevant:
            return _most_worn(relevant)
    return None


def _circles(category: str | None) -> list[frozenset[str] | None]:
    if category is None:
        return [_WORN_ALIKE]
    kind = next((kind for kind in _KINDS if category in kind), frozenset({category}))
    circles: list[frozenset[str] | None] = [frozenset({category}), kind]
    if category in _WORN_ALIKE:
        circles.append(_WORN_ALIKE)
    return circles


def _most_worn(bought: Sequence[Purchase]) -> SizeAdvice:
    orders_by_size: dict[str, set[str]] = {}
    for purchase in bought:  # newest first, so a tie goes to the most recent
        orders_by_size.setdefault(purchase.size, set()).add(purchase.order_id)
    size = max(orders_by_size, key=lambda s: len(orders_by_size[s]))
    agreeing = len(orders_by_size[size])
    categories = {p.category for p in bought if p.size == size}
    return SizeAdvice(
        size=size,
        confidence="high" if agreeing >= ORDERS_FOR_HIGH else "medium",
        orders=agreeing,
        category=categories.pop() if len(categories) == 1 else None,
    )
