"""WhatsApp puts a template into another category while its campaign is sent, at the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dukani.campaigns import running
from dukani.campaigns import wallet as holds
from dukani.core.database import Database
from dukani.core.store import consents, wallet
from tests.integration.campaigns.a_campaign import (
    Sending,
    a_sending,
    balance,
    campaign,
    reasons,
    recipients,
    run,
    states,
)
from tests.integration.campaigns.test_marketing_endpoint import NAME, a_shop
from tests.integration.messaging.test_outside_world import SANDBOX, World, the_world
from tests.wiring import rows

DEAR, CHEAP = 5, 1  # tokens of a marketing and of a utility message
ARRIVED = {"accepted", "sent", "delivered", "read"}


@pytest.fixture
async def world(database: Database, tmp_path: Path, superuser_url: str) -> AsyncIterator[World]:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update private.message_rates set tokens = case category when 'marketing' then %s"
            " else %s end",
            (DEAR, CHEAP),
        )
    async with the_world(database, tmp_path) as opened:
        answer = await opened.services.http.post(
            f"{SANDBOX}/faults", json={"templates": {"review_s": 0}}
        )
        assert answer.is_success
        yield opened


async def half_sent(world: World, *, tokens: int) -> Sending:
    """Two of four have their message, at the price of a utility template; then it is marketing."""
    boutique = await a_shop(world, "utility")
    services = world.services
    await leave(world, boutique, tokens)
    sending = await a_sending(services, boutique, customers=4, template=NAME)
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update campaign_recipients set due_at = now() + interval '1 hour'
               where id in (select id from campaign_recipients order by identity offset 2)"""
        )
    await run(services, sending)
    assert (await states(services, sending)).count("planned") == 2
    answer = await services.http.post(
        f"{SANDBOX}/templates/pwani/{NAME}/en",
        json={"what": "change_category", "category": "MARKETING"},
    )
    assert answer.is_success, answer.text
    async with services.database.system_connection() as conn:
        await conn.execute("update campaign_recipients set due_at = now()")
    return sending


async def leave(world: World, boutique: str, tokens: int) -> None:
    """The wallet has so many tokens and no more."""
    available = (await balance(world.services, boutique))[0]
    async with world.services.database.tenant_connection(boutique) as conn:
        await holds.hold(conn, key="elsewhere", tokens=available - tokens)


async def took(world: World, sending: Sending) -> list[Any]:
    return [row["tokens"] for row in await recipients(world.services, sending)]


async def test_the_rest_is_priced_anew_and_the_hold_is_raised(world: World) -> None:
    sending = await half_sent(world, tokens=50)

    await run(world.services, sending)

    assert set(await states(world.services, sending)) <= ARRIVED
    assert await took(world, sending) == [CHEAP, CHEAP, DEAR, DEAR]
    assert (await campaign(world.services, sending))["status"] in ("sending", "completed")


async def test_where_the_wallet_does_not_reach_it_waits_and_says_why(world: World) -> None:
    # given a wallet that reaches for four cheap messages, and for no dear one beside two
    sending = await half_sent(world, tokens=4 * CHEAP)
    services = world.services
    async with services.database.system_connection() as conn:
        await conn.execute("update boutiques set owner_phone = '+254712000009'")

    # when it goes on
    await run(services, sending)

    # then it waits, for the reason that there is, and the owner hears of both
    row = await campaign(services, sending)
    assert (row["status"], row["status_reason"]) == ("paused", "recategorised")
    notes = [m["body"] for m in await rows(services, "messages") if m["recipient"]]
    assert any("charges its message template as something dearer" in note for note in notes)

    # and after a top-up it goes on to its end
    async with services.database.operator_connection(sending.boutique_id) as conn:
        await wallet.grant(conn, key="more", tokens=2 * DEAR, note="")
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await running.resume(conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id)
    await run(services, sending)
    assert set(await states(services, sending)) <= ARRIVED
    assert await took(world, sending) == [CHEAP, CHEAP, DEAR, DEAR]


async def test_the_rest_is_asked_for_consent_and_frequency_anew(world: World) -> None:
    # given a template that is marketing now, one who said no meanwhile and one written to meanwhile
    sending = await half_sent(world, tokens=50)
    services = world.services
    third, fourth = (await recipients(services, sending))[2:]
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await consents.record(
            conn, customer_id=str(third["customer_id"]), purpose="marketing", granted=False,
            source="whatsapp", words="no offers",
        )  # fmt: skip
        await conn.execute(
            """insert into marketing_contacts (boutique_id, identity, source)
               values (private.current_boutique(), %s, 'another')""",
            (fourth["identity"],),
        )

    await run(services, sending)

    assert (await reasons(services, sending))[2:] == [
        ("skipped", "not_opted_in"),
        ("skipped", "cooldown"),
    ]
    assert (await took(world, sending))[2:] == [None, None]
