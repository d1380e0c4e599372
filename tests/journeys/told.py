"""A mind that is told what every message means: journeys of the core, whatever any reader hears."""

from __future__ import annotations

from dataclasses import replace

from dukani.domain.acts import Act, Add, Checkout, SetAddress, Target, Understanding, Values
from dukani.domain.context import TurnContext
from tests.journeys.talk import ADDRESS, Talk

GOWN, WRAP, MAXI, TEE, SHOE, HAT = (
    "Malaika Lace Gown", "Amani Wrap Dress", "Malkia Ankara Maxi Dress", "Mtaa Graphic T-shirt",
    "Coast Leather Sandals", "Savannah Straw Hat",
)  # fmt: skip


class ToldMind:
    """Makes the acts it was given last of whatever is written, and keeps what it was shown."""

    def __init__(self) -> None:
        self.acts: tuple[Act, ...] = ()
        self.contexts: list[TurnContext] = []

    async def read(self, text: str, context: TurnContext) -> Understanding:
        self.contexts.append(context)
        return Understanding(acts=self.acts)


class MindWithHistory(ToldMind):
    wants_history = True


def with_mind(talk: Talk, mind: ToldMind) -> None:
    talk.handler._senses = replace(talk.handler._senses, reader=mind)


async def does(talk: Talk, *acts: Act, text: str = "…") -> str:
    """A message that means just these acts; everything that is answered."""
    if not isinstance(talk.handler._senses.reader, ToldMind):
        with_mind(talk, ToldMind())
    mind = talk.handler._senses.reader
    assert isinstance(mind, ToldMind)
    mind.acts = acts
    return await talk.say(text)


def piece(
    name: str, colour: str | None = None, size: str | None = None, n: int | None = None
) -> Add:
    return Add(target=Target(name=name), values=Values(colour=colour, size=size, quantity=n))


async def has_in_the_cart(talk: Talk, *pieces: Add) -> None:
    await does(talk, *pieces)
    assert len(await talk.cart()) == len(pieces)


async def shown_the_total(talk: Talk, *pieces: Add) -> str:
    await has_in_the_cart(talk, *pieces)
    return await does(talk, Checkout(), SetAddress(text=ADDRESS))
