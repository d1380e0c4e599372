"""A campaign that is cancelled ends at once for everybody, however many they are."""

from __future__ import annotations

import pytest

from dukani.campaigns import ending, running
from dukani.core.services import Services
from tests.fakes.providers import FakeProviders, meta_error
from tests.fakes.slow_line import with_slow_line
from tests.integration.campaigns.a_campaign import (
    TOKENS,
    Sending,
    a_sending,
    a_shop,
    balance,
    reasons,
    run,
    states,
    time_passes,
)
from tests.wiring import jobs, rows


async def cancelled(services: Services, sending: Sending) -> None:
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await running.cancel(conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id)


async def test_who_is_left_is_skipped_in_chunks_and_nobody_is_sent_to_meanwhile(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given five recipients, of whom a transaction takes two
    monkeypatch.setattr(ending, "CHUNK", 2)
    sending = await a_sending(services, await a_shop(services), customers=5)

    # when it is cancelled, then its tokens are back and nothing is sent, before the rest is done
    await cancelled(services, sending)
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
    await run(services, sending)
    assert providers.sent == []
    assert sorted(await states(services, sending)) == ["planned"] * 3 + ["skipped"] * 2

    # and a job skips the rest; again it finds nobody
    (job,) = await jobs(services, "end_campaign")
    for _ in range(2):
        await ending.end_campaign(services, **job["args"])
    assert await reasons(services, sending) == [("skipped", "cancelled")] * 5


async def test_a_few_are_skipped_at_once(services: Services) -> None:
    sending = await a_sending(services, await a_shop(services), customers=5)
    await cancelled(services, sending)
    assert await reasons(services, sending) == [("skipped", "cancelled")] * 5
    assert await jobs(services, "end_campaign") == []


async def test_what_an_earlier_try_took_is_given_back(
    services: Services, providers: FakeProviders
) -> None:
    # given one who is to be tried again, and has her tokens and her contact
    sending = await a_sending(services, await a_shop(services))
    providers.next = [meta_error(131016, 503)]
    await run(services, sending)
    assert (await balance(services, sending.boutique_id))[1] > 0

    await cancelled(services, sending)

    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
    (contact,) = await rows(services, "marketing_contacts")
    assert contact["released_at"] is not None
    (message,) = await rows(services, "messages")
    assert (message["status"], message["error_code"]) == ("failed", "131016")
    await time_passes(services)
    await run(services, sending)
    assert providers.sent == []


async def test_who_is_refused_after_the_end_is_not_planned_again(
    services: Services, providers: FakeProviders
) -> None:
    # given a campaign that is cancelled while a provider thinks about its message
    sending = await a_sending(services, await a_shop(services))
    slow = with_slow_line(services, providers, lambda: cancelled(services, sending))
    providers.next = [meta_error(131016, 503)]

    await run(slow, sending)

    assert await reasons(services, sending) == [("failed", "131016")]
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
