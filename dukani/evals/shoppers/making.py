"""A plan in the making: the shop, the order so far, and the line mentioned last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from dukani.evals.shoppers.goals import Impossible, Item, Truth
from dukani.evals.shoppers.intentions import Stage, Step, Told
from dukani.evals.shoppers.shops import ONE, PLENTY, SCARCE, Product, Shop, Variant

T = TypeVar("T")
COUNTS = (1, 1, 1, 1, 2, 2, 3)


@dataclass
class Making:
    """The steps added so far; `truth` is the order after the last step."""

    shop: Shop
    rng: Random
    truth: Truth
    stage: Stage = "cart"
    last: Item | None = None  # the line mentioned last, if it is a single one
    steps: list[Step] = field(default_factory=list)

    def add(self, step: Step, *, last: Item | None = None) -> None:
        self.steps.append(step)
        self.truth = step.truth
        self.last = last if last in self.truth.items else None

    def attempt(self, ways: Sequence[Callable[[Making], bool]], tries: int = 6) -> bool:
        """Add the steps of one of these ways, skipping ways that do not fit the order."""
        return any(self._try(self.rng.choice(ways)) for _ in range(tries))

    def _try(self, way: Callable[[Making], bool]) -> bool:
        before = (len(self.steps), self.truth, self.last)
        try:
            fits = way(self)
        except Impossible:
            fits = False
        if fits:
            return True
        del self.steps[before[0] :]
        self.truth, self.last = before[1], before[2]
        return False

    # ── choosing ────────────────────────────────────────────────────────────

    def some(self, of: Sequence[T]) -> T:
        """A random one of `of`. Raises Impossible when there is none."""
        if not of:
            raise Impossible("there is nothing to choose from")
        return self.rng.choice(of)

    def likely(self, share: float) -> bool:
        return self.rng.random() < share

    def item(self, *, least: int = 1) -> Item:
        """A line of the order with a quantity of at least `least`."""
        return self.some([item for item in self.truth.items if item.quantity >= least])

    def new_item(self, *, quantity: int | None = None) -> Item:
        """An item of a piece that is not in the order."""
        product = self.new_product()
        return Item(self.some(product.wanted), quantity or self.rng.choice(COUNTS))

    def new_product(self) -> Product:
        there = {item.sku for item in self.truth.items}
        return self.some([p for p in self.shop.products if p.sku not in there and p.wanted])

    def sibling(self, item: Item, *, change: Told) -> Variant:
        """A variant of the same piece, in another colour or size, that is not in the order."""
        fits = [
            variant
            for variant in self.shop.product(item.sku).wanted
            if self.truth.of(variant) is None
            and (variant.colour != item.colour) == (change == "colour")
            and (variant.size != item.size) == (change == "size")
        ]
        return self.some(fits)

    def short_of(self, product: Product) -> tuple[list[Variant], list[Variant]]:
        """(sold-out variants, variants with few left)."""
        return product.variants(least=0, most=0), product.variants(least=SCARCE, most=SCARCE)

    def necessary(self, item: Item) -> frozenset[Told]:
        """The values of an item for which the assistant must ask if they are not said."""
        variants = self.shop.product(item.sku).variants(least=SCARCE)
        told: set[Told] = set()
        if len({variant.colour for variant in variants}) > 1:
            told.add("colour")
        if item.size != ONE:
            told.add("size")
        if item.quantity > 1:
            told.add("quantity")
        return frozenset(told)

    def is_plenty(self, variant: Variant) -> bool:
        return self.shop.stock_of(variant) >= PLENTY
