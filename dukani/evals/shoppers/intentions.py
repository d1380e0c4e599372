"""What a shopper sets out to do: a script of intentions and of what happens to her money. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dukani.domain.acts import EDITS, Act, Confirm
from dukani.evals.shoppers.goals import Item, Truth
from dukani.evals.shoppers.shops import Shop
from dukani.evals.shoppers.wording import Language, Message

Stage = Literal["cart", "address", "total", "prompt", "failed", "paid"]
Told = Literal["colour", "size", "quantity"]

# How she answers when asked for a colour or size.
Manner = Literal[
    "plain",
    "both",  # colour and size in one
    "more",  # and how many, which she had not said
    "repair",  # "L, no wait, M"
    "digress",  # the answer, and a question about the shop
    "digress_first",  # the question about the shop, the answer when asked again
    "repeat_first",  # "I don't understand"
    "invalid_first",  # a size there is not
    "interrupt",  # looks for something else, and then
    "by_name",  # the piece named once more with what was asked
]


PAID, LATE = "0", "late"  # besides the result codes of prompts that fail


@dataclass(frozen=True, slots=True)
class Intention:
    """Something she does in one message, and what her order must be then.

    `stage` is where in the sale she does it; `at_once` follows directly, whatever was asked.
    """

    bend: str
    stage: Stage
    acts: tuple[Act, ...]
    message: Message
    truth: Truth
    edit: str = ""
    wants: tuple[Item, ...] = ()  # what is asked for anew
    told: frozenset[Told] = frozenset()  # of each of them
    meant: tuple[Item, ...] = ()  # the lines meant by a description that may fit more
    at_once: bool = False
    manner: Manner = "plain"
    kept: bool = False  # said while a prompt is out: seen when the result is known
    vain: tuple[Item, ...] = ()  # what cannot be had as said: she must be told so

    @property
    def says_yes(self) -> bool:
        """A yes to the total as it is shown, which must be right then."""
        yes = any(isinstance(act, Confirm) for act in self.acts)
        return yes and not any(isinstance(act, EDITS) for act in self.acts)


@dataclass(frozen=True, slots=True)
class Choose:
    """Takes an item she was just shown or told of: by its number, by a yes, else by its name."""

    bend: str
    stage: Stage
    item: Item
    told: frozenset[Told]
    truth: Truth
    manner: Manner = "plain"
    said_before: frozenset[Told] = frozenset()  # while she looked for it


@dataclass(frozen=True, slots=True)
class Happening:
    """M-Pesa's answer to the prompt: its result code, or LATE money for one that had failed."""

    code: str
    truth: Truth  # of the order that is then paid, or open again

    @property
    def pays(self) -> bool:
        return self.code in (PAID, LATE)


Step = Intention | Choose | Happening


@dataclass(frozen=True, slots=True)
class Plan:
    """One shopper of one shop: who she is and all she will do."""

    shop: Shop
    index: int
    language: Language
    own_phone: str | None  # E.164; None: nobody knows it until she tells
    told_phone: str  # E.164, what she tells when asked who pays
    steps: tuple[Step, ...]
    address_manner: Literal["plain", "digress"] = "plain"

    @property
    def bends(self) -> tuple[str, ...]:
        """The kinds of what she does, each once."""
        named = [step.bend for step in self.steps if not isinstance(step, Happening)]
        return tuple(dict.fromkeys(named))

    @property
    def goal(self) -> Truth:
        """What the last order must be."""
        return self.steps[-1].truth
