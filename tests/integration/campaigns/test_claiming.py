"""Whatever held when a campaign was planned is asked again when a recipient's turn comes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from dukani.campaigns import frequency
from dukani.campaigns.stopping import move
from dukani.core.services import Services
from dukani.core.store import campaigns, consents, identities, portfolios, suppressed_identities
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    TOKENS,
    a_fan,
    a_sending,
    a_shop,
    all_may_leave_at_once,
    balance,
    by_day,
    campaign,
    reasons,
    recipients,
    run,
    states,
    time_passes,
)
from tests.wiring import jobs, rows, with_settings


async def test_who_may_not_get_it_any_more_is_skipped_and_costs_nothing(
    services: Services, providers: FakeProviders
) -> None:
    # given four who agreed when it was planned
    boutique = await a_shop(services)
    fans = [await a_fan(services, boutique, n) for n in range(4)]
    sending = await a_sending(services, boutique, customers=fans)
    async with services.database.tenant_connection(boutique) as conn:
        for fan, purpose in ((fans[0], "assistant"), (fans[1], "marketing")):
            await consents.record(
                conn,
                customer_id=fan,
                purpose=purpose,  # type: ignore[arg-type]
                granted=False,
                source="whatsapp",
            )
        await suppressed_identities.add(conn, identity=sending.phones[2], reason="unreachable")

    # when it is sent
    await run(services, sending, times=2)

    # then it goes to whom it still may go
    assert await reasons(services, sending) == [
        ("skipped", "opted_out"), ("skipped", "not_opted_in"), ("skipped", "suppressed"),
        ("accepted", None),
    ]  # fmt: skip
    assert len(providers.sent) == 1
    (_, _, _, accepted) = await recipients(services, sending)
    available, held, _ = await balance(services, boutique)
    assert (available, held) == (TOKENS - accepted["tokens"], accepted["tokens"])


async def test_americans_get_no_marketing(services: Services, providers: FakeProviders) -> None:
    boutique = await a_shop(services)
    fan = await a_fan(services, boutique, 1)
    async with services.database.tenant_connection(boutique) as conn:
        await conn.execute("update customers set phone = '+14155550100' where id = %s", (fan,))
    sending = await a_sending(services, boutique, customers=[fan])

    await run(services, sending)

    assert await reasons(services, sending) == [("skipped", "us_number")]


async def test_outside_her_hours_she_waits_for_the_morning(
    services: Services, providers: FakeProviders
) -> None:
    # given a campaign whose hours are over for today
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, opens="09:00", closes="09:00:01")

    await run(services, sending)

    # then she waits, and so does the job
    (waiting,) = await recipients(services, sending)
    assert (waiting["state"], providers.sent) == ("planned", [])
    assert waiting["due_at"] > datetime.now(UTC)
    (_, later) = await jobs(services, "send_campaign")
    assert later["scheduled_at"] > datetime.now(UTC) + timedelta(minutes=1)


async def test_nobody_gets_two_campaigns_in_five_days_whichever_claims_first(
    services: Services, providers: FakeProviders
) -> None:
    # given two campaigns to the same five people
    boutique = await a_shop(services)
    fans = [await a_fan(services, boutique, n) for n in range(5)]
    one = await a_sending(services, boutique, customers=fans)
    other = await a_sending(services, boutique, customers=fans)

    # when both are sent at once
    await asyncio.gather(run(services, one), run(services, other))
    await time_passes(services, timedelta(seconds=10))  # the number's pace
    await asyncio.gather(run(services, one), run(services, other))

    # then each person has one of them
    assert sorted(f"+{sent['to']}" for sent in providers.sent) == sorted(one.phones)
    told = [*await reasons(services, one), *await reasons(services, other)]
    assert sorted(map(str, told)) == ["('accepted', None)"] * 5 + ["('skipped', 'cooldown')"] * 5


async def test_a_contact_is_reserved_once_and_given_back(services: Services) -> None:
    boutique = await a_shop(services, tokens=0)

    async def wants(source: str) -> frequency.TooOften | None:
        async with services.database.tenant_connection(boutique) as conn:
            verdicts = await frequency.reserve(conn, [(source, "+254712000001")])
            await asyncio.sleep(0.05)  # the other has time to look
        return verdicts[source]

    # when two rooms want the same person at once, then one gets her
    got = await asyncio.gather(wants("campaign_recipient:1"), wants("automation_run:1"))
    assert sorted(map(str, got)) == ["None", "cooldown"]

    # and once it is given back, the other may
    winner = "campaign_recipient:1" if got[0] is None else "automation_run:1"
    async with services.database.tenant_connection(boutique) as conn:
        await frequency.release(conn, [winner])
    assert await wants("campaign_recipient:2") is None
    assert await wants("campaign_recipient:2") is None  # it keeps what it has


async def test_a_portfolio_begins_with_so_many_people_a_day_over_all_its_numbers(
    services: Services, providers: FakeProviders
) -> None:
    # given two boutiques with numbers of one portfolio, which may begin with three people a day
    first = await a_shop(services)
    second = await a_shop(services, account="100000000000902")
    async with services.database.system_connection() as conn:
        await conn.execute("update provider_credentials set portfolio = 'p', users_per_day = 3")
    one = await a_sending(services, first, customers=2)
    two = await a_sending(services, second, customers=[
        await a_fan(services, second, n) for n in (7, 8, 9)
    ])  # fmt: skip

    await run(services, one)
    await run(services, two)

    # then two and one are sent, and the rest wait
    assert len(providers.sent) == 3
    assert sorted(await states(services, two)) == ["accepted", "planned", "planned"]


async def test_a_portfolio_that_is_full_is_asked_again_when_it_frees_and_not_before(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    # given a portfolio of two people a day, both begun with hours apart
    services = with_settings(services, campaigns={"users_per_day": 2})
    sending = await a_sending(services, await a_shop(services), customers=5)
    await all_may_leave_at_once(services)
    await run(services, sending)
    users_began(superuser_url, timedelta(hours=23, minutes=40), timedelta(hours=5))

    # when its jobs run, then nobody is touched, and the next look is when the first one leaves
    before = await recipients(services, sending)
    contacts = await rows(services, "marketing_contacts")
    await all_may_leave_at_once(services)
    await run(services, sending)
    assert len(providers.sent) == 2
    assert await recipients(services, sending) == before
    assert await rows(services, "marketing_contacts") == contacts
    next_look = (await jobs(services, "send_campaign"))[-1]["scheduled_at"]
    assert timedelta(minutes=19) < next_look - datetime.now(UTC) < timedelta(minutes=21)

    # and then one may be begun with, and no more
    users_began(superuser_url, timedelta(hours=24, minutes=1), timedelta(hours=5, minutes=20))
    await all_may_leave_at_once(services)
    await run(services, sending)
    assert len(providers.sent) == 3


async def test_a_portfolio_whose_tier_was_lowered_waits_until_enough_have_left(
    services: Services, superuser_url: str
) -> None:
    # given four people of a day, and a tier of two since
    boutique = await a_shop(services)
    hours = [timedelta(hours=n) for n in (23, 12, 6, 1)]
    async with services.database.tenant_connection(boutique) as conn:
        await portfolios.reserve_users(
            conn, provider="meta", identities=["a", "b", "c", "d"], users_per_day=4
        )
    users_began(superuser_url, *hours)

    async with services.database.tenant_connection(boutique) as conn:
        room = await portfolios.room(conn, provider="meta", users_per_day=2)

    # then one may be begun with when three of them have left
    assert room is not None and room.free_at is not None
    wait = room.free_at - datetime.now(UTC)
    assert timedelta(hours=17, minutes=59) < wait < timedelta(hours=18, minutes=1)


def users_began(superuser_url: str, *ago: timedelta) -> None:
    """The portfolio's users, the first of them so long ago."""
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            """with numbered as (
                 select identity, row_number() over (order by identity) as n
                 from private.portfolio_users)
               update private.portfolio_users u set last_at = now() - (%s::interval[])[n]
               from numbered where numbered.identity = u.identity""",
            (list(ago),),
        )


