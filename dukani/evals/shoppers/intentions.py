"""The steps of a shopper's plan: intentions, choices, and results of payments. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dukani.domain.acts import EDITS, Act, Confirm
from dukani.evals.shoppers.goals import Item, Truth
from dukani.evals.shoppers.shops import Shop
from dukani.evals.shoppers.wording import Language, Message

Stage = Literal["cart", "address", "total", "prompt", "failed", "paid"]
Told = Literal["colour", "size", "quantity"]

# How the shopper answers a question for a colour or size.
Manner = Literal[
    "plain",
    "both",  # colour and size in one
    "more",  # also the quantity, which was not said before
    "repair",  # "L, no wait, M"
    "digress",  # the answer, and a question about the shop
    "digress_first",  # the question about the shop, the answer when asked again
    "repeat_first",  # "I don't understand"
    "invalid_first",  # a size there is not
    "interrupt",  # looks for something else first
    "by_name",  # the piece's name again, with the value
]


PAID, LATE = "0", "late"  # besides the result codes of prompts that fail


@dataclass(frozen=True, slots=True)
class Intention:
    """A message's intention, and the order that must result.

    `stage` is the stage of the sale to say it at; with `at_once` it follows the step before
    directly, whatever was asked.
    """

    bend: str
    stage: Stage
    acts: tuple[Act, ...]
    message: Message
    truth: Truth
    edit: str = ""
    wants: tuple[Item, ...] = ()  # the new items
    told: frozenset[Told] = frozenset()  # the values said of each new item
    meant: tuple[Item, ...] = ()  # the lines meant by a description that may fit more
    at_once: bool = False
    manner: Manner = "plain"
    kept: bool = False  # said while a prompt is open: takes effect after its result
    vain: tuple[Item, ...] = ()  # items that cannot be had: the assistant must say so

    @property
    def says_yes(self) -> bool:
        """Whether the step is a yes to the total shown, which must be right then."""
        yes = any(isinstance(act, Confirm) for act in self.acts)
        return yes and not any(isinstance(act, EDITS) for act in self.acts)


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose an item just shown or described: by its number, by a yes, else by its name."""

    bend: str
    stage: Stage
    item: Item
    told: frozenset[Told]
    truth: Truth
    manner: Manner = "plain"
    said_before: frozenset[Told] = frozenset()  # values said while looking for the item


@dataclass(frozen=True, slots=True)
class Happening:
    """M-Pesa's result of the prompt: a result code, or LATE: money after it had failed."""

    code: str
    truth: Truth  # the order that is then paid, or open again

    @property
    def pays(self) -> bool:
        return self.code in (PAID, LATE)


Step = Intention | Choose | Happening


@dataclass(frozen=True, slots=True)
class Plan:
    """One shopper of one shop, and all steps of the conversation."""

    shop: Shop
    index: int
    language: Language
    own_phone: str | None  # E.164; None: unknown until the shopper tells it
    told_phone: str  # E.164, the answer to the question who pays
    steps: tuple[Step, ...]
    address_manner: Literal["plain", "digress"] = "plain"

    @property
    def bends(self) -> tuple[str, ...]:
        """The bends of the plan's steps, each once."""
        named = [step.bend for step in self.steps if not isinstance(step, Happening)]
        return tuple(dict.fromkeys(named))

    @property
    def goal(self) -> Truth:
        """The truth of the last order."""
        return self.steps[-1].truth
