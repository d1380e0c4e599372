"""The truth: the order that a shopper wants, and its changes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukani.evals.shoppers.shops import PLENTY, Shop, Variant

MOST_OF_ONE = 9


class Impossible(Exception):
    """The change would leave an order that no shopper could want."""


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity of a variant."""

    variant: Variant
    quantity: int

    @property
    def sku(self) -> str:
        return self.variant.sku

    @property
    def colour(self) -> str:
        return self.variant.colour

    @property
    def size(self) -> str:
        return self.variant.size

    def __str__(self) -> str:
        return f"{self.quantity}× {self.sku} {self.colour} {self.size}"


@dataclass(frozen=True, slots=True)
class Truth:
    """The order the shopper wants. No address: not said yet; no payer: the shopper's own phone."""

    items: tuple[Item, ...] = ()
    address: str | None = None
    payer: str | None = None

    def of(self, variant: Variant) -> Item | None:
        return next((item for item in self.items if item.variant == variant), None)

    def of_product(self, sku: str) -> list[Item]:
        return [item for item in self.items if item.sku == sku]

    def with_item(self, item: Item) -> Truth:
        if self.of(item.variant) is not None:
            raise Impossible(f"{item} is in the order already")
        return replace(self, items=(*self.items, _sound(item)))

    def without(self, *items: Item) -> Truth:
        for item in items:
            self._check(item)
        return replace(self, items=tuple(one for one in self.items if one not in items))

    def only(self, item: Item) -> Truth:
        self._check(item)
        return replace(self, items=(item,))

    def with_instead(self, item: Item, *others: Item) -> Truth:
        """The truth with `others` in the place of an item."""
        self._check(item)
        kept = [one for one in self.items if one != item]
        for other in others:
            if any(one.variant == other.variant for one in kept):
                raise Impossible(f"{other} would become one with a line there is")
            kept.append(_sound(other))
        at = self.items.index(item)
        around = [one for one in self.items if one != item]
        return replace(self, items=(*around[:at], *others, *around[at:]))

    def emptied(self) -> Truth:
        return replace(self, items=())

    def _check(self, item: Item) -> None:
        if item not in self.items:
            raise Impossible(f"{item} is not in the order")


def _sound(item: Item) -> Item:
    if not 1 <= item.quantity <= MOST_OF_ONE:
        raise Impossible(f"nobody wants {item.quantity} of one")
    return item


def total_units(shop: Shop, items: Sequence[Item]) -> int:
    """The sum of the items, in whole units of the shop's currency."""
    return sum(shop.product(item.sku).price_units * item.quantity for item in items)


def can_be_met(shop: Shop, truth: Truth) -> bool:
    """Whether every item is sold in plenty."""
    return all(shop.stock_of(item.variant) >= PLENTY for item in truth.items)
