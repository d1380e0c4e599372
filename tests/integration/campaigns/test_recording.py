"""What a provider answered is recorded whatever else happens, and nothing waits in a circle."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaign_runs, sending_paces, wallet
from tests.fakes.providers import FakeProviders, meta_error
from tests.fakes.slow_line import with_slow_line
from tests.integration.campaigns.a_campaign import (
    TOKENS,
    a_sending,
    a_shop,
    all_may_leave_at_once,
    balance,
    reasons,
    run,
    states,
)
from tests.wiring import rows

_WAITING = "select count(*) as waiting from pg_locks where not granted"


async def somebody_waits(services: Services) -> None:
    """Until a transaction waits for another's lock."""
    async with asyncio.timeout(10):
        while True:
            async with services.database.system_connection() as conn:
                row = await (await conn.execute(_WAITING)).fetchone()
            if row is not None and row["waiting"]:
                return
            await asyncio.sleep(0.02)


class _OtherCampaign:
    """A claim of another campaign: it has the number's pace, and takes of the wallet later."""

    def __init__(self, services: Services, boutique: str) -> None:
        self._services, self._boutique = services, boutique
        self._conn: Connection
        self.done: asyncio.Task[None]

    async def begin(self) -> None:
        has_it = asyncio.Event()
        self.done = asyncio.create_task(self._claim(has_it))
        await has_it.wait()

    async def _claim(self, has_it: asyncio.Event) -> None:
        async with self._services.database.tenant_connection(self._boutique) as conn:
            await sending_paces.lock(conn, provider="meta")
            has_it.set()
            await somebody_waits(self._services)
            await wallet.hold(conn, hold="other", key="other", tokens=1, campaign_id=None)


async def test_refusals_and_a_claim_of_another_campaign_do_not_wait_in_a_circle(
    services: Services, providers: FakeProviders
) -> None:
    # given two messages: one fails and gives its tokens back, the other slows the number down
    sending = await a_sending(services, await a_shop(services), customers=2)
    await all_may_leave_at_once(services)
    other = _OtherCampaign(services, sending.boutique_id)
    # The second is answered first, while the first is slow; it is recorded second.
    providers.next = [meta_error(130429, 429), meta_error(130472)]

    # when another campaign claims while they are answered
    await run(with_slow_line(services, providers, other.begin), sending)

    # then neither is aborted
    await other.done
    assert sorted(map(str, await reasons(services, sending))) == [
        "('failed', '130472')", "('planned', '130429')",
    ]  # fmt: skip


async def test_what_was_taken_is_recorded_before_what_was_refused(
    services: Services, providers: FakeProviders
) -> None:
    # given two messages, the second of which is refused
    sending = await a_sending(services, await a_shop(services), customers=2)
    await all_may_leave_at_once(services)
    seen: list[str] = []

    async def somebody_has_the_pace() -> None:
        held = asyncio.Event()

        async def hold() -> None:
            async with services.database.tenant_connection(sending.boutique_id) as conn:
                await sending_paces.lock(conn, provider="meta")
                held.set()
                await somebody_waits(services)
                seen.extend(await states(services, sending))

        tasks.append(asyncio.create_task(hold()))
        await held.wait()

    tasks: list[asyncio.Task[None]] = []
    providers.next = [meta_error(130429, 429)]
    await run(with_slow_line(services, providers, somebody_has_the_pace), sending)
    await asyncio.gather(*tasks)

    # then the one that was taken is known as such while the refusal waits for a lock
    assert sorted(seen) == ["accepted", "posting"]


async def test_all_who_failed_give_their_tokens_and_contacts_back(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_sending(services, await a_shop(services), customers=3)
    providers.next = [meta_error(130472)] * 3
    await run(services, sending)
    assert await states(services, sending) == ["failed"] * 3
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
    contacts = await rows(services, "marketing_contacts")
    assert all(one["released_at"] is not None for one in contacts)


async def test_nobody_waits_to_tell_open_pages(services: Services) -> None:
    # given an occurrence that a job has locked
    sending = await a_sending(services, await a_shop(services))
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await campaign_runs.lock(conn, occurrence_id=sending.occurrence_id)

        # when a status wants to tell, then it does not wait
        async with asyncio.timeout(timedelta(seconds=2).total_seconds()):
            await campaign_runs.tell_soon(
                services.database.at_once(sending.boutique_id),
                occurrence_id=sending.occurrence_id,
            )
