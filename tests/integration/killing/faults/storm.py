"""Sales and a campaign while everything goes wrong; then rest, and the audit."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row
from rich.console import Console

from dukani.campaigns import running, writing
from dukani.core.services import Services
from dukani.domain.campaigns import CampaignMessage, Later, Pace, WrittenCampaign
from dukani.domain.template_forms import PURCHASE_NOTIFICATION
from dukani.sandbox.accounts import PWANI, ZURI
from tests.buyer import Buyer
from tests.integration.killing.faults.fleet import Fleet
from tests.integration.killing.faults.plan import Mishap, mishaps
from tests.integration.killing.tour_shop import TourShop
from tests.integration.killing.town import DRESS

BUYERS_AT_ONCE = 6
PATIENCE_S = 15.0
SERVED_WITHIN_S = 120.0
REST_WITHIN_S = 240.0

# Half an hour is over for M-Pesa's questions, and what waits for a retry is tried now.
_TIME_PASSES = """
update jobs.procrastinate_jobs set scheduled_at = now()
where status = 'todo' and scheduled_at > now()
  and task_name in ('reconcile_payment', 'deliver', 'handle_turn')
"""
_UNDER_WAY = """
select 'message' as what, count(*) as n from messages
where direction = 'out' and status in ('queued', 'sending') and campaign_recipient_id is null
union all select 'payment', count(*) from payments
where status in ('requested', 'sending', 'pending')
union all select 'event', count(*) from conversation_events where handled_at is null
union all select 'recipient', count(*) from campaign_recipients
where state in ('planned', 'posting')
union all select 'job', count(*) from jobs.procrastinate_jobs where status = 'doing'
"""
SALES = """
select o.payment_status as state, count(*) as n from orders o
where o.number not like 'T-%' group by 1
"""


@dataclass
class Storm:
    """`url` is the application's, `superuser_url` looks past row level security."""

    fleet: Fleet
    services: Services
    http: httpx.AsyncClient
    superuser_url: str
    rng: random.Random
    console: Console
    shop: TourShop
    injected: Counter[str] = field(default_factory=Counter)
    buyers: list[Buyer] = field(default_factory=list)

    async def rage(self, *, sales: int, until: float) -> None:
        """Until the sales are done, or the time is over; a campaign runs beside them.

        Then all is calm, and who waits for an answer gets it.
        """
        await self._send_campaign()
        keeping = [asyncio.create_task(self.fleet.watch()), asyncio.create_task(self._hurry())]
        raging = asyncio.create_task(self._inject())
        trading = self._begin_trading(sales, until)
        await asyncio.wait(trading, timeout=until - time.monotonic())
        await _ended(raging)
        await self._calm()
        _, waiting = await asyncio.wait(trading, timeout=SERVED_WITHIN_S)
        await _ended(*waiting)
        await _ended(*keeping)
        await asyncio.gather(*(task for task in trading if task not in waiting))

    def _begin_trading(self, sales: int, until: float) -> list[asyncio.Task[None]]:
        left, phones = iter(range(sales)), count(1)
        return [
            asyncio.create_task(self._trade(ZURI.key if n % 2 else PWANI.key, left, phones, until))
            for n in range(BUYERS_AT_ONCE)
        ]

    async def _trade(
        self, account: str, left: Iterator[int], phones: Iterator[int], until: float
    ) -> None:
        for _ in left:
            if time.monotonic() > until:
                return
            phone = f"+2547110{next(phones):05d}"
            buyer = Buyer(
                self.http, account, phone, random.Random(self.rng.random()),
                patience_s=PATIENCE_S, wish=f"Do you have the {DRESS.name} in blue?",
            )  # fmt: skip
            self.buyers.append(buyer)
            await buyer.buy()

    async def _hurry(self) -> None:
        """Ten seconds here are half an hour for M-Pesa's questions and for retries."""
        while True:
            await asyncio.sleep(10.0)
            with contextlib.suppress(psycopg.OperationalError):  # the database is down for now
                await asyncio.to_thread(self._execute, _TIME_PASSES)

    async def _send_campaign(self) -> None:
        written = WrittenCampaign(
            name="December",
            message=CampaignMessage(template=PURCHASE_NOTIFICATION),
            schedule=Later(at=datetime.now(UTC) + timedelta(seconds=3)),
            pace=Pace(per_minute=max(120, min(1200, 2 * len(self.shop.phones)))),
        )
        async with self.services.database.tenant_connection(self.shop.boutique_id) as conn:
            draft = await writing.create(conn, written)
            await running.send(conn, boutique_id=self.shop.boutique_id, campaign_id=draft.id)

    async def _inject(self) -> None:
        for mishap in mishaps(random.Random(self.rng.random())):
            await asyncio.sleep(mishap.after_s)
            await self._do(mishap)
            self.injected[mishap.told] += 1

    async def _do(self, mishap: Mishap) -> None:
        fleet = self.fleet
        match mishap.what:
            case "provider":
                (await self.http.post("/faults", json=mishap.faults)).raise_for_status()
            case "kill_worker":
                fleet.kill(fleet.workers[mishap.number % len(fleet.workers)])
            case "kill_api":
                fleet.kill(fleet.apis[mishap.number % len(fleet.apis)])
            case "cut_worker":
                cut = fleet.lines[mishap.number % len(fleet.lines)]
                await cut.cut(mishap.lasts_s, reset=mishap.reset)
            case "kill_database":
                await fleet.kill_database()

    async def _calm(self) -> None:
        """Providers work again; what was to go wrong and did not is taken back."""
        calm = {"delay_s": 0, "answer_delay_s": 0, "duplicate_next": 0, "lose_next": 0,
                "break_next": 0}  # fmt: skip
        services = ("twilio", "meta", "daraja", "paylink")
        await self.http.post("/faults", json=dict.fromkeys(services, calm))

    async def until_rest(self) -> dict[str, int]:
        """What is still under way when nothing changes any more, or time is over."""
        quiet = 0
        under_way: dict[str, int] = {}
        for _ in range(int(REST_WITHIN_S)):
            self._execute(_TIME_PASSES)
            await asyncio.sleep(1.0)
            under_way = {row["what"]: row["n"] for row in self.rows(_UNDER_WAY) if row["n"]}
            quiet = 0 if under_way else quiet + 1
            if quiet >= 5:
                break
        return under_way

    async def copies(self) -> int:
        """The most copies of the campaign's message that one phone shows."""
        most = 0
        for phone in self.shop.phones:
            where = {"account": PWANI.key, "contact": phone}
            chat = (await self.http.get("/phone/api/chat", params=where)).json()
            arrived = [
                one for one in chat["messages"]
                if one["author"] == "boutique" and one["status"] != "failed"
            ]  # fmt: skip
            most = max(most, len(arrived))
        return most

    async def paid_twice(self) -> int:
        chats = [await buyer.look() for buyer in self.buyers]
        return sum(len(chat["sms"]) > 1 for chat in chats)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        with psycopg.connect(self.superuser_url, row_factory=dict_row) as conn:
            return conn.execute(statement.encode()).fetchall()

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.superuser_url, options="-c search_path=public,jobs") as conn:
            conn.execute(statement.encode())


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
