"""Recommends a size from the customer's paid orders at this boutique."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.core.database import Connection
from dukani.core.store import orders
from dukani.core.store.orders import Purchase

ORDERS_LOOKED_AT = 10
ORDERS_FOR_HIGH = 3

# Categories sized alike; a shoe size says nothing about a dress.
_KINDS = (
    frozenset({"dress", "kaftan", "jumpsuit", "kanzu", "suit"}),
    frozenset({"shirt", "t-shirt", "blouse", "top", "sweater", "jacket", "coat"}),
    frozenset({"trousers", "jeans", "shorts", "skirt"}),
    frozenset({"shoes"}),
)
_GARMENTS: frozenset[str] = frozenset().union(*_KINDS[:3])  # all but shoes


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """A size with its confidence, and the number of paid orders it is based on."""

    size: str
    confidence: Literal["high", "medium"]
    orders: int
    category: str | None  # of the pieces in those orders; None: several


async def size_of(conn: Connection, *, customer_id: str, category: str | None) -> SizeAdvice | None:
    """The customer's size in a category; None if the past orders say nothing about it."""
    bought = await orders.purchases(conn, customer_id=customer_id, limit=ORDERS_LOOKED_AT)
    return advise(bought, category=category)


def advise(bought: Sequence[Purchase], *, category: str | None) -> SizeAdvice | None:
    """The size of purchases in the same category, else in one sized alike, else of any garment.

    Among these the size most orders agree on, the most recent on a tie. Confidence is high from
    three orders that agree.
    """
    sized = [p for p in bought if p.size != "ONE"]
    for categories in _nearest_first(category):
        relevant = [p for p in sized if p.category in categories]
        if relevant:
            return _most_worn(relevant)
    return None


def _nearest_first(category: str | None) -> list[frozenset[str]]:
    """Sets of categories to look at, from the category itself to all garments."""
    if category is None:
        return [_GARMENTS]
    kind = next((kind for kind in _KINDS if category in kind), frozenset({category}))
    nearest = [frozenset({category}), kind]
    return [*nearest, _GARMENTS] if category in _GARMENTS else nearest


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
