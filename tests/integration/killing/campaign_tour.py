"""A campaign from its schedule to a sale, whose worker is killed three times while it sends.

The sandbox lives on as the outside world does; its own chats say who got what.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from dukani.campaigns import running, writing
from dukani.campaigns.results import Results, results_of
from dukani.core.crypto import new_key
from dukani.core.money import format_money
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import campaign_recipients, campaigns, wallet
from dukani.core.store.campaign_recipients import Recipient
from dukani.domain.campaigns import CampaignMessage, Later, Pace, WrittenCampaign
from dukani.domain.template_forms import PURCHASE_NOTIFICATION
from dukani.running import build_senses, catalogue_eye, open_services
from dukani.sandbox.accounts import PWANI
from tests.buyer import Buyer
from tests.integration.killing.tour_lines import (
    UNDER_WAY,
    Line,
    line,
    of_recipients,
    of_wallet,
    told,
)
from tests.integration.killing.tour_shop import TourShop, open_shop
from tests.processes import Service, free_port, outside_world, separate_settings

KILLS_AT = (0.15, 0.4, 0.7)  # of the recipients
LOST_STATUSES = 5
ANSWER_S = 0.3  # the sandbox takes as long as a provider does, so that kills hit calls under way
ENDED_WITHIN_S = 900.0
SOLD_WITHIN_S = 180.0
_PLAIN = """
select id from messages where campaign_recipient_id is not null
  and not coalesce(
    media_path like '%/collages/%' and jsonb_array_length(payload -> 'options') >= 3, false)
