"""What shoppers write: a mix in which every message is answered, the same for every run."""

from __future__ import annotations

import random

# One shopper's talk, over and over. Half of it is search and choice, as in a shop; something comes
# of it each time round, or the shopper would be taken for a machine and answered no more.
TALK = (
    "do you have a dress?",
    "1",
    "how much is it?",
    "navy",
    "M",
    "what is in my cart?",
    "show me something in blue under 6000",
    "2",
    "do you deliver to Kilimani?",
    "nataka gauni ya harusi",
    "what are your opening hours?",
    "clear the cart",
    "thanks",
)


class Crowd:
    """Shoppers who each go through the talk from their own place in it; each `seed` has its own."""

    def __init__(self, count: int, *, seed: int = 7) -> None:
        self._rng = random.Random(seed)
        self.phones = [f"+2547{seed:02d}{n:06d}" for n in range(1, count + 1)]
        self._said = {phone: self._rng.randrange(len(TALK)) for phone in self.phones}

    def next(self) -> tuple[str, str]:
        """Who writes now, and what."""
        phone = self._rng.choice(self.phones)
        return phone, self.says(phone)

    def says(self, phone: str) -> str:
        self._said[phone] += 1
        return TALK[self._said[phone] % len(TALK)]
