"""A person with a phone who buys one dress and reads what she is told.

She knows nothing of the service: she sees her chat, her SMS and the prompts on her phone, all
of them the sandbox's, and acts as people do.
"""

from __future__ import annotations

import asyncio
import math
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

WISH = "Do you have a blue dress?"
GLANCE_S = 0.15
NO_ANSWER_S = 4.0  # a message that was not delivered is written again after this
ASK_ABOUT_MONEY_S = 8.0  # M-Pesa has told her, the shop has not

# What she answers to what she reads; the first that fits.
_ANSWERS: tuple[tuple[str, str], ...] = (
    (r"reply \*send again\*", "send again"),
    (r"Reply \*YES\*", "yes"),
    (r"same place as last time", "yes"),
    (r"Where shall we deliver", "Kilimani, Rose Apartments B4"),
    (r"Write \*checkout\*", "checkout"),
    (r"Reply with its number", "1"),
    (r"[Ss]ize", "M"),
)
_COLOUR_ASKED = re.compile(r"Which colour.*Reply e\.g\. \*([^*]+)\*", re.DOTALL)
# Nothing to say to these: what comes next comes by itself.
_TO_WAIT_FOR = re.compile(r"M-Pesa prompt|I'm checking|I'm waiting")


@dataclass(slots=True)
class Buyer:
    """One phone, one sale."""

    http: httpx.AsyncClient
    account: str
    phone: str
    rng: random.Random
    wish: str = WISH
    payer: str | None = None  # the phone that pays, if it is not hers
    patience_s: float = math.inf  # how long she waits for an answer before she writes again
    glance_s: float = GLANCE_S  # between two looks at her phone
    served: bool = False
    asked_at: float = field(default_factory=time.monotonic)

    async def buy(self) -> None:
        """The whole sale, until the boutique has her money, or a person there has her question."""
        await self._write(self.wish)
        while True:
            await asyncio.sleep(self.glance_s)
            chat = await self.look()
            if receipts(chat) or _is_told_to_wait_for_people(chat):
                self.served = True
                return
            if chat["prompts"]:
                await self._pay(chat["prompts"][0])
            elif chat["sms"]:
                await self._ask_about_money()
            else:
                await self._go_on(chat["messages"])

    async def look(self) -> dict[str, Any]:
        """Her phone as it is now."""
        where = {"account": self.account, "contact": self.phone}
        response = await self.http.get("/phone/api/chat", params=where)
        found: dict[str, Any] = response.json()
        if self.payer is not None:
            where["contact"] = self.payer
            theirs = (await self.http.get("/phone/api/chat", params=where)).json()
            found |= {"prompts": theirs["prompts"], "sms": theirs["sms"]}
        return found

    async def _go_on(self, bubbles: list[dict[str, Any]]) -> None:
        mine = max(i for i, bubble in enumerate(bubbles) if bubble["author"] == "shopper")
        news = [bubble for bubble in bubbles[mine + 1 :] if bubble["status"] != "failed"]
        silence_s = time.time() - bubbles[-1]["at"]
        if news and silence_s > 2 * GLANCE_S:
            await self._react([bubble["text"] for bubble in news])
        elif not news and silence_s > self._patience_with(bubbles[mine]):
            await self._write(bubbles[mine]["text"])

    def _patience_with(self, written: dict[str, Any]) -> float:
        return NO_ANSWER_S if written["status"] == "failed" else self.patience_s

    async def _react(self, bubbles: list[str]) -> None:
        if _TO_WAIT_FOR.search(bubbles[-1]):  # what was to be waited for before may be over
            return
        news = "\n".join(bubbles)
        await self._think()
        if colour := _COLOUR_ASKED.search(news):
            await self._write(colour[1])
            return
        if self.payer and ("Which M-Pesa number" in news or "see how to pay" in news):
            await self._write(self.payer)  # her own is no number of M-Pesa's
            return
        answers = (answer for pattern, answer in _ANSWERS if re.search(pattern, news))
        await self._write(next(answers, self.wish))

    async def _pay(self, prompt: dict[str, Any]) -> None:
        await self._think()
        path = f"/phone/api/prompts/{prompt['checkout_request_id']}"
        await self.http.post(path, json={"outcome": "pin", "pin": "1234"})
        self.asked_at = time.monotonic()

    async def _ask_about_money(self) -> None:
        if time.monotonic() - self.asked_at > ASK_ABOUT_MONEY_S:
            self.asked_at = time.monotonic()
            await self._write("I have paid")

    async def _think(self) -> None:
        await asyncio.sleep(self.rng.uniform(0.1, 0.6))

    async def _write(self, text: str) -> None:
        message = {"account": self.account, "contact": self.phone, "text": text}
        (await self.http.post("/phone/api/messages", json=message)).raise_for_status()


def _is_told_to_wait_for_people(chat: dict[str, Any]) -> bool:
    return any("checking the payment" in bubble["text"] for bubble in chat["messages"])


def receipts(chat: dict[str, Any]) -> list[str]:
    """The boutique's receipts in a chat."""
    told = (bubble["text"] for bubble in chat["messages"] if bubble["author"] == "boutique")
    return [text for text in told if text.startswith("Payment received")]
