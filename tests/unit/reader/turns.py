"""Situations a message can come in, and what the reader hears in it."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.agent.acts import CartLine, ShownOption, Step, TurnContext
from dukani.agent.understanding.resolve import understand

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


def shown(key: str, number: int = 1) -> ShownOption:
    name, category, colours, sizes = CLOTHES[key]
    return ShownOption(
        number=number,
        product_id=key,
        sku=key.upper(),
        name=name,
        category=category,
        colours=colours,
        sizes=sizes,
        price_minor=PRICES.get(key, 300_000),
    )


def line(number: int, key: str, colour: str, size: str) -> CartLine:
    name, category, _, _ = CLOTHES[key]
    return CartLine(
        line=number,
        sku=key.upper(),
        name=name,
        category=category,
        colour=colour,
        size=size,
        quantity=1,
    )


def options(*keys: str) -> tuple[ShownOption, ...]:
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
    """Kinds of acts in order, and all their slots together (raw text and manner left out)."""

    acts: list[str]
    slots: Slots


def read_turn(situation: str, text: str) -> Heard:
    """What the reader makes of a text in one of the situations."""
    understood = understand(text, SITUATIONS[situation])
    slots: Slots = {}
    for act in understood.acts:
        said = act.slots().items()
        slots |= {name: value for name, value in said if name not in ("text", "manner")}  # type: ignore[misc]
    return Heard(list(dict.fromkeys(act.kind for act in understood.acts)), slots)
