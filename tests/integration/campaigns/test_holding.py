"""A hold is raised to what is left to pay, and a campaign that ran out goes on to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dukani.campaigns import running
from dukani.campaigns.wallet import NotEnoughTokens
from dukani.core.services import Services
from dukani.core.store import wallet
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    Sending,
    a_sending,
    a_shop,
    balance,
    campaign,
    prices_rise,
    recipients,
    run,
    states,
    time_passes,
    top_up,
)
from tests.wiring import jobs, rows

WEEKLY = "FREQ=WEEKLY;BYDAY=FR"


async def resumed(services: Services, sending: Sending) -> running.Resumed:
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        return await running.resume(
            conn, boutique_id=sending.boutique_id, campaign_id=sending.campaign_id
        )


async def told_to_the_owner(services: Services) -> list[str]:
    return [row["body"] for row in await rows(services, "messages") if not row["conversation_id"]]


async def run_to_the_end(services: Services, sending: Sending) -> None:
    for _ in range(6):
        await time_passes(services, timedelta(minutes=2))  # for the paces of campaign and number
        await run(services, sending)


async def test_a_campaign_that_ran_out_of_tokens_goes_on_to_its_very_end(
    services: Services, providers: FakeProviders
) -> None:
    # given ten recipients whose tokens are held, and prices that rise over what the wallet has
    boutique = await a_shop(services, tokens=0)
    await top_up(services, boutique, 30)
    sending = await a_sending(services, boutique, customers=10)
    await prices_rise(services, 6)

    # when it is sent
    await run_to_the_end(services, sending)

    # then as many get it as the whole wallet pays for, and it waits for more tokens
    paid = 30 // 6
    assert sorted(await states(services, sending)) == (
        ["accepted"] * paid + ["planned"] * (10 - paid)
    )
    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == ("paused", "no_tokens")
    assert len(await told_to_the_owner(services)) == 1

    # when tokens are bought and it is resumed, then everybody gets it once
    await top_up(services, boutique, 60)
    assert (await resumed(services, sending)).tokens_short == 0
    await run_to_the_end(services, sending)
    assert await states(services, sending) == ["accepted"] * 10
    assert sorted(f"+{one['to']}" for one in providers.sent) == sorted(sending.phones)
    assert {row["tokens"] for row in await recipients(services, sending)} == {6}
    assert (await balance(services, boutique))[1] == 60


async def test_a_wallet_that_reaches_for_some_sends_to_some_and_says_how_many_are_short(
    services: Services, providers: FakeProviders
) -> None:
    # given four recipients, paused when prices rise
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=4)
    await _pause(services, sending)
    available, held, _ = await balance(services, boutique)
    async with services.database.tenant_connection(boutique) as conn:
        await wallet.hold(conn, hold="other", key="other", tokens=available, campaign_id=None)
    await prices_rise(services, held)

    # when it is resumed with one message's tokens for four
    assert (await resumed(services, sending)).tokens_short == 3 * held
    await run_to_the_end(services, sending)

    # then one is sent, and it waits
    assert sorted(await states(services, sending)) == ["accepted"] + ["planned"] * 3
    assert (await campaign(services, sending))["status_reason"] == "no_tokens"

    # when there is less than one message's, then it is refused, and says what is lacking
    with pytest.raises(NotEnoughTokens) as refused:
        await resumed(services, sending)
    assert (refused.value.available, refused.value.needed) == (0, 3 * held)
    assert (await campaign(services, sending))["status"] == "paused"


async def _pause(services: Services, sending: Sending) -> None:
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await running.pause(conn, campaign_id=sending.campaign_id)


async def test_one_that_recurs_keeps_its_rule_when_its_hour_comes_without_tokens(
    services: Services, providers: FakeProviders
) -> None:
    # given a weekly campaign whose hour comes with an empty wallet
    boutique = await a_shop(services, tokens=0)
    sending = await a_sending(services, boutique, customers=2, rule=WEEKLY)

    # then it is paused and not a draft, its owner hears it once, and its next hour stays
    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == ("paused", "no_tokens")
    assert found["next_at"] is not None
    assert len(await told_to_the_owner(services)) == 1

    # when tokens are bought and it is resumed, then this week's is sent, and next week's waits
    await top_up(services, boutique, 100)
    await resumed(services, sending)
    await run(services, sending, times=2)
    assert await states(services, sending) == ["accepted"] * 2
    after = await campaign(services, sending)
    assert (after["status"], after["next_at"]) == ("scheduled", found["next_at"])


@pytest.mark.parametrize("lacking", ["template_unapproved", "set_up"])
async def test_one_that_recurs_keeps_its_rule_without_a_template_or_a_number(
    services: Services, providers: FakeProviders, lacking: str
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, customers=2, rule=WEEKLY)
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update message_templates set status = 'paused'"
            if lacking == "template_unapproved"
            else "update provider_credentials set active = false"
        )

    await run(services, sending, times=2)

    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == ("paused", lacking)
    assert found["next_at"] is not None
    assert len(await told_to_the_owner(services)) == 1
    assert await states(services, sending) == ["planned"] * 2


async def test_one_that_was_paused_while_its_recipients_were_written_goes_on(
    services: Services,
) -> None:
    boutique = await a_shop(services)
    sending = await a_sending(services, boutique, begins=False)
    await _pause(services, sending)

    await resumed(services, sending)

    assert len(await jobs(services, "begin_campaign")) == 1
