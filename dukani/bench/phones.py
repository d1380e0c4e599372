"""The phones of all shoppers: what arrives on each, as it arrives."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from dukani.sandbox.world import World


@dataclass
class Phone:
    """A shopper's phone. `bubbles` are the boutique's texts that were not read yet."""

    account: str
    contact: str
    bubbles: list[tuple[float, str]] = field(default_factory=list)  # Unix seconds, text
    prompts: list[str] = field(default_factory=list)  # ids of open ones
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def read(self) -> str:
        """All that arrived since it was last read."""
        text = "\n".join(text for _, text in self.bubbles)
        self.bubbles.clear()
        self.news.clear()
        return text


class Phones:
    """Hands each event of the sandbox to the phone it is on."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_contact: dict[str, Phone] = {}

    def add(self, account: str, contact: str) -> Phone:
        phone = Phone(account, contact)
        self._by_contact[contact] = phone
        return phone

    def remove(self, phone: Phone) -> None:
        self._by_contact.pop(phone.contact, None)

    @asynccontextmanager
    async def listening(self, accounts: Iterable[str]) -> AsyncIterator[None]:
        """Events arrive during the block."""
        topics = frozenset({f"account:{account}" for account in accounts} | {"prompts"})
        task = asyncio.create_task(self._listen(topics))
        try:
            yield
        finally:
            # `wait_for` of Python 3.11 loses a cancellation that comes together with an event.
            while not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=0.1)

    async def _listen(self, topics: frozenset[str]) -> None:
        # None of a crowd's events may be lost, and a busy second leaves hundreds unread.
        async for line in self._world.hub.stream(topics, most_waiting=0):
            if line.startswith("data: "):
                self._take(json.loads(line.removeprefix("data: ")))

    def _take(self, event: dict[str, Any]) -> None:
        if event["type"] == "message":
            self._take_message(event["message"])
        elif event["type"] == "prompt":
            self._take_prompt(event["prompt"])

    def _take_message(self, message: dict[str, Any]) -> None:
        phone = self._by_contact.get(message["contact"])
        if phone is None or message["author"] != "boutique":
            return
        # Its own time is when it was taken; only now is it on the phone, with its picture.
        phone.bubbles.append((time.time(), message["text"]))
        phone.news.set()

    def _take_prompt(self, prompt: dict[str, Any]) -> None:
        phone = self._by_contact.get(f"+{prompt['phone']}")
        if phone is not None and prompt["result_code"] is None:
            phone.prompts.append(prompt["checkout_request_id"])
            phone.news.set()
