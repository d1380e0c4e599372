"""Sales and a campaign while everything goes wrong; then rest, and the audit."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row
from rich.console import Console

from dukani.campaigns import running, writing
from dukani.core.services import Services
from dukani.core.store import campaign_recipients
from dukani.core.store.campaign_recipients import Recipient
from dukani.domain.campaigns import CampaignMessage, Later, Pace, WrittenCampaign
from dukani.domain.template_forms import PURCHASE_NOTIFICATION
from dukani.sandbox.accounts import PWANI
from tests.integration.killing.faults.fleet import Fleet
from tests.integration.killing.faults.plan import ROUND, Mishap, mishaps
from tests.integration.killing.faults.sales import Sales
from tests.integration.killing.tour_shop import TourShop

SERVED_WITHIN_S = 600.0  # on a busy machine; nobody waits for longer than it takes
REST_WITHIN_S = 600.0
# Of the time it was told: with so much going wrong the last sales take a while.
LONGER, LATEST_S = 1.2, 600.0
TELL_EVERY_S = 60.0
IDLE_AT_MOST_S = 15.0

# Half an hour is over for M-Pesa's questions, and what waits for a retry is tried now.
_TIME_PASSES = """
update jobs.procrastinate_jobs set scheduled_at = now()
where status = 'todo' and scheduled_at > now()
  and task_name in ('reconcile_payment', 'deliver', 'handle_turn')
"""
_CAMPAIGNS_UNDER_WAY = """
select count(*) as n from campaigns where status in ('scheduled', 'sending')
"""
_TURNS_DONE = "select count(*) as n from conversation_events where handled_at is not null"
_UNDER_WAY = f"""
select 'message' as what, count(*) as n from messages
where direction = 'out' and status in ('queued', 'sending') and campaign_recipient_id is null
union all select 'payment', count(*) from payments
where status in ('requested', 'sending', 'pending')
union all select 'event', count(*) from conversation_events where handled_at is null
union all select 'recipient', count(*) from campaign_recipients
where state in ('planned', 'posting')
union all select 'campaign', n from ({_CAMPAIGNS_UNDER_WAY}) campaigns
union all select 'job', count(*) from jobs.procrastinate_jobs where status = 'doing'
"""
ORDERS = """
select o.payment_status as state, count(*) as n from orders o
where o.number not like 'T-%' group by 1
"""


@dataclass
class Storm:
    """`superuser_url` looks past row level security."""

    fleet: Fleet
    services: Services
    http: httpx.AsyncClient
    superuser_url: str
    rng: random.Random
    console: Console
    shop: TourShop
    sales: Sales
    campaign_id: str = ""
    over: bool = False
    done: int = -1  # turns, at the last mishap
    injected: Counter[str] = field(default_factory=Counter)

    async def rage(self, *, over_s: float) -> None:
        """Until the time is over, and the sales and the campaign, and each mishap has happened.

        Where all that takes too long, no further sale is begun. Then all is calm, and who waits
        for an answer gets it.
        """
        began = time.monotonic()
        await self._send_campaign(over_s)
        keeping = [asyncio.create_task(self.fleet.watch()), asyncio.create_task(self._hurry())]
        raging = asyncio.create_task(self._inject())
        trading = self.sales.begin()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGER * over_s + LATEST_S):
                await self._until_all_went_through(raging, trading, until=began + over_s)
        self.sales.closed = self.over = True
        await raging  # the database may be down for now: it is started again first
        await self._calm()
        _, waiting = await asyncio.wait(trading, timeout=SERVED_WITHIN_S)
        await _ended(*waiting, *keeping)
        await asyncio.gather(*(task for task in trading if task not in waiting))

    async def _until_all_went_through(
        self, raging: asyncio.Task[None], trading: list[asyncio.Task[None]], *, until: float
    ) -> None:
        told_at = time.monotonic()
        while (
            time.monotonic() < until
            or self.injected.total() < ROUND
            or not all(task.done() for task in trading)
            or await self._campaign_is_under_way()
        ):
            if raging.done():
                raging.result()  # it ends by an error alone, which this raises
            if time.monotonic() - told_at > TELL_EVERY_S:
                told_at = time.monotonic()
                self._tell()
            await asyncio.sleep(1.0)

    async def _campaign_is_under_way(self) -> bool:
        """Also while the database is away, and cannot be asked."""
        with contextlib.suppress(psycopg.OperationalError):
            [found] = await asyncio.to_thread(self.rows, _CAMPAIGNS_UNDER_WAY)
            return bool(found["n"])
        return True

    def _tell(self) -> None:
        sales = self.sales
        self.console.print(
            f"{sales.served:,} of {len(sales.buyers):,} sales begun are served,"
            f" {self.injected.total():,} mishaps happened",
            highlight=False,
        )

    async def _hurry(self) -> None:
        """Ten seconds here are half an hour for M-Pesa's questions and for retries."""
        while True:
            await asyncio.sleep(10.0)
            with contextlib.suppress(psycopg.OperationalError):  # the database is down for now
                await asyncio.to_thread(self._execute, _TIME_PASSES)

    async def _send_campaign(self, over_s: float) -> None:
        """To be found by the clock, which looks each minute, and to take half of the time."""
        per_minute = math.ceil(2 * 60 * len(self.shop.phones) / over_s)
        written = WrittenCampaign(
            name="December",
            message=CampaignMessage(template=PURCHASE_NOTIFICATION),
            schedule=Later(at=datetime.now(UTC) + timedelta(seconds=3)),
            pace=Pace(per_minute=min(1200, per_minute)),
        )
        async with self.services.database.tenant_connection(self.shop.boutique_id) as conn:
            draft = await writing.create(conn, written)
            await running.send(conn, boutique_id=self.shop.boutique_id, campaign_id=draft.id)
        self.campaign_id = draft.id

    async def _inject(self) -> None:
        for mishap in mishaps(random.Random(self.rng.random())):
            if self.over:
                return
            await asyncio.sleep(mishap.after_s)
            await self._until_something_was_done()
            await self._do(mishap)
            self.injected[mishap.told] += 1

    async def _until_something_was_done(self) -> None:
        """A turn more than at the mishap before: else a slow machine would only be killed."""
        give_up = time.monotonic() + IDLE_AT_MOST_S
        while time.monotonic() < give_up:
            done = await self._turns_done()
            if done > self.done:
                self.done = done
                return
            await asyncio.sleep(0.3)

    async def _turns_done(self) -> int:
        """0 while the database is away."""
        with contextlib.suppress(psycopg.OperationalError):
            [found] = await asyncio.to_thread(self.rows, _TURNS_DONE)
            return int(found["n"])
        return 0

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
                cable = fleet.cables[mishap.number % len(fleet.cables)]
                await cable.cut(mishap.lasts_s, reset=mishap.reset)
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

    async def recipients(self) -> Sequence[Recipient]:
        async with self.services.database.tenant_connection(self.shop.boutique_id) as conn:
            return await campaign_recipients.page(
                conn, campaign_id=self.campaign_id, limit=2 * len(self.shop.phones)
            )

    async def copies(self) -> Counter[str]:
        """How many messages each phone shows; one that failed on the way reached nobody."""
        found: Counter[str] = Counter()
        for phone in self.shop.phones:
            where = {"account": PWANI.key, "contact": phone}
            chat = (await self.http.get("/phone/api/chat", params=where)).json()
            found[phone] = sum(
                one["author"] == "boutique" and one["status"] != "failed"
                for one in chat["messages"]
            )
        return found

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
