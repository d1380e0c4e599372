"""A shopper's story: what somebody who buys a piece writes next, by what the phone shows. Pure.

A shopper knows nothing of the service: the texts of the chat decide, as a person reads them, in
English or in Swahili.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal

Tongue = Literal["en", "sw", "sheng"]

TONGUES: tuple[Tongue, ...] = ("en", "sw", "sheng")

GREETINGS: dict[Tongue, tuple[str, ...]] = {
    "en": ("Hi", "Hello", "Good morning"),
    "sw": ("Habari", "Hujambo", "Habari za leo"),
    "sheng": ("Niaje", "Sasa", "Mambo vipi"),
}
QUESTIONS: dict[Tongue, tuple[str, ...]] = {
    "en": ("what are your opening hours?", "do you deliver to Kilimani?"),
    "sw": ("mnafungua saa ngapi?", "mnaleta mpaka Kilimani?"),
    "sheng": ("mnafungua saa ngapi?", "mnadeliver Kilimani?"),
}
WISHES: dict[Tongue, tuple[str, ...]] = {
    "en": ("do you have a dress?", "show me dresses under 6000", "I'm looking for a blouse"),
    "sw": ("nataka gauni", "naomba kuona magauni", "natafuta blauzi"),
    "sheng": ("nataka dress fiti", "niko na shida ya dress", "mna top poa?"),
}
OF_A_PHOTO: dict[Tongue, tuple[str, ...]] = {
    "en": ("do you have something like this?", ""),
    "sw": ("mna kama hii?", ""),
    "sheng": ("mko na kitu kama hii?", ""),
}
CART: dict[Tongue, str] = {"en": "what is in my cart?", "sw": "nionyeshe kikapu", "sheng": "cart"}
CHECKOUT: dict[Tongue, str] = {"en": "checkout", "sw": "lipa", "sheng": "lipa"}
YES: dict[Tongue, str] = {"en": "yes", "sw": "ndiyo", "sheng": "ndio"}
THANKS: dict[Tongue, str] = {"en": "thanks", "sw": "asante", "sheng": "asante sana"}

PAID = re.compile(r"^(Payment received|Tumepokea malipo)", re.MULTILINE)
_TO_WAIT_FOR = re.compile(r"enter your M-Pesa PIN|weka PIN yako|I'm waiting for M-Pesa|Nasubiri")
_TOTAL = re.compile(r"Reply \*YES\*|Jibu \*NDIYO\*")
_SAME_PLACE = re.compile(r"same place as last time|pale pale kama mara iliyopita")
_ADDRESS = re.compile(r"Where shall we deliver|Tukuletee wapi")
_IN_CART = re.compile(r"Write \*checkout\*|andika \*lipa\*")
_LIST = re.compile(
    r"Reply with its number|Do you like it\? Reply \*1\*"
    r"|Andika namba yake|Jibu na nambari yake|Umeipenda\? Andika \*1\*"
)
_YES_TO_ONE = re.compile(r"Reply \*yes\*|Jibu \*ndiyo\*")
_EXAMPLE = re.compile(r"(?:Reply e\.g\.|Jibu mfano) \*([^*]+)\*")
_ONE_OF = re.compile(r"(?:choose one of these|chagua moja kati ya hizi):\n• \*([^*]+)\*")

MOST_REPEATS = 4  # of the wish, before the shopper gives up


@dataclass(frozen=True, slots=True)
class Says:
    """A message; with a photo, where `photo` is set."""

    text: str
    photo: bool = False


@dataclass
class Story:
    """One shopper's way from the greeting to the receipt, drawn by `rng`."""

    rng: Random
    address: str
    by_photo: bool = False
    tongue: Tongue = "en"
    _opening: Iterator[Says] = field(init=False)
    _looked_into_cart: bool = False
    _repeats: int = 0

    def __post_init__(self) -> None:
        self._opening = iter(self._opened())

    def _opened(self) -> list[Says]:
        one_of = self.rng.choice
        opened = [Says(one_of(GREETINGS[self.tongue]))]
        if self.rng.random() < 0.5:
            opened.append(Says(one_of(QUESTIONS[self.tongue])))
        if self.by_photo:
            return [*opened, Says(one_of(OF_A_PHOTO[self.tongue]), photo=True)]
        return [*opened, Says(one_of(WISHES[self.tongue]))]

    def next(self, news: str) -> Says | None:
        """What is written after `news`, the boutique's texts since the last message.

        None: nothing, since what comes next comes by itself. Raises NothingMovesOn.
        """
        if (opening := next(self._opening, None)) is not None:
            return opening
        if _TO_WAIT_FOR.search(news):
            return None
        answer = self._answer(news)
        if answer is not None:
            return Says(answer)
        self._repeats += 1
        if self._repeats > MOST_REPEATS:
            raise NothingMovesOn(news)
        return Says(WISHES[self.tongue][0])  # a dress, which every shop has

    def _answer(self, news: str) -> str | None:
        """The answer to the question in the news; None where there is none."""
        if _TOTAL.search(news) or _SAME_PLACE.search(news):
            return YES[self.tongue]
        if _ADDRESS.search(news):
            return self.address
        if _IN_CART.search(news):
            return self._of_the_cart()
        if _LIST.search(news):
            return "1"
        if choice := _ONE_OF.search(news) or _EXAMPLE.search(news):
            return choice[1]
        return YES[self.tongue] if _YES_TO_ONE.search(news) else None

    def _of_the_cart(self) -> str:
        if not self._looked_into_cart and self.rng.random() < 0.5:
            self._looked_into_cart = True
            return CART[self.tongue]
        return CHECKOUT[self.tongue]


class NothingMovesOn(Exception):
    """The shopper said what was wanted again and again, and gave up; the text is the last news."""
