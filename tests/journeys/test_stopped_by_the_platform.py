"""A shop that the platform has paused: nobody meets silence, and what is under way is settled."""

from __future__ import annotations

import pytest

from dukani.core.store import boutiques, platform_pauses
from tests.journeys.owner import owner_of
from tests.journeys.talk import Talk, order_a_wrap_dress

NO_NEW_ORDERS = "not taking new orders"


async def stop(talk: Talk, provider: str | None = None) -> None:
    async with talk.database.operator_connection(talk.boutique_id) as conn:
        assert await platform_pauses.begin(conn, provider=provider, reason="Not paid")  # type: ignore[arg-type]


async def go_on(talk: Talk, provider: str | None = None) -> None:
    async with talk.database.operator_connection(talk.boutique_id) as conn:
        assert await platform_pauses.end(conn, provider=provider)  # type: ignore[arg-type]


async def provider_of(talk: Talk) -> str:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select provider from conversations limit 1")
        row = await cursor.fetchone()
    assert row is not None
    return str(row["provider"])


@pytest.mark.parametrize("whole", [True, False], ids=["boutique", "channel"])
async def test_a_customer_is_told_once_that_a_person_answers(talk: Talk, whole: bool) -> None:
    # given a customer who is in the middle of a talk
    await talk.say("hello")
    provider = None if whole else await provider_of(talk)

    # when the platform pauses the shop, or the channel she writes by
    await stop(talk, provider)
    said = [await talk.say("show me hats"), await talk.say("anybody there?")]

    # then she is told once, kindly, and the owner gets her words
    assert NO_NEW_ORDERS in said[0] and "in person" in said[0]
    assert said[1] == ""
    assert "anybody there?" in (await talk.owner_notes())[-1]

    # and afterwards the assistant answers again
    await go_on(talk, provider)
    assert "Hat" in await talk.say("show me hats")


async def test_another_channels_pause_changes_nothing_on_this_one(talk: Talk) -> None:
    await talk.say("hello")
    other = "meta" if await provider_of(talk) == "twilio" else "twilio"
    await stop(talk, other)

    assert "Hat" in await talk.say("show me hats")


async def test_a_payment_in_flight_is_settled_and_told(talk: Talk) -> None:
    # given an order whose prompt is on the phone
    await order_a_wrap_dress(talk)

    # when the platform pauses the shop, and then the customer pays
    await stop(talk)
    said = await talk.mpesa("0")

    # then the order is paid, and she is told so
    assert (await talk.order()).payment_status == "paid"
    assert "DK-" in said


async def test_the_owners_pause_within_the_platforms_is_told_no_second_time(talk: Talk) -> None:
    await stop(talk)
    assert NO_NEW_ORDERS in await talk.say("hello")

    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await boutiques.pause(conn, paused=True)
    assert await talk.say("hello?") == ""

    # when the platform's ends first, she is told once more, of the owner's, which still holds
    await go_on(talk)
    assert "in person" in await talk.say("hello again")
    assert await talk.say("and now?") == ""


async def test_an_owner_who_resumes_reads_who_paused_the_shop(talk: Talk) -> None:
    await stop(talk)

    said = await owner_of(talk).say("resume")

    assert "only Dukani can lift" in said
