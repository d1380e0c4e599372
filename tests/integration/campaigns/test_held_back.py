"""Meta takes a new template's messages and holds them back; later it delivers or drops them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from dukani.campaigns import running
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import message_templates
from dukani.domain.template_forms import purchase_notification
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.app import create_sandbox
from tests.integration.campaigns.a_campaign import (
    TEMPLATE,
    TOKENS,
    Sending,
    a_sending,
    a_shop,
    all_may_leave_at_once,
    balance,
    campaign,
    reasons,
    recipients,
    run,
    time_passes,
)
from tests.wiring import APP_SECRET, META_NUMBER, PUBLIC_URL, doors_of, rows, some_services

SANDBOX = "http://sandbox.test"
SHOP = SandboxAccount(
    key="shop",
    name="Zuri",
    number="+254700000900",
    provider="meta",
    phone_number_id=META_NUMBER,
    waba_id="100000000000902",
    access_token="meta-token",
    app_secret=APP_SECRET,
)


@dataclass(frozen=True, slots=True)
class Meta:
    """The sandbox's, on the same wires as Meta's own."""

    services: Services
    line: httpx.AsyncClient

    async def faults(self, **meta: Any) -> None:
        (await self.line.post(f"{SANDBOX}/faults", json={"meta": meta})).raise_for_status()

    async def until(self, sending: Sending, *expected: tuple[str, str | None]) -> None:
        """Until its statuses have brought the recipients there."""
        wanted = sorted(map(str, expected))

        async def there() -> bool:
            return sorted(map(str, await reasons(self.services, sending))) == wanted

        await _until(there)


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while True:
            if await true():
                return
            await asyncio.sleep(0.05)


@pytest.fixture
async def meta(database: Database, tmp_path: Path) -> AsyncIterator[Meta]:
    given = {"meta": {"base_url": SANDBOX, "app_secret": APP_SECRET, "verify_token": "token"}}
    async with (
        some_services(database, tmp_path, campaigns={"settle_s": 600}, **given) as made,
        doors_of(made) as doors,
    ):
        app = create_sandbox(base_url=SANDBOX, target_url=PUBLIC_URL, http=_to(doors))
        async with app.router.lifespan_context(app):
            app.state.world.register(SHOP)
            line = httpx.AsyncClient(transport=httpx.ASGITransport(app=app))
            yield Meta(replace(made, http=line), line)


def _to(doors: httpx.AsyncClient) -> httpx.AsyncClient:
    """Our webhooks, and a picture for whoever fetches one."""

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, content=b"a picture", headers={"content-type": "image/jpeg"})
        return await doors.request(
            request.method, str(request.url), content=request.content, headers=request.headers
        )

    return httpx.AsyncClient(transport=httpx.MockTransport(answer))


async def held_back(meta: Meta, *, customers: int = 2) -> Sending:
    """A campaign whose messages Meta has taken, and holds back."""
    services = meta.services
    boutique = await a_shop(services)
    picture = f"{boutique}/templates/example.jpg"
    await services.media.put(picture, b"a picture", "image/jpeg")
    form = purchase_notification("en", base_url="http://shop.test", picture=picture)
    async with services.database.operator_connection(boutique) as conn:
        await message_templates.put(
            conn,
            boutique_id=boutique,
            provider="meta",
            name=TEMPLATE,
            language="en",
            status="approved",
            category="marketing",
            form=form.model_dump(mode="json"),
        )
    sending = await a_sending(services, boutique, customers=customers)
    await all_may_leave_at_once(services)
    await meta.faults(hold_next=customers, held="back")
    await run(services, sending)
    held = ("accepted", "held_for_quality_assessment")
    assert await reasons(services, sending) == [held] * customers
    return sending


async def told_to_the_owner(meta: Meta) -> list[str]:
    found = await rows(meta.services, "messages")
    return [row["body"] for row in found if not row["conversation_id"]]


async def test_what_is_released_arrives_and_is_paid_for(meta: Meta) -> None:
    sending = await held_back(meta)

    await meta.faults(held="released")

    await meta.until(sending, ("delivered", None), ("delivered", None))
    _, held, spent = await balance(meta.services, sending.boutique_id)
    taken = [row["tokens"] for row in await recipients(meta.services, sending)]
    assert (held, spent) == (0, sum(taken))


async def test_a_template_that_is_dropped_halts_the_campaign_and_nobody_is_lost(
    meta: Meta,
) -> None:
    # given two messages that are held back
    sending = await held_back(meta)

    # when people dislike the template, then both wait, and the owner hears of it once
    await meta.faults(held="dropped", fail_code="132015")
    await meta.until(sending, ("planned", "132015"), ("planned", "132015"))

    async def paused() -> bool:
        return (await campaign(meta.services, sending))["status"] == "paused"

    await _until(paused)
    assert (await campaign(meta.services, sending))["status_reason"] == "template"
    assert len(await told_to_the_owner(meta)) == 1

    # when it is approved again and she resumes, then each gets it once
    async with meta.services.database.tenant_connection(sending.boutique_id) as conn:
        await running.resume(conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id)
    await time_passes(meta.services, timedelta(seconds=10))  # the pair's pace
    await all_may_leave_at_once(meta.services)
    await run(meta.services, sending)
    await meta.until(sending, ("delivered", None), ("delivered", None))
    taken = [row["tokens"] for row in await recipients(meta.services, sending)]
    assert await balance(meta.services, sending.boutique_id) == (
        TOKENS - sum(taken), 0, sum(taken),
    )  # fmt: skip


async def test_one_dropped_for_her_own_limit_is_tried_a_day_later(meta: Meta) -> None:
    sending = await held_back(meta, customers=1)

    await meta.faults(held="dropped", fail_code="131049")

    await meta.until(sending, ("planned", "131049"))
    assert (await campaign(meta.services, sending))["status"] == "sending"
    (contact,) = await rows(meta.services, "marketing_contacts")
    assert contact["released_at"] is None


async def test_what_is_dropped_when_the_campaign_is_over_gives_its_tokens_back(
    meta: Meta,
) -> None:
    # given a campaign that ended while its messages were held back
    sending = await held_back(meta)
    async with meta.services.database.system_connection() as conn:
        await conn.execute("update campaign_recipients set posting_at = now() - interval '1 hour'")
    await run(meta.services, sending)
    assert (await campaign(meta.services, sending))["status"] == "completed"

    await meta.faults(held="dropped", fail_code="132015")

    await meta.until(sending, ("failed", "132015"), ("failed", "132015"))
    assert await balance(meta.services, sending.boutique_id) == (TOKENS, 0, 0)
    assert all(row["released_at"] for row in await rows(meta.services, "marketing_contacts"))
