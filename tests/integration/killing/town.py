"""Two boutiques, people who buy there, and the service that is killed meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from dukani.core.crypto import new_key
from dukani.core.settings import GivenSettings
from dukani.running import open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI, ZURI, SandboxAccount
from dukani.sandbox.catalogue import demo_boutiques
from dukani.tools.catalogue import NewProduct, add_product
from tests.buyer import Buyer
from tests.processes import Service, free_port, outside_world, separate_settings

ACCOUNTS = (ZURI, PWANI)  # one on Twilio and PayLink, one on Meta and Daraja
BUYERS_OF_EACH = 4
PATIENCE_S = 20.0
SETTLED_WITHIN_S = 90.0  # a message cut off at Meta waits for its status to be repeated

DRESS = NewProduct(
    sku="WRAP",
    name="Amani Wrap Dress",
    category="dress",
    price_minor=450000,
    stock={"blue": {"S": 500, "M": 500}},
)

# Half an hour is over: M-Pesa is asked, and asked again, about prompts without an answer.
_TIME_PASSES = """
update jobs.procrastinate_jobs set scheduled_at = now()
where task_name = 'reconcile_payment' and status = 'todo'
"""

TO_SEND = "select from messages where status in ('queued', 'sending')"


@dataclass
class Town:
    """`buyers` are all there were; `database` is read past row level security."""

    service: Service
    http: httpx.AsyncClient
    database: str
    rng: random.Random
    buyers: list[Buyer] = field(default_factory=list)
    over: bool = False

    async def buy_while_killing(self, times: int) -> None:
        """People buy one after the other, on both providers, until all is killed and done."""
        phones = count(1)
        trading = [
            asyncio.create_task(self._trade(account, phones))
            for account in ACCOUNTS
            for _ in range(BUYERS_OF_EACH)
        ]
        await self.kill(times)
        self.over = True
        for buyer in self.buyers:
            buyer.patience_s = PATIENCE_S
        _, waiting = await asyncio.wait(trading, timeout=SETTLED_WITHIN_S)
        for _ in range(20):
            if not waiting:
                break
            self.execute(_TIME_PASSES)
            _, waiting = await asyncio.wait(waiting, timeout=1.0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*(task for task in trading if task not in waiting))
        assert not waiting, await self._complaints()
        await self._until_all_is_sent()

    async def _until_all_is_sent(self) -> None:
        """Who buys is served before the owner is told: her note may still wait for its status."""
        for _ in range(int(SETTLED_WITHIN_S)):
            if not self.rows(TO_SEND):
                return
            await asyncio.sleep(1.0)

    async def _complaints(self) -> str:
        """The chats of those who were never served."""
        chats = [await self.chat(b.account, b.phone) for b in self.buyers if not b.served]
        return "\n\n".join(
            "\n".join(
                f"{m['at']:.1f} {m['author']} {m['status']}: {m['text']}" for m in chat["messages"]
            )
            + f"\n{chat['sms']} {chat['prompts']}"
            for chat in chats
        )

    async def _trade(self, account: SandboxAccount, phones: Iterator[int]) -> None:
        """Each sale from a new phone."""
        while not self.over:
            phone = f"+2547110{next(phones):05d}"
            buyer = Buyer(self.http, account.key, phone, random.Random(self.rng.random()))
            self.buyers.append(buyer)
            await buyer.buy()

    async def kill(self, times: int) -> None:
        """Each time at a random moment; it is started again at once."""
        for n in range(1, times + 1):
            lives_s = self.rng.uniform(0.3, 1.5)
            await asyncio.sleep(lives_s)
            self.service.kill()
            cut_off = self.rows(
                "select task_name from jobs.procrastinate_jobs where status='doing'"
            )
            tasks = dict(Counter(row["task_name"] for row in cut_off))
            print(f"kill {n}: after {lives_s:.2f} s, in the middle of {tasks}")
            self.service.start()
            await self.service.until_it_serves()

    async def chat(self, account: str, contact: str) -> dict[str, Any]:
        """A chat as the phone shows it."""
        where = {"account": account, "contact": contact}
        response = await self.http.get("/phone/api/chat", params=where)
        found: dict[str, Any] = response.json()
        return found

    def rows(self, statement: str) -> list[dict[str, Any]]:
        with psycopg.connect(self.database, row_factory=dict_row) as conn:
            return conn.execute(statement.encode()).fetchall()

    def execute(self, statement: str) -> None:
        # The queue's own triggers look for its tables.
        with psycopg.connect(self.database, options="-c search_path=public,jobs") as conn:
            conn.execute(statement.encode())


@asynccontextmanager
async def open_town(
    folder: Path, url: str, superuser_url: str, rng: random.Random
) -> AsyncIterator[Town]:
    """The town with its service up; dead jobs are given back within two seconds there."""
    settings = separate_settings(
        folder,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
    )
    await open_shops(settings, url)
    service = Service(settings, url)
    with outside_world(settings) as outside:
        async with httpx.AsyncClient(base_url=outside, timeout=10.0) as http:
            service.start()
            try:
                await service.until_it_serves()
                yield Town(service, http, superuser_url, rng)
            finally:
                service.stop()


async def open_shops(settings: dict[str, Any], url: str) -> None:
    async with open_services(GivenSettings(**settings), url) as services:
        for boutique, account in zip(demo_boutiques(), ACCOUNTS, strict=True):
            # Without delivery zones a sale comes to the price of the dress.
            plain = boutique.model_copy(update={"zones": ()})
            boutique_id = await seed.add_boutique(services, plain, account)
            assert boutique_id is not None
            async with services.database.tenant_connection(boutique_id) as conn:
                await add_product(conn, DRESS, boutique_id=boutique_id)
            await seed.open_boutique(services, boutique_id)
