"""A campaign that is cancelled ends at once for everybody, however many they are."""

from __future__ import annotations

import pytest

from dukani.campaigns import ending, running
from dukani.campaigns.clock import look_after_campaigns
from dukani.core.services import Services
from tests.fakes.providers import FakeProviders, meta_error
from tests.fakes.slow_line import with_slow_line
from tests.integration.campaigns.a_campaign import (
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
    states,
    time_passes,
)
from tests.integration.campaigns.test_dispatch import a_status
from tests.wiring import Caller, jobs, rows


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


async def test_who_was_left_planned_by_an_occurrence_that_ended_is_skipped_by_the_clock(
    services: Services, providers: FakeProviders
) -> None:
    # given one whose refusal was told while the campaign was cancelled
    sending = await a_sending(services, await a_shop(services))
    providers.next = [meta_error(131016, 503)]
    await run(services, sending)
    await cancelled(services, sending)
    async with services.database.system_connection() as conn:
        await conn.execute("update campaign_recipients set state = 'planned'")
    await time_passes(services)

    await look_after_campaigns(services)

    (job,) = await jobs(services, "end_campaign")
    await ending.end_campaign(services, **job["args"])
    assert await reasons(services, sending) == [("skipped", "cancelled")]
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
    (contact,) = await rows(services, "marketing_contacts")
    assert contact["released_at"] is not None


async def test_a_long_retry_does_not_hold_up_the_next_occurrence(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    # given a weekly campaign, of which one message is limited for a day and more
    services.settings.campaigns.settle_s = 600
    sending = await a_sending(
        services, await a_shop(services), customers=2, rule="FREQ=WEEKLY;BYDAY=FR"
    )
    await all_may_leave_at_once(services)
    await run(services, sending)
    limited, arrived = providers.sent
    await caller.meta(a_status(arrived, "delivered", 2))
    errors = {"errors": [{"code": 131049, "title": "no"}]}
    await caller.meta(a_status(limited, "failed", 1, **errors))
    await run(services, sending)
    assert sorted(await states(services, sending)) == ["delivered", "planned"]
    assert (await campaign(services, sending))["status"] == "sending"

    # when its next hour comes
    async with services.database.system_connection() as conn:
        await conn.execute("update campaigns set next_at = now()")
    await run(services, sending)

    # then this occurrence is over, and the next one may begin
    assert sorted(map(str, await reasons(services, sending))) == [
        "('delivered', None)", "('skipped', 'campaign_over')",
    ]  # fmt: skip
    assert (await campaign(services, sending))["status"] == "scheduled"
    (paid,) = [r for r in await recipients(services, sending) if r["state"] == "delivered"]
    assert await balance(services, sending.boutique_id) == (
        TOKENS - paid["tokens"], 0, paid["tokens"],
    )  # fmt: skip

    # and what arrives all the same, later, is her state, and is paid for
    await caller.meta(a_status(limited, "delivered", 1))
    assert await states(services, sending) == ["delivered"] * 2
    assert (await balance(services, sending.boutique_id))[1:] == (0, 2 * paid["tokens"])


async def test_a_retry_is_waited_for_as_any_message_is(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    # given a message that failed and was sent again a day later
    services.settings.campaigns.settle_s = 600
    sending = await a_sending(services, await a_shop(services))
    await run(services, sending)
    errors = {"errors": [{"code": 131016, "title": "no"}]}
    await caller.meta(a_status(providers.sent[0], "failed", **errors))
    async with services.database.system_connection() as conn:
        await conn.execute("update campaign_recipients set accepted_at = now() - interval '1 day'")
    await time_passes(services)

    # when it was accepted a moment ago, then the campaign waits for its failure
    await run(services, sending, times=2)
    assert len(providers.sent) == 2
    assert (await campaign(services, sending))["status"] == "sending"
