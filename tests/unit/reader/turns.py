"""Situations a message can come in, and what the reader hears in it."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.agent.local_reader import understand
from dukani.domain.acts import Act
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option
from dukani.domain.steps import Step
from dukani.evals.neutral import CHANGING, neutral

Slots = dict[str, str | int | bool]

CLOTHES = {
    "wrap": ("Neema Wrap Dress", "dress", ("blue", "black"), ("S", "M", "L", "XL")),
    "ankara": ("Tausi Ankara Maxi Dress", "dress", ("yellow", "green"), ("M", "L", "XL")),
    "lace": ("Pendo Lace Wedding Gown", "dress", ("red", "ivory"), ("S", "M", "L")),
    "shirt": ("Ziwa Linen Shirt", "shirt", ("white", "blue", "khaki"), ("S", "M", "L", "XL")),
    "tee": ("Kijiji Graphic T-shirt", "t-shirt", ("black", "white", "red"), ("S", "M", "L")),
    "trousers": ("Ngong High-Waist Trousers", "trousers", ("black", "beige", "grey"), ("S", "M")),
    "skirt": ("Kitenge Pleated Skirt", "skirt", ("orange", "purple"), ("S", "M", "L")),
    "sandals": ("Lamu Leather Sandals", "shoes", ("brown", "black"), ("37", "38", "39", "40")),
}


PRICES = {"wrap": 450_000, "ankara": 250_000, "lace": 1_250_000}


def shown(key: str, number: int = 1) -> Option:
    name, category, colours, sizes = CLOTHES[key]
    return Option(
        number=number,
        product_id=key,
        sku=key.upper(),
        name=name,
        category=category,
        colours=colours,
        sizes=sizes,
        price_minor=PRICES.get(key, 300_000),
    )


def line(number: int, key: str, colour: str, size: str, quantity: int = 1) -> Line:
    name, category, _, _ = CLOTHES[key]
    return Line(
        number=number,
        sku=key.upper(),
        product_id=key,
        variant_id=f"{key}-{colour}-{size}",
        name=name,
        category=category,
        colour=colour,
        size=size,
        quantity=quantity,
        unit_price_minor=PRICES.get(key, 300_000),
    )


def options(*keys: str) -> tuple[Option, ...]:
    return tuple(shown(key, number) for number, key in enumerate(keys, start=1))


DRESSES = options("wrap", "ankara", "lace")
MIXED = options("shirt", "tee", "trousers", "skirt")
TWO_LINES = (line(1, "wrap", "blue", "M"), line(2, "sandals", "brown", "38"))


def ordered(step: Step) -> TurnContext:
    return TurnContext(step=step, has_order=True)


SITUATIONS = {
    "start": TurnContext(),
    "options": TurnContext(step="products_found", options=DRESSES),
    "one_option": TurnContext(
        step="products_found", options=DRESSES[:1], focus=DRESSES[0], question="take_it"
    ),
    "replying": TurnContext(step="products_found", options=DRESSES, replied_to_option=3),
    "mixed_options": TurnContext(step="products_found", options=MIXED),
    "piece": TurnContext(step="size_recommended", focus=shown("wrap")),
    "piece_size": TurnContext(step="size_recommended", focus=shown("wrap"), question="size"),
    "piece_quantity": TurnContext(
        step="size_recommended", focus=shown("wrap"), question="quantity"
    ),
    "shoe_size": TurnContext(step="size_recommended", focus=shown("sandals"), question="size"),
    "cart": TurnContext(step="cart_updated", cart=TWO_LINES),
    "one_line": TurnContext(step="cart_updated", cart=TWO_LINES[:1]),
    "address": TurnContext(step="awaiting_delivery_address", cart=TWO_LINES),
    "confirm": TurnContext(step="awaiting_confirmation", cart=TWO_LINES),
    "paying": ordered("payment_initiated"),
    "failed": ordered("payment_failed"),
    "paid": ordered("order_completed"),
    "opted_out": TurnContext(step="opted_out"),
}


@dataclass(frozen=True)
class Heard:
    """The acts with the neutral kinds each counts as, and the values said of each slot."""

    acts: tuple[Act, ...]
    kinds: list[frozenset[str]]
    slots: dict[str, list[object]]

    def misses(self, kinds: list[str], slots: Slots) -> list[str]:
        """How this differs from the kinds and slots that were to be understood."""
        every = frozenset[str]().union(*self.kinds)
        missing = [kind for kind in kinds if kind not in every]
        unsaid = [
            f"unsaid {set(own)}" for own in self.kinds if own & CHANGING and own.isdisjoint(kinds)
        ]
        wrong = [
            f"{name}={self.slots.get(name)}, not {value}"
            for name, value in slots.items()
            if value not in self.slots.get(name, [])
        ]
        return missing + unsaid + wrong


def read_turn(situation: str, text: str) -> Heard:
    """What the reader makes of a text in one of the situations."""
    context = SITUATIONS[situation]
    acts = understand(text, context).acts
    read = [neutral(act, context.cart) for act in acts]
    slots: dict[str, list[object]] = {}
    for _, said in read:
        for name, value in said.items():
            slots.setdefault(name, []).append(value)
    return Heard(acts, [kinds for kinds, _ in read], slots)
