"""Sales by chat, begun evenly over a time, on both providers."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import httpx

from dukani.sandbox.accounts import PWANI, ZURI
from tests.buyer import Buyer
from tests.integration.killing.town import DRESS

PATIENCE_S = 15.0
LOOKS_A_SECOND = 15.0  # at the phone, of all buyers: more would take the processor


@dataclass
class Sales:
    """`number` sales over `over_s` seconds; who comes while `at_once` are buying waits outside.

    Who still waits when it is `closed` goes home.
    """

    http: httpx.AsyncClient
    rng: random.Random
    number: int
    over_s: float
    at_once: int
    first: int = 0  # phones before this one's have bought already
    closed: bool = False
    buyers: list[Buyer] = field(default_factory=list)

    def begin(self) -> list[asyncio.Task[None]]:
        """Each is a task, which ends when its buyer is served."""
        door = asyncio.Semaphore(self.at_once)
        return [asyncio.create_task(self._sell(n, door)) for n in range(self.number)]

    async def _sell(self, n: int, door: asyncio.Semaphore) -> None:
        seed = self.rng.random()
        await asyncio.sleep(n * self.over_s / self.number)
        async with door:
            if self.closed:
                return
            buyer = Buyer(
                self.http,
                (PWANI if n % 2 else ZURI).key,
                f"+2547110{self.first + n:05d}",
                random.Random(seed),
                patience_s=PATIENCE_S,
                glance_s=self.at_once / LOOKS_A_SECOND,
                wish=f"Do you have the {DRESS.name} in blue?",
            )
            self.buyers.append(buyer)
            await buyer.buy()

    @property
    def served(self) -> int:
        return sum(buyer.served for buyer in self.buyers)

    async def paid_twice(self) -> dict[str, str]:
        """The buyers from whom M-Pesa took money more than once, and what stood on their phones."""
        found: dict[str, str] = {}
        for buyer in self.buyers:
            chat = await buyer.look()
            if sum("Confirmed." in sms["text"] for sms in chat["sms"]) > 1:
                told = [*chat["messages"], *(sms | {"author": "M-Pesa"} for sms in chat["sms"])]
                told.sort(key=lambda bubble: bubble["at"])
                found[buyer.phone] = "\n".join(
                    f"{bubble['at']:.1f} {bubble['author']}: {bubble['text']}" for bubble in told
                )
        return found
