"""A campaign goes to each of its recipients once, and the wallet pays for what arrives."""

from __future__ import annotations

import pytest

from dukani.core.channels import MessagingProvider
from dukani.core.services import Services
from dukani.core.store import platform_pauses
from dukani.tools import delivery, sweeper
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    TEMPLATE,
    TOKENS,
    a_sending,
    a_shop,
    balance,
    campaign,
    recipients,
    run,
    states,
)
from tests.wiring import Caller, a_change, jobs, rows


def a_status(
    sent: dict[str, str], status: str, number: int = 1, **more: object
) -> dict[str, object]:
    """A status of Meta's, of a message that was sent."""
    told = {
        "id": f"wamid.{number}",
        "status": status,
        "timestamp": "1790000000",
        "recipient_id": sent["to"],
        "biz_opaque_callback_data": sent["biz_opaque_callback_data"],
    }
    return a_change(statuses=[told | more])


@pytest.mark.parametrize("provider", ["meta", "twilio"])
async def test_one_recipient_goes_all_the_way(
    services: Services, providers: FakeProviders, caller: Caller, provider: str
) -> None:
    # given a campaign to one customer, whose tokens are held
    boutique = await a_shop(services, provider)
    sending = await a_sending(services, boutique)
    (planned,) = await recipients(services, sending)
    assert (planned["state"], (await balance(services, boutique))[0] < TOKENS) == ("planned", True)

    # when its job runs
    await run(services, sending)

    # then the provider has the template once, and the chat shows it
    (sent,) = providers.sent
    (message,) = await rows(services, "messages")
    assert (message["status"], message["purpose"]) == ("sent", "marketing")
    assert message["campaign_recipient_id"] == planned["id"]
    if provider == "meta":
        assert (sent["template"]["name"], sent["to"]) == (TEMPLATE, sending.phones[0][1:])
        assert sent["biz_opaque_callback_data"] == str(message["id"])
        await caller.meta(a_status(sent, "delivered"))
        await caller.meta(a_status(sent, "read"))
    else:
        assert sent["ContentSid"].startswith("HX")
        for status in ("delivered", "read"):
            await caller.twilio_status(status, sid="SM1", message_id=str(message["id"]))

    # and what the provider tells is the recipient's state, paid for once
    (read,) = await recipients(services, sending)
    assert read["state"] == "read"
    assert None not in (read["accepted_at"], read["delivered_at"], read["read_at"])
    available, held, spent = await balance(services, boutique)
    assert (available, held, spent) == (TOKENS - read["tokens"], 0, read["tokens"])

    # and the campaign is over
    await run(services, sending)
    assert (await campaign(services, sending))["status"] == "completed"


async def test_nobody_gets_it_twice_however_often_the_jobs_run(
    services: Services, providers: FakeProviders
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=5)

    await run(services, sending, times=3)

    assert len(providers.sent) == 5
    assert sorted(f"+{one['to']}" for one in providers.sent) == sorted(sending.phones)
    assert await states(services, sending) == ["accepted"] * 5


async def test_the_outbox_leaves_campaigns_alone(
    services: Services, providers: FakeProviders
) -> None:
    # given a message of a campaign that was cut off
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique)
    providers.silent_next = 1
    await run(services, sending)
    (message,) = await rows(services, "messages")
    assert message["status"] == "sending"
    async with services.database.system_connection() as conn:
        await conn.execute("update messages set created_at = now() - interval '1 hour'")

    # when everything that could send it runs
    await sweeper.sweep(services)
    await delivery.deliver(
        services, boutique_id=boutique, conversation_id=str(message["conversation_id"])
    )

    # then it is not sent again
    assert len(providers.sent) == 1
    assert await jobs(services, "deliver") == []


async def test_another_boutique_cannot_send_it(
    services: Services, providers: FakeProviders
) -> None:
    from dukani.campaigns.dispatch import send_campaign

    boutique = await a_shop(services)
    other = await a_shop(services, account="100000000000902")
    sending = await a_sending(services, boutique)

    await send_campaign(services, boutique_id=other, occurrence_id=sending.occurrence_id, chain=1)

    assert providers.sent == []


@pytest.mark.parametrize("paused", ["meta", None], ids=["channel", "boutique"])
async def test_what_the_platform_pauses_waits_and_goes_on_by_itself(
    services: Services, providers: FakeProviders, paused: MessagingProvider | None
) -> None:
    # given a campaign of a boutique that the platform has paused
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=2)
    async with services.database.operator_connection(boutique) as conn:
        await platform_pauses.begin(conn, provider=paused, reason="Not paid")

    # when its job runs
    await run(services, sending)

    # then nobody is sent to, and the campaign is not ended
    assert providers.sent == []
    assert (await campaign(services, sending))["status"] == "sending"

    # and once it may go on, everybody is
    async with services.database.operator_connection(boutique) as conn:
        await platform_pauses.end(conn, provider=paused)
    await run(services, sending)
    assert len(providers.sent) == 2
