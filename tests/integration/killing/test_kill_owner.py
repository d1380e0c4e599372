"""kill -9 while owners sell over the counter by message: each yes moves the stock once."""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from dukani.core.embedded import EmbeddedServer
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.world import MESSAGES_PER_CHAT
from tests.integration.killing.town import ACCOUNTS, TO_SEND, Town, open_town

KILLS = 12
GLANCE_S = 0.15
SETTLED_S = 150.0  # a message cut off at Meta waits for its status to be repeated
ENOUGH = 3  # sales of each owner, however few of them a slow machine does between the kills

_LEDGER = """
select count(*) as moved, coalesce(-sum(m.delta), 0) as units from stock_movements m
where m.owner_message_id is not null
"""
_DONE = """
select provider_id as id from messages
where direction = 'out' and conversation_id is null and body like 'Done:%'
"""
# What a late yes, or a sale delivered twice, is told: she begins the sale anew.
_ANEW = ("That question is over", "There is nothing to confirm")


class Seller:
    """An owner who writes what she sold, and yes; `sold` counts the sales she saw to the end."""

    def __init__(self, town: Town, account: SandboxAccount) -> None:
        self.town = town
        self.account = account.key
        self.phone = str(account.owner_phone)
        self.sold = 0

    async def sell(self) -> None:
        while not self.town.over or self.sold < ENOUGH:
            await self._is_told(await self._write("sold WRAP blue M 1"), "Shall I?")
            self.sold += await self._is_told(await self._write("yes"), "Done:")

    async def done(self) -> list[str]:
        """The messages on her phone that say that a sale is done."""
        return [one["id"] for one in await self._bubbles() if one["text"].startswith("Done:")]

    async def _write(self, text: str) -> dict[str, Any]:
        """Her message as it was delivered; written again once it failed, as Twilio's do."""
        while True:
            told = {"account": self.account, "contact": self.phone, "text": text}
            answer = await self.town.http.post("/phone/api/messages", json=told)
            answer.raise_for_status()
            message: dict[str, Any] = answer.json()
            if await self._is_delivered(message["id"]):
                return message

    async def _is_delivered(self, message_id: str) -> bool:
        async with asyncio.timeout(SETTLED_S):
            while True:
                await asyncio.sleep(GLANCE_S)
                bubbles = {one["id"]: one for one in await self._bubbles()}
                if bubbles[message_id]["status"] != "sent":
                    return bool(bubbles[message_id]["status"] != "failed")

    async def _is_told(self, written: dict[str, Any], answer: str) -> bool:
        """Whether the answer came; False: she is to begin anew."""
        over_at = time.monotonic() + SETTLED_S
        while time.monotonic() < over_at:
            bubbles = await self._bubbles()
            mine = next(i for i, one in enumerate(bubbles) if one["id"] == written["id"])
            news = [one["text"] for one in bubbles[mine + 1 :] if one["author"] == "boutique"]
            if any(answer in text for text in news):
                return True
            if any(text.startswith(_ANEW) for text in news):
                return False
            await asyncio.sleep(GLANCE_S)
        raise AssertionError(f"no {answer!r} in {[one['text'] for one in bubbles]}")

    async def _bubbles(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.town.chat(self.account, self.phone))["messages"]
        assert len(found) < MESSAGES_PER_CHAT, "the phone has forgotten the first of them"
        return found


async def _until_all_is_answered(town: Town) -> None:
    """What was written while nobody was there is delivered again later, and answered then."""
    for _ in range(int(SETTLED_S)):
        waits = town.rows("select from owner_inbox where handled_at is null")
        if not waits and not town.rows(TO_SEND):
            return
        await asyncio.sleep(1.0)
    raise AssertionError(f"{len(waits)} messages were never answered")


@pytest.mark.slow
async def test_what_owners_sell_by_message_survives_kills(
    server: EmbeddedServer, database_name: str, superuser_url: str, tmp_path: Path
) -> None:
    # given owners who sell over the counter, one on Twilio and one on Meta
    chance = int(os.environ.get("DUKANI_KILL_SEED", time.time_ns() % 1_000_000))
    print(f"DUKANI_KILL_SEED={chance}")
    url = server.url(database_name)
    async with open_town(tmp_path, url, superuser_url, random.Random(chance)) as town:
        sellers = [Seller(town, account) for account in ACCOUNTS]
        selling = [asyncio.create_task(seller.sell()) for seller in sellers]

        # when the service is killed meanwhile
        await town.kill(KILLS)
        town.over = True
        async with asyncio.timeout(SETTLED_S * ENOUGH):
            await asyncio.gather(*selling)

        # then what each of them was told is done was done once, and nothing else
        await _until_all_is_answered(town)
        assert all(seller.sold >= ENOUGH for seller in sellers)
        seen = [id_ for seller in sellers for id_ in await seller.done()]
        assert sorted(seen) == sorted(row["id"] for row in town.rows(_DONE))
        assert town.rows(_LEDGER) == [{"moved": len(seen), "units": len(seen)}]
        assert (
            town.rows(
                "select * from product_variants where quantity <> (select sum(m.delta)"
                " from stock_movements m where m.variant_id = product_variants.id)"
            )
            == []
        )
