"""Twilio's list settles a message in doubt only by a message that can be no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from dukani.campaigns.clock import look_after_campaigns
from dukani.core.services import Services
from dukani.core.store import messages, outbox
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    Sending,
    a_sending,
    a_shop,
    recipients,
    run,
    states,
    time_passes,
)
from tests.wiring import rows

SILENT = httpx.ReadTimeout("silence")
TEMPLATE_OF_THE_CAMPAIGN = "HX" + "0" * 32


async def one_in_doubt(services: Services, providers: FakeProviders) -> Sending:
    """A message that was posted a moment ago; nobody knows whether Twilio took it."""
    sending = await a_sending(services, await a_shop(services, "twilio"))
    providers.next = [SILENT]
    await run(services, sending)
    assert await states(services, sending) == ["unknown"]
    await time_passes(services, timedelta(seconds=30))
    return sending


def listed(sid: str, *, after: timedelta = timedelta(0), **fields: str) -> dict[str, str]:
    """A message to her in Twilio's list, taken so long after ours was posted."""
    posted_at = datetime.now(UTC) - timedelta(seconds=30)
    return {
        "sid": sid,
        "body": "",
        "num_media": "0",
        "status": "sent",
        "date_created": format_datetime(posted_at + after),
    } | fields


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ({"SM71": (0, "")}, "accepted"),
        ({"SM71": (0, TEMPLATE_OF_THE_CAMPAIGN)}, "accepted"),
        # Another template of the shop's, where Twilio names it.
        ({"SM71": (0, "HX" + "1" * 32)}, "unknown"),
        # Our call had ended long before, or had not begun.
        ({"SM71": (3600, "")}, "unknown"),
        ({"SM71": (-300, "")}, "unknown"),
        # Either could be it.
        ({"SM71": (0, ""), "SM72": (2, "")}, "unknown"),
        # The one of an hour later cannot.
        ({"SM72": (3600, ""), "SM71": (0, "")}, "accepted"),
    ],
)
async def test_only_one_that_can_be_no_other_settles_it(
    services: Services, providers: FakeProviders, found: dict[str, tuple[int, str]], state: str
) -> None:
    sending = await one_in_doubt(services, providers)
    providers.listed_more = [
        listed(sid, after=timedelta(seconds=after_s), content_sid=content_sid)
        for sid, (after_s, content_sid) in found.items()
    ]

    await look_after_campaigns(services)

    assert await states(services, sending) == [state]
    sids = {row["provider_id"] for row in await rows(services, "messages")}
    assert sids == ({"SM71"} if state == "accepted" else {None})


async def test_one_that_another_message_in_doubt_may_be_settles_neither(
    services: Services, providers: FakeProviders
) -> None:
    # given an answer to her that was sent at the same moment, and is in doubt too
    sending = await one_in_doubt(services, providers)
    (one,) = await recipients(services, sending)
    (posted,) = await rows(services, "messages")
    assert posted["id"] == one["message_id"]
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        answer = await messages.queue_outbound(
            conn,
            conversation_id=str(posted["conversation_id"]),
            provider="twilio",
            body="Karibu",
        )
        await outbox.mark_sending(conn, message=answer)
    providers.listed_more = [listed("SM71")]

    await look_after_campaigns(services)

    assert await states(services, sending) == ["unknown"]

    # when Twilio's status tells which it was, the other is free
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await outbox.mark_sent(conn, message_id=answer.id, provider_id="SM72")
    await time_passes(services, timedelta(minutes=3))
    providers.listed_more = [listed("SM71", after=-timedelta(minutes=3))]
    await look_after_campaigns(services)
    assert await states(services, sending) == ["accepted"]


async def test_a_number_that_others_send_from_too_is_not_asked(
    services: Services, providers: FakeProviders
) -> None:
    # given one in doubt that was sent from the platform's number
    sending = await one_in_doubt(services, providers)
    async with services.database.system_connection() as conn:
        await conn.execute("update provider_credentials set shared = true")
    providers.listed_more = [listed("SM71")]  # another boutique's, to the same person

    await look_after_campaigns(services)

    assert await states(services, sending) == ["unknown"]
