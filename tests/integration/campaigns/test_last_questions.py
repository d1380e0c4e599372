"""Nothing lies between the last question about a recipient and the call to the provider.

Her picture is drawn before, which may take seconds: whatever happens meanwhile is seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dukani.campaigns import running
from dukani.campaigns.hours import zone_of
from dukani.core.services import Services
from dukani.core.store import consents, suppressed_identities
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    Sending,
    a_sending,
    a_shop,
    balance,
    by_day,
    reasons,
    recipients,
    run,
    states,
)
from tests.integration.campaigns.test_picturing import a_showing
from tests.wiring import rows

Meanwhile = Callable[[], Awaitable[None]]


class SlowStore:
    """A media store whose writing takes as long as something else happens."""

    def __init__(self, store: Any, meanwhile: Meanwhile) -> None:
        self._store, self._meanwhile = store, meanwhile

    async def put(self, path: str, content: bytes, content_type: str) -> None:
        await self._meanwhile()
        await self._store.put(path, content, content_type)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


async def sent_while(services: Services, sending: Sending, meanwhile: Meanwhile) -> None:
    """Run the job twice; `meanwhile` happens while the picture is drawn."""
    slow = replace(services, media=SlowStore(services.media, meanwhile))  # type: ignore[arg-type]
    await run(slow, sending, times=2)


async def test_a_stop_that_comes_while_her_picture_is_drawn_is_heard(
    services: Services, providers: FakeProviders
) -> None:
    sending, _ = await a_showing(services)
    (her,) = await recipients(services, sending)

    async def she_stops() -> None:
        async with services.database.tenant_connection(sending.boutique_id) as conn:
            await consents.record(
                conn,
                customer_id=str(her["customer_id"]),
                purpose="marketing",
                granted=False,
                source="whatsapp",
            )

    await sent_while(services, sending, she_stops)

    assert (providers.sent, await reasons(services, sending)) == ([], [("skipped", "not_opted_in")])
    assert await rows(services, "messages") == []


async def test_who_is_suppressed_meanwhile_gets_nothing(
    services: Services, providers: FakeProviders
) -> None:
    sending, _ = await a_showing(services)

    async def she_is_suppressed() -> None:
        async with services.database.tenant_connection(sending.boutique_id) as conn:
            await suppressed_identities.add(conn, identity=sending.phones[0], reason="unreachable")

    await sent_while(services, sending, she_is_suppressed)

    assert (providers.sent, await reasons(services, sending)) == ([], [("skipped", "suppressed")])


@pytest.mark.parametrize("act", ["pause", "cancel"])
async def test_a_campaign_that_is_stopped_meanwhile_sends_nothing_more(
    services: Services, providers: FakeProviders, act: str
) -> None:
    # given one whose recipient is in nobody's hands while her picture is drawn
    sending, _ = await a_showing(services)
    seen = []

    async def its_owner_stops_it() -> None:
        seen.extend(await states(services, sending))
        async with services.database.tenant_connection(sending.boutique_id) as conn:
            if act == "pause":
                await running.pause(conn, campaign_id=sending.campaign_id)
            else:
                await running.cancel(
                    conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id
                )

    await sent_while(services, sending, its_owner_stops_it)

    # then nothing is sent, and nothing of hers is taken
    assert (providers.sent, seen) == ([], ["planned"])
    expected = ("planned", None) if act == "pause" else ("skipped", "cancelled")
    assert await reasons(services, sending) == [expected]
    assert await rows(services, "marketing_contacts") == []
    available, held, _ = await balance(services, sending.boutique_id)
    assert held == (1000 - available if act == "pause" else 0)


async def test_her_hours_may_end_meanwhile(services: Services, providers: FakeProviders) -> None:
    # given hours that end in three seconds, where she is
    here = datetime.now(zone_of(by_day(0), shop="Africa/Nairobi"))
    closes = (here + timedelta(seconds=3)).replace(microsecond=0)
    sending, _ = await a_showing(services, closes=f"{closes:%H:%M:%S}")

    async def it_takes_long() -> None:
        await asyncio.sleep((closes - datetime.now(UTC)).total_seconds() + 0.1)

    await sent_while(services, sending, it_takes_long)

    (waiting,) = await recipients(services, sending)
    assert (providers.sent, waiting["state"]) == ([], "planned")
    assert waiting["due_at"] > datetime.now(UTC) + timedelta(hours=1)


async def test_a_fault_of_ours_with_one_message_leaves_the_others_recorded(
    services: Services, providers: FakeProviders
) -> None:
    # given a provider whose answer to one of three makes no sense at all
    sending = await a_sending(services, await a_shop(services), customers=3)
    providers.next = [RuntimeError("nobody foresaw this")]

    await run(services, sending)

    assert sorted(await states(services, sending)) == ["accepted", "accepted", "unknown"]
