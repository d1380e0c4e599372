"""A contact counts for the week's limit if she got the message or may get it, and only then."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from dukani.campaigns.ending import end
from dukani.campaigns.frequency import reserve
from dukani.core.services import Services
from tests.fakes.providers import FakeProviders, meta_error
from tests.integration.campaigns.a_campaign import (
    TOKENS,
    Sending,
    a_sending,
    a_shop,
    balance,
    reasons,
    recipients,
    run,
    time_passes,
)
from tests.integration.campaigns.test_dispatch import a_status
from tests.ledger import assert_adds_up
from tests.wiring import Caller

TOLD = ("failed", "sent", "delivered", "read")
EVERY_ORDER = [told for n in range(len(TOLD) + 1) for told in permutations(TOLD, n)]
ERROR = {"errors": [{"code": 131000, "title": "no"}]}


def came_to(told: Sequence[str]) -> str:
    return next((one for one in ("read", "delivered", "failed", "sent") if one in told), "accepted")


async def counted(services: Services, sending: Sending) -> dict[str, bool]:
    """By recipient, whether she counts as written to."""
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        cursor = await conn.execute("select source, released_at from marketing_contacts")
        return {
            row["source"].removeprefix("campaign_recipient:"): row["released_at"] is None
            for row in await cursor.fetchall()
        }


async def test_in_whichever_order_it_is_told_she_counts_and_is_paid_for_if_she_got_it(
    services: Services, providers: FakeProviders, caller: Caller, superuser_url: str
) -> None:
    # given a message to somebody for each order in which four statuses, or fewer, may come
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=len(EVERY_ORDER), retry_failed=False)
    while len(providers.sent) < len(EVERY_ORDER):
        await run(services, sending)
        await time_passes(services)
    told = dict(zip((sent["to"] for sent in providers.sent), EVERY_ORDER, strict=True))

    # when each is told, and all is told once more
    for number, (sent, statuses) in enumerate(zip(providers.sent, EVERY_ORDER, strict=True), 1):
        for status in (*statuses, *statuses):
            more: dict[str, Any] = ERROR if status == "failed" else {}
            await caller.meta(a_status(sent, status, number, **more))

    # then she has come as far as anything told of, and counts unless it failed
    counts = await counted(services, sending)
    ends: dict[str, tuple[str, ...]] = {}
    by_state = {"read": 0, "delivered": 0, "failed": 0, "sent": 0, "accepted": 0}
    for one in await recipients(services, sending):
        ends[one["identity"]] = told[one["identity"].removeprefix("+")]
        assert one["state"] == came_to(ends[one["identity"]]), ends[one["identity"]]
        assert counts[str(one["id"])] == (one["state"] != "failed"), ends[one["identity"]]
        by_state[one["state"]] += one["tokens"]
    # and the ledger holds, has spent and gave back what belongs there
    spent, held = by_state["read"] + by_state["delivered"], by_state["sent"] + by_state["accepted"]
    assert await balance(services, boutique) == (TOKENS - spent - held, held, spent)
    assert_adds_up(superuser_url, boutique)


async def test_one_held_back_by_whatsapp_counts_also_when_the_campaign_is_cancelled(
    services: Services, providers: FakeProviders
) -> None:
    # given two who wait for another try: WhatsApp held one back, the other failed in passing
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=2)
    providers.next = [meta_error(131049), meta_error(131016, 503)]
    await run(services, sending)
    assert sorted(await reasons(services, sending)) == [
        ("planned", "131016"), ("planned", "131049"),
    ]  # fmt: skip
    held_back = {str(one["id"]): one["reason"] == "131049"
                 for one in await recipients(services, sending)}  # fmt: skip

    # when the campaign is cancelled
    async with services.database.tenant_connection(boutique) as conn:
        await end(conn, boutique_id=boutique, occurrence_id=sending.occurrence_id, to="cancelled")

    # then nothing follows at once to whom WhatsApp wants left alone
    assert await counted(services, sending) == held_back
    assert await balance(services, boutique) == (TOKENS, 0, 0)


async def test_a_last_try_that_fails_gives_back_its_own_contact_only(
    services: Services, providers: FakeProviders
) -> None:
    # given one held back two days ago, and tried again now
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique)
    (identity,) = sending.phones
    providers.next = [meta_error(131049), meta_error(130472)]
    await run(services, sending)
    async with services.database.tenant_connection(boutique) as conn:
        await conn.execute(
            "update marketing_contacts set reserved_at = reserved_at - interval '6 days',"
            " kept_at = kept_at - interval '6 days'"
        )
    await time_passes(services)

    # when it is refused for good
    await run(services, sending)
    assert await reasons(services, sending) == [("failed", "130472")]

    # then the first counts as when it was: five days are over, and one more is allowed in the week
    async with services.database.tenant_connection(boutique) as conn:
        assert await reserve(conn, [("test", identity)]) == {"test": None}
        assert await reserve(conn, [("other", identity)]) == {"other": "cooldown"}