"""


class Tour:
    """The shop, its campaign, and the service that is killed meanwhile."""

    def __init__(
        self, services: Services, service: Service, http: httpx.AsyncClient, console: Console
    ) -> None:
        self._services, self._service, self._http = services, service, http
        self._console = console
        self.shop: TourShop
        self.campaign_id: str

    async def take(self, *, customers: int) -> list[Line]:
        self._say(f"A shop with {customers:,} customers is made.")
        eye = catalogue_eye(build_senses())
        self.shop = await open_shop(self._services, eye, customers=customers)
        self._service.start()
        await self._service.until_it_serves()
        await self._schedule()
        await self._kill_while_it_sends()
        await self._until_it_ended()
        return [*await self._accounts(), *await self._sale()]

    async def _schedule(self) -> None:
        """As an owner does: a draft, sent for an hour to come, which the clock finds."""
        at = datetime.now(UTC) + timedelta(seconds=5)
        written = WrittenCampaign(
            name="December",
            message=CampaignMessage(template=PURCHASE_NOTIFICATION),
            schedule=Later(at=at),
            pace=Pace(per_minute=max(120, min(1200, 3 * len(self.shop.phones)))),
        )
        async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
            draft = await writing.create(conn, written)
            await running.send(conn, boutique_id=self.shop.boutique_id, campaign_id=draft.id)
        self.campaign_id = draft.id
        self._say(f"A campaign to all is scheduled for {at:%H:%M:%S} UTC.")

    async def _kill_while_it_sends(self) -> None:
        faults = {"meta": {"lose_next": LOST_STATUSES, "answer_delay_s": ANSWER_S}}
        (await self._http.post("/faults", json=faults)).raise_for_status()
        for share in KILLS_AT:
            states = await self._until_sent(share)
            self._service.kill()
            self._say(f"Killed at {told(states)}.")
            self._service.start()
            await self._service.until_it_serves()

    async def _until_sent(self, share: float) -> Counter[str]:
        async with asyncio.timeout(ENDED_WITHIN_S):
            while True:
                states = await self._states()
                to_do = sum(states[state] for state in UNDER_WAY)
                if states.total() and states.total() - to_do >= share * states.total():
                    return states
                await asyncio.sleep(0.1)

    async def _until_it_ended(self) -> None:
        async with asyncio.timeout(ENDED_WITHIN_S):
            while True:
                async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
                    found = await campaigns.get(conn, campaign_id=self.campaign_id)
                if found is not None and found.status not in ("scheduled", "sending"):
                    break
                await asyncio.sleep(0.5)
        self._say(f"The campaign is {found.status}: {told(await self._states())}.")

    async def _accounts(self) -> list[Line]:
        recipients = await self._recipients()
        copies = await self._copies()
        async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
            purse = await wallet.balance(conn)
            cursor = await conn.execute(_PLAIN)
            plain = [row["id"] for row in await cursor.fetchall()]
        faults = (await self._http.get("/faults")).json()
        return [
            *of_recipients(recipients, copies, customers=len(self.shop.phones)),
            line("statuses lost", LOST_STATUSES, LOST_STATUSES - faults["meta"]["lose_next"]),
            line("messages without a picture of her pieces", 0, len(plain)),
            *of_wallet(purse, recipients, given=self.shop.tokens),
        ]

    async def _sale(self) -> list[Line]:
        """She answers the picture's third piece, and pays for it with M-Pesa."""
        her = next(
            one
            for one in await self._recipients()
            if one.state in ("delivered", "read") and one.language == "en"
        )
        async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
            cursor = await conn.execute(
                "select payload -> 'options' -> 2 ->> 'name' as name from messages where id = %s",
                (her.message_id,),
            )
            row = await cursor.fetchone()
        third = str(row["name"]) if row else ""
        buyer = Buyer(
            self._http, PWANI.key, her.identity, random.Random(3), wish="3", payer=_payer(her)
        )
        page = await self._page_of(await buyer.look())
        with suppress(TimeoutError):  # the lines say what is missing then
            await asyncio.wait_for(buyer.buy(), SOLD_WITHIN_S)
            await self._until_it_sold()
        chat, results = await buyer.look(), await self._results()
        told_her = [one["text"] for one in chat["messages"] if one["author"] == "boutique"]
        answer = "".join(told_her[1:2])
        paid = format_money(results.total.revenue_minor, results.currency)
        return [
            Line("her link shows it", third, third if third in page else page[:200],
                 bool(third) and third in page),
            Line('"3" opens her third piece', third, third if third in answer else answer,
                 bool(third) and third in answer),
            line("sales of the campaign", 1, results.total.converted),
            Line("revenue of the campaign", "more than nothing", paid,
                 results.total.revenue_minor > 0),
        ]  # fmt: skip

    async def _page_of(self, chat: dict[str, Any]) -> str:
        """What the link in her message opens."""
        links = re.findall(r"http\S+/s/[0-9a-f]{12}\b", chat["messages"][0]["text"])
        return (await self._http.get(links[0])).text if links else "no link"

    async def _until_it_sold(self) -> None:
        for _ in range(int(2 * SOLD_WITHIN_S)):
            if (await self._results()).total.converted:
                return
            await asyncio.sleep(0.5)

    async def _results(self) -> Results:
        async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
            found = await results_of(conn, campaign_id=self.campaign_id)
        assert found is not None, "the tour has made it"
        return found

    async def _states(self) -> Counter[str]:
        async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
            return Counter(await campaign_recipients.counts(conn, campaign_id=self.campaign_id))

    async def _recipients(self) -> Sequence[Recipient]:
        async with self._services.database.tenant_connection(self.shop.boutique_id) as conn:
            return await campaign_recipients.page(
                conn, campaign_id=self.campaign_id, limit=2 * len(self.shop.phones)
            )

    async def _copies(self) -> Counter[str]:
        """How many messages each phone shows; one that failed on the way reached nobody."""
        found: Counter[str] = Counter()
        for phone in self.shop.phones:
            where = {"account": PWANI.key, "contact": phone}
            chat = (await self._http.get("/phone/api/chat", params=where)).json()
            found[phone] = sum(
                one["author"] == "boutique" and one["status"] != "failed"
                for one in chat["messages"]
            )
        return found

    def _say(self, text: str) -> None:
        self._console.print(text, highlight=False)


def _payer(her: Recipient) -> str | None:
    """M-Pesa is Kenya's: who is written to elsewhere, where it is day, pays with another phone."""
    return None if her.identity.startswith("+254") else "+254712345678"


async def tour(folder: Path, url: str, *, customers: int, console: Console) -> list[Line]:
    """The table's lines. `url` is of an empty, migrated database."""
    settings = separate_settings(
        folder,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
        campaigns={"settle_s": 5.0, "users_per_day": 1_000_000},
    )
    service = Service(settings, url)
    with outside_world(settings) as outside:
        async with (
            open_services(GivenSettings(**settings), url) as services,
            httpx.AsyncClient(base_url=outside, timeout=30.0) as http,
        ):
            try:
                return await Tour(services, service, http, console).take(customers=customers)
            finally:
                service.stop()
