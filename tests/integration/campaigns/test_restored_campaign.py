"""A campaign that was being sent when its backup was taken waits for its owner."""

from __future__ import annotations

from dukani.campaigns import running
from dukani.campaigns.clock import look_after_campaigns
from dukani.core.services import Services
from dukani.tools.platform_pausing import resume
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    a_sending,
    a_shop,
    all_may_leave_at_once,
    run,
    states,
    time_passes,
)
from tests.restoring import rest
from tests.wiring import rows


async def test_it_is_sent_on_by_its_owner_alone(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    # given a campaign to three, none of whom had it in the backup
    sending = await a_sending(services, await a_shop(services), customers=3)
    assert rest(superuser_url).campaigns == 1

    # when the platform lets the shop go on, clocks look, and a job that was forgotten runs
    async with services.database.operator_connection(sending.boutique_id) as conn:
        await resume(conn, provider=None)
    await time_passes(services)
    await look_after_campaigns(services)
    await run(services, sending)

    # then nobody gets it
    assert providers.sent == []
    assert await states(services, sending) == ["planned"] * 3
    [campaign] = await rows(services, "campaigns", "status, status_reason")
    assert (campaign["status"], campaign["status_reason"]) == ("paused", "restored")

    # and when its owner goes on with it, they do
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await running.resume(conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id)
    await all_may_leave_at_once(services)
    await run(services, sending)
    assert len(providers.sent) == 3


async def test_who_was_being_posted_to_is_asked_about_and_never_posted_to_again(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    # given a recipient whose message was on its way to Meta as the snapshot was taken
    sending = await a_sending(services, await a_shop(services), customers=1)
    await run(services, sending)
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update campaign_recipients set state = 'posting', accepted_at = null,
                 lease_until = now() - interval '1 minute'"""
        )
        await conn.execute(
            """update messages set status = 'sending', provider_id = null
               where campaign_recipient_id is not null"""
        )
        await conn.execute("update campaigns set status = 'sending'")
        await conn.execute("update campaign_occurrences set status = 'sending', ended_at = null")
    sent = list(providers.sent)
    rest(superuser_url)

    # when both the platform and the owner go on
    async with services.database.operator_connection(sending.boutique_id) as conn:
        await resume(conn, provider=None)
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await running.resume(conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id)
    await look_after_campaigns(services)
    await all_may_leave_at_once(services)
    await run(services, sending)

    # then a status has to tell: nothing more is posted
    assert providers.sent == sent
    assert await states(services, sending) == ["unknown"]
