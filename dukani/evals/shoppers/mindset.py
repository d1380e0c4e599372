"""A shopper's state during the conversation: the truth, and the values said so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from dukani.domain.acts import Act
from dukani.evals.shoppers.goals import Item, Truth
from dukani.evals.shoppers.intentions import Choose, Intention, Manner, Plan, Told
from dukani.evals.shoppers.shops import Shop, Variant
from dukani.evals.shoppers.view import Counted
from dukani.evals.shoppers.wording import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """The shopper's next message, before wording."""

    acts: tuple[Act, ...]
    message: Message
    bend: str
    exact: bool = False  # an address or a number: capitals are kept


@dataclass
class Mindset:
    plan: Plan
    rng: Random
    truth: Truth = field(default_factory=Truth)
    told: dict[Variant, frozenset[Told]] = field(default_factory=dict)  # values said so far
    manners: dict[str, Manner] = field(default_factory=dict)  # SKU → manner of answering
    last: Intention | None = None  # the latest intention
    gave_address: bool = False

    @property
    def shop(self) -> Shop:
        return self.plan.shop

    def take_up(self, step: Intention | Choose, told: frozenset[Told]) -> None:
        """Set the truth to the step's result, and note the values said."""
        wanted = step.wants if isinstance(step, Intention) else (step.item,)
        for item in wanted:
            self.told[item.variant] = told
            self.manners[item.sku] = step.manner
        self.truth = step.truth
        self.last = step if isinstance(step, Intention) else None

    def tell(self, item: Item, *told: Told) -> None:
        self.told[item.variant] = self.told.get(item.variant, frozenset()) | set(told)

    def as_filed(self, item: Item) -> Variant:
        return self.shop.filed(item.variant)

    def as_called(self, counted: Counted) -> Item:
        """A line of the assistant's order, in the shopper's names."""
        product = self.shop.product(counted.variant.sku)
        colour = next(
            c for c in product.colours if product.filed_colour(c) == counted.variant.colour
        )
        return Item(replace(counted.variant, colour=colour), counted.quantity)
