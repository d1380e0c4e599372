"""What shoppers write: a mix in which every message is answered, the same for every run."""

from __future__ import annotations

import random

# One shopper's talk, over and over. Half of it is search and choice, as in a shop.
TALK = (
    "do you have a dress?",
    "1",
    "how much is it?",
    "M",
    "what is in my cart?",
    "show me something in blue under 6000",
    "do you deliver to Kilimani?",
    "2",
    "nataka gauni ya harusi",
    "what are your opening hours?",
    "clear the cart",
    "thanks",
)


def phones(count: int, *, beginning: str = "+25471") -> list[str]:
    return [f"{beginning}{n:07d}" for n in range(1, count + 1)]


class Crowd:
    """Shoppers who each go through the talk from their own place in it."""

    def __init__(self, count: int, *, seed: int = 7) -> None:
        self._rng = random.Random(seed)
        self._phones = phones(count)
        self._said = {phone: self._rng.randrange(len(TALK)) for phone in self._phones}

    def next(self) -> tuple[str, str]:
        """Who writes now, and what."""
        phone = self._rng.choice(self._phones)
        return phone, self.says(phone)

    def says(self, phone: str) -> str:
        self._said[phone] += 1
        return TALK[self._said[phone] % len(TALK)]
