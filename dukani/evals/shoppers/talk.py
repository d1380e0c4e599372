"""Digressions: messages beside the sale, at any stage. Pure."""

from __future__ import annotations

from collections.abc import Callable

from dukani.domain import acts
from dukani.domain.acts import Act
from dukani.evals.shoppers.goals import Impossible
from dukani.evals.shoppers.intentions import Intention
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.wording import Kind, Words

ASKS: tuple[tuple[Act, str], ...] = (
    (acts.AskShop(topic="delivery"), "ask_delivery"),
    (acts.AskShop(topic="hours"), "ask_hours"),
    (acts.AskShop(topic="location"), "ask_location"),
    (acts.AskShop(topic="returns"), "ask_returns"),
    (acts.AskShop(topic="pay_on_delivery"), "ask_pay_on_delivery"),
)
HOLD: tuple[Act, str] = (acts.AskShop(topic="reservation", until="Friday"), "ask_hold")


def chit_chat(making: Making) -> bool:
    return _aside(making, "chit_chat", acts.Greeting(), "chit_chat")


def thanks(making: Making) -> bool:
    return _aside(making, "thanks", acts.Thanks(), "thanks")


def repeat(making: Making) -> bool:
    if making.stage == "failed":
        raise Impossible("say it again, or send it again?")
    return _aside(making, "repeat", acts.Repeat(), "repeat")


def ask_the_shop(making: Making) -> bool:
    act, key = making.rng.choice((*ASKS, HOLD))
    return _aside(making, "ask_the_shop", act, key)


def view(making: Making) -> bool:
    return _aside(making, "view", acts.ViewOrder(), "view")


def look_at_something_else(making: Making) -> bool:
    """Look at another piece, take nothing, and return to the sale."""
    product = making.new_product()
    act = acts.Search(category=product.category)
    words = Words("wait", {"edit": Words("look_kind", {"kinds": Kind(product.kind, many=True)})})
    making.add(Intention("look_elsewhere", making.stage, (act,), words, making.truth))
    return True


def _aside(making: Making, bend: str, act: Act, key: str) -> bool:
    making.add(Intention(bend, making.stage, (act,), Words(key), making.truth))
    return True


DIGRESSIONS: tuple[Callable[[Making], bool], ...] = (
    chit_chat, thanks, repeat, ask_the_shop, ask_the_shop, view, look_at_something_else,
)  # fmt: skip
