"""One shopper who plays a story on a phone, and how long each turn took."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, field
from random import Random

from dukani.bench.figures import Kind, Turn
from dukani.bench.options import LONGEST_PAUSE_S, PAUSE_SIGMA, SHORTEST_PAUSE_S
from dukani.bench.phones import Phone
from dukani.bench.story import PAID, THANKS, NothingMovesOn, Says, Story
from dukani.sandbox.models import StoredMedia
from dukani.sandbox.outside import Outside
from dukani.sandbox.shopper import PromptAnswer, Written

ANSWERED_WITHIN_S = 60.0
PIN = PromptAnswer(outcome="pin", pin="1234")


class GaveUp(Exception):
    """The story has no end; the text says why."""


@dataclass
class Shopper:
    """`play` ends when the receipt is in the chat. Raises GaveUp."""

    outside: Outside
    phone: Phone
    story: Story
    rng: Random
    pause_s: float
    photos: list[tuple[bytes, str]]
    turns: list[Turn] = field(default_factory=list)
    _said: str = ""

    async def play(self) -> None:
        news = ""
        while True:
            await self._pause()
            news += self.phone.read()
            if self.phone.prompts:
                news = await self._pay()
            elif says := self._next(news):
                await self._write(says)
                news = await self._answer("photo" if says.photo else "text")
            else:
                await self._until_news()
                continue
            if PAID.search(news):
                await self._thank()
                return

    def _next(self, news: str) -> Says | None:
        try:
            return self.story.next(news)
        except NothingMovesOn as error:
            raise GaveUp(f"nothing moved on after {self._said!r}: {str(error)[:160]!r}") from error

    async def _pause(self) -> None:
        """As long as somebody reads and types."""
        drawn_s = self.pause_s * math.exp(self.rng.gauss(0.0, PAUSE_SIGMA))
        await asyncio.sleep(min(max(drawn_s, SHORTEST_PAUSE_S), LONGEST_PAUSE_S))

    async def _write(self, says: Says) -> None:
        self._said = says.text or "a photo"
        self._began_at = time.time()
        written = Written(account=self.phone.account, contact=self.phone.contact, text=says.text)
        if says.photo:
            content, content_type = self.rng.choice(self.photos)
            stored: StoredMedia = self.outside.world.store_file(content, content_type)
            written.kind, written.media = "image", stored.id
        await self.outside.shopper.write(written)

    async def _pay(self) -> str:
        self._said, self._began_at = "a PIN", time.time()
        await self.outside.shopper.answer(self.phone.prompts.pop(), PIN)
        return await self._answer("paid")

    async def _answer(self, kind: Kind) -> str:
        """The first text that arrives; notes how long it took."""
        await self._until_news()
        if self.phone.bubbles:
            arrived_at = self.phone.bubbles[0][0]
            self.turns.append(Turn(kind, self._began_at, arrived_at - self._began_at))
        return self.phone.read()

    async def _until_news(self) -> None:
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_S):
                await self.phone.news.wait()
        except TimeoutError:
            within = f"{ANSWERED_WITHIN_S:.0f} s"
            raise GaveUp(f"no answer within {within} to {self._said!r}") from None

    async def _thank(self) -> None:
        if self.rng.random() < 0.5:
            await self._pause()
            self.phone.read()
            await self._write(Says(THANKS[self.story.tongue]))
            await self._answer("text")
