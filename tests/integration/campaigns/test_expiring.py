"""What a provider took and told nothing of for a month costs nothing, until it is told of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dukani.campaigns.clock import look_after_campaigns
from dukani.core.services import Services
from dukani.core.store import wallet_statement
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    TOKENS,
    Sending,
    a_sending,
    a_shop,
    balance,
    recipients,
    run,
    states,
    time_passes,
)
from tests.integration.campaigns.test_dispatch import a_status
from tests.ledger import assert_adds_up
from tests.wiring import Caller

A_MONTH = timedelta(days=31)


async def one_under_way(services: Services) -> tuple[Sending, int]:
    """A campaign to one customer, whose message was taken; and what it costs."""
    sending = await a_sending(services, await a_shop(services))
    await run(services, sending, times=2)
    ((tokens),) = [one["tokens"] for one in await recipients(services, sending)]
    assert await balance(services, sending.boutique_id) == (TOKENS - tokens, tokens, 0)
    return sending, int(tokens)


async def kinds(services: Services, boutique: str) -> list[str]:
    async with services.database.tenant_connection(boutique) as conn:
        moves = await wallet_statement.page(
            conn, which="messages", campaign_id=None, after=None, limit=10
        )
    return [move.kind for move in moves]


@pytest.mark.parametrize("told", ["", "sent"])
async def test_tokens_of_a_message_without_a_status_come_back_after_a_month(
    services: Services, caller: Caller, providers: FakeProviders, superuser_url: str, told: str
) -> None:
    # given a message of which nothing more was told than that it left
    sending, _ = await one_under_way(services)
    if told:
        await caller.meta(a_status(providers.sent[0], told))
    await time_passes(services, A_MONTH - timedelta(days=2))
    await look_after_campaigns(services)
    assert await kinds(services, sending.boutique_id) == ["accept"]

    # when a month is over, however often it is looked at
    await time_passes(services, timedelta(days=2))
    for _ in range(2):
        await look_after_campaigns(services)

    # then it is the boutique's again, under a name of its own, and she stays as far as she came
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
    assert await kinds(services, sending.boutique_id) == ["expire", "accept"]
    assert await states(services, sending) == [told or "accepted"]
    assert_adds_up(superuser_url, sending.boutique_id)


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [
        (("delivered", "read", "delivered"), ["late", "expire", "accept"]),
        (("sent", "failed"), ["expire", "accept"]),
        (("failed", "read"), ["late", "expire", "accept"]),
    ],
)
async def test_what_is_told_after_that_counts_once(
    services: Services,
    caller: Caller,
    providers: FakeProviders,
    superuser_url: str,
    statuses: tuple[str, ...],
    moves: list[str],
) -> None:
    sending, tokens = await one_under_way(services)
    await time_passes(services, A_MONTH)
    await look_after_campaigns(services)

    for status in statuses:
        error = {"errors": [{"code": 131000, "title": "no"}]} if status == "failed" else {}
        await caller.meta(a_status(providers.sent[0], status, **error))
    await look_after_campaigns(services)

    spent = tokens if "late" in moves else 0
    assert await balance(services, sending.boutique_id) == (TOKENS - spent, 0, spent)
    assert await kinds(services, sending.boutique_id) == moves
    assert_adds_up(superuser_url, sending.boutique_id)


async def test_what_was_told_of_in_time_stays_as_it_is(
    services: Services, caller: Caller, providers: FakeProviders
) -> None:
    sending, tokens = await one_under_way(services)
    await caller.meta(a_status(providers.sent[0], "delivered"))
    await time_passes(services, A_MONTH)

    await look_after_campaigns(services)

    assert await balance(services, sending.boutique_id) == (TOKENS - tokens, 0, tokens)