async def test_the_tier_of_a_number_without_its_own_is_a_setting(
    services: Services, providers: FakeProviders
) -> None:
    services = with_settings(services, campaigns={"users_per_day": 1})
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=3)
    await run(services, sending)
    assert len(providers.sent) == 1


async def test_the_campaigns_pace_is_held_over_its_jobs(
    services: Services, providers: FakeProviders
) -> None:
    # given six recipients at sixty a minute
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=6, per_minute=60)

    await run(services, sending, times=3)
    assert len(providers.sent) == 1

    # when five seconds pass, then five more may leave
    await time_passes(services, timedelta(seconds=5))
    await run(services, sending)
    assert len(providers.sent) in (5, 6)


async def test_two_jobs_at_once_send_each_one_once(
    services: Services, providers: FakeProviders
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=30)

    # The number's pace lets no more leave at once; a slow machine needs more rounds.
    for _ in range(50):
        await asyncio.gather(*(run(services, sending) for _ in range(4)))
        if "planned" not in await states(services, sending):
            break
        await asyncio.sleep(0.1)

    assert sorted(f"+{sent['to']}" for sent in providers.sent) == sorted(sending.phones)


async def test_two_recipients_who_became_one_customer_get_one_message(
    services: Services, providers: FakeProviders
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=2)
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update campaign_recipients set customer_id =
                 (select customer_id from campaign_recipients order by id limit 1)"""
        )

    for _ in range(3):
        await run(services, sending)

    assert len(providers.sent) == 1
    found = await recipients(services, sending)
    assert sorted(str(one["reason"]) for one in found) == ["None", "merged"]


async def test_a_job_of_a_former_chain_stops(services: Services, providers: FakeProviders) -> None:
    from dukani.campaigns.dispatch import send_campaign

    boutique = await a_shop(services)
    sending = await a_sending(services, boutique)
    await send_campaign(
        services, boutique_id=boutique, occurrence_id=sending.occurrence_id, chain=0
    )
    assert providers.sent == []


@pytest.mark.parametrize("act", ["pause", "cancel"])
async def test_whoever_stops_it_stops_it_at_the_next_claim(
    services: Services, providers: FakeProviders, act: str
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique)
    async with services.database.tenant_connection(boutique) as conn:
        assert await move(conn, act, campaign_id=sending.campaign_id)  # type: ignore[arg-type]

    await run(services, sending)

    assert (providers.sent, await states(services, sending)) == ([], ["planned"])


async def test_a_template_that_is_not_approved_any_more_halts_it_and_the_owner_is_told(
    services: Services, providers: FakeProviders
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique)
    async with services.database.system_connection() as conn:
        await conn.execute("update message_templates set status = 'paused'")

    await run(services, sending)

    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == ("paused", "template_unapproved")
    assert await states(services, sending) == ["planned"]
    assert len(await jobs(services, "deliver")) == 1  # the note to the owner


async def test_without_tokens_nothing_is_sent_and_it_is_a_draft_again(
    services: Services, providers: FakeProviders
) -> None:
    boutique = await a_shop(services, tokens=0)
    sending = await a_sending(services, boutique, customers=2)

    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == ("draft", "not_enough_tokens")
    assert (await recipients(services, sending), providers.sent) == ([], [])
    async with services.database.tenant_connection(boutique) as conn:
        assert await campaigns.remove(conn, campaign_id=sending.campaign_id)


async def test_who_changed_her_number_since_it_was_planned_is_counted_by_the_new_one(
    services: Services,
) -> None:
    # given a recipient who got another campaign yesterday, and a new number since
    boutique = await a_shop(services)
    fan = await a_fan(services, boutique, 0)
    sending = await a_sending(services, boutique, customers=[fan])
    async with services.database.tenant_connection(boutique) as conn:
        await frequency.reserve(conn, [("campaign_recipient:another", sending.phones[0])])
        await identities.move(
            conn,
            phone=sending.phones[0],
            wa_user_id=None,
            new_phone=by_day(7),
            new_wa_user_id=None,
        )

    # when it is sent
    await run(services, sending)

    # then it is too soon
    assert await reasons(services, sending) == [("skipped", "cooldown")]
    assert [row["identity"] for row in await recipients(services, sending)] == [by_day(7)]
