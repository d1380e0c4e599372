"""A shopper for evaluations: writes through the sandbox, waits for answers, pays."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from dukani.core.database import Connection
from dukani.core.store import inbox, messages
from dukani.core.store.messages import Message
from dukani.evals.harness import Harness
from dukani.evals.shop import Shop

LONGEST_TURN_S = 30.0
POLL_S = 0.005
REMEMBERED = 200

_phones = count(1)

# Whether the boutique has no unhandled event and no job that could run now.
_SETTLED = """
select not exists (
    select from conversation_events where boutique_id = %(boutique_id)s::uuid and handled_at is null
  ) and not exists (
    select from jobs.procrastinate_jobs
    where status in ('todo', 'doing') and (scheduled_at is null or scheduled_at <= now())
      and args->>'boutique_id' = %(boutique_id)s::text
  ) as settled
"""


class NotAnswered(Exception):
    """A turn was not finished in time: a job failed, see the log."""


@dataclass(slots=True)
class Shopper:
    """One person at one phone, writing to one boutique."""

    harness: Harness
    shop: Shop
    phone: str = field(default_factory=lambda: f"+25471{next(_phones):07d}")
    seen_seq: int = 0
    _writing_since: float | None = None

    async def write(self, text: str, **fields: Any) -> None:
        """Send a message; returns when the boutique's webhook has accepted it."""
        written = {
            "account": self.shop.account.key,
            "contact": self.phone,
            "text": text,
            "wait": True,
        } | fields
        self._writing_since = self._writing_since or time.monotonic()
        response = await self.harness.http.post("/sandbox/phone/api/messages", json=written)
        response.raise_for_status()

    async def send_photo(self, photo: bytes, text: str = "") -> None:
        upload = await self.harness.http.post(
            "/sandbox/phone/api/media", content=photo, headers={"content-type": "image/jpeg"}
        )
        upload.raise_for_status()
        await self.write(text, kind="image", media=upload.json()["id"])

    async def send_place(self, latitude: float, longitude: float, name: str = "") -> None:
        await self.write(name, kind="location", latitude=latitude, longitude=longitude)

    async def answered(self) -> list[Message]:
        """Wait until all work is done; the messages, both ways, since the last call.

        Raises NotAnswered.
        """
        await wait_until_settled(self.harness, self.shop)
        if self._writing_since is not None:
            self.harness.turn_seconds.append(time.monotonic() - self._writing_since)
            self._writing_since = None
        return await self.news()

    async def news(self) -> list[Message]:
        async with self.harness.database.tenant_connection(self.shop.boutique_id) as conn:
            conversation_id = await self.conversation_id(conn)
            if conversation_id is None:
                return []
            recent = await messages.recent(conn, conversation_id=conversation_id, limit=REMEMBERED)
        fresh = [message for message in recent if message.seq > self.seen_seq]
        self.seen_seq = max((message.seq for message in recent), default=self.seen_seq)
        return fresh

    async def conversation_id(self, conn: Connection) -> str | None:
        found = await inbox.known(conn, phone=self.phone, wa_user_id=None)
        return found[0].conversation_id if found else None

    async def answer_prompt(self, checkout_request_id: str, **answer: Any) -> None:
        """Answer an M-Pesa prompt; `answer` has outcome, pin, poor."""
        path = f"/sandbox/phone/api/prompts/{checkout_request_id}"
        (await self.harness.http.post(path, json=answer)).raise_for_status()


async def wait_until_settled(harness: Harness, shop: Shop) -> None:
    """Wait until the boutique has no work left. Raises NotAnswered."""
    give_up = time.monotonic() + LONGEST_TURN_S
    while not await _is_settled(harness, shop):
        if time.monotonic() > give_up:
            raise NotAnswered(f"not finished within {LONGEST_TURN_S:.0f} s: see the log")
        await asyncio.sleep(POLL_S)


async def _is_settled(harness: Harness, shop: Shop) -> bool:
    async with harness.database.system_connection() as conn:
        cursor = await conn.execute(_SETTLED.encode(), {"boutique_id": shop.boutique_id})
        row = await cursor.fetchone()
    return bool(row and row["settled"])


def words_of(written: Sequence[Message], author: str = "assistant") -> list[str]:
    """The texts of the assistant's (or another author's) messages."""
    return [message.body for message in written if message.author == author and message.body]


def options_in(written: Sequence[Message]) -> list[dict[str, Any]]:
    """The numbered pieces listed in these messages, in order."""
    shown: list[dict[str, Any]] = []
    for message in written:
        if message.author == "assistant":
            shown += message.payload.get("options") or []
    return shown
