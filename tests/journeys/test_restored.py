"""A chat in which something was under way when its backup was taken, after the restore."""

from __future__ import annotations

import pytest

from dukani.core.store import boutiques, platform_pauses
from dukani.graph.turn import ring_timer
from dukani.tools.payments import jobs as payment_jobs
from dukani.tools.platform_pausing import resume, resume_restored
from dukani.tools.sweeper import sweep
from tests.factories import a_boutique
from tests.journeys.owner import owner_of
from tests.journeys.talk import Talk, order_a_wrap_dress
from tests.restoring import rest
from tests.wiring import jobs


async def states(talk: Talk, *, after: int = 0) -> list[tuple[str, str | None]]:
    """Status and code of what the assistant said to the customer since."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            """select status, error_code from messages
               where conversation_id = %s and direction = 'out' and seq > %s order by seq""",
            (talk.conversation_id, after),
        )
        return [(row["status"], row["error_code"]) for row in await cursor.fetchall()]


async def go_on(talk: Talk) -> None:
    async with talk.database.operator_connection(talk.boutique_id) as conn:
        await resume(conn, provider=None)


async def test_what_mpesa_tells_after_the_restore_counts_and_is_told_to_nobody_twice(
    talk: Talk, superuser_url: str
) -> None:
    # given an order whose prompt was on the phone when the backup was taken
    await order_a_wrap_dress(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            """update payments set status = 'pending', checkout_request_id = 'ws_CO_1'
               where status in ('requested', 'sending')"""
        )
    assert rest(superuser_url).prompts == 0
    before = await talk._last_seq()

    # when M-Pesa tells the restored installation that it was paid
    await talk.mpesa("0")

    # then the order is paid and the owner knows; the customer has read it from the old one
    assert (await talk.order()).payment_status == "paid"
    assert "DK-" in (await talk.owner_notes())[-1]
    assert set(await states(talk, after=before)) == {("failed", "restored")}


async def test_a_prompt_that_may_have_been_pushed_is_never_pushed_again(
    talk: Talk, superuser_url: str
) -> None:
    # given a prompt that was owed to the phone
    await order_a_wrap_dress(talk)
    payment = await talk.payment()

    # when the backup is restored, and everything that looks around has looked
    assert rest(superuser_url).prompts == 1
    await sweep(talk.services)

    # then a person decides, and a job that was forgotten pushes nothing
    assert await jobs(talk.services, "push_payment") == []
    assert (await talk.payment()).review_reason == "unknown_result"
    assert (await talk.order()).payment_status == "needs_review"
    await payment_jobs.push_payment(
        talk.services, boutique_id=talk.boutique_id, payment_id=payment.id
    )
    assert (await talk.payment()).status == "needs_review"


async def test_a_customer_who_was_not_answered_in_the_backup_is_not_answered_twice(
    talk: Talk, superuser_url: str
) -> None:
    # given a message that no turn had handled yet
    await talk.write("show me hats")
    rest(superuser_url)

    # when the sweeper finds it
    await talk.age("conversation_events", "created_at", "3 minutes")
    assert (await sweep(talk.services))["conversations"] == 1
    await talk.turn()

    # then what the assistant would say does not leave
    assert set(await states(talk)) == {("failed", "restored")}

    # and whoever writes to the restored shop is told that it is paused, and later answered
    before = await talk._last_seq()
    await talk.say("anybody there?")
    assert ("failed", "restored") not in await states(talk, after=before)
    await go_on(talk)
    assert "Hat" in await talk.say("show me hats")


async def test_pieces_of_an_open_order_wait_until_the_owner_has_looked(
    talk: Talk, superuser_url: str
) -> None:
    # given an order that waits for its money, whose reservation was about to end
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await talk.say("send it again")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute("update payments set status = 'pending' where status = 'requested'")
    await talk.age("stock_reservations", "expires_at", "1 hour")
    assert rest(superuser_url).reservations == 1
    before = await talk._last_seq()

    # when the sweeper looks, then nobody's pieces are given away
    assert (await sweep(talk.services))["reservations"] == 0
    assert await talk.available("WRAP", "blue", "M") == 3

    # and a day later the shop tells the customer nothing of then, though it goes on
    await go_on(talk)
    await talk.age("stock_reservations", "expires_at", "25 hours")
    await talk.age("conversations", "last_inbound_at", "25 hours")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute("update payments set status = 'failed' where status = 'pending'")
    await sweep(talk.services)
    for job in await jobs(talk.services, "ring_timer"):
        await ring_timer(talk.services, **job["args"])
    await talk.turn()
    assert [state for state, _ in await states(talk, after=before)] in ([], ["failed"])


async def test_what_the_owner_asked_for_is_not_done_again(talk: Talk, superuser_url: str) -> None:
    owner = owner_of(talk)
    await owner.write("stock WRAP 9")
    rest(superuser_url)

    await talk.age("owner_inbox", "created_at", "3 minutes")

    assert (await sweep(talk.services))["owners"] == 0


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Restored from the backup of"), ("sw", "Imerejeshwa")]
)
async def test_an_owner_reads_why_her_shop_is_paused(
    talk: Talk, superuser_url: str, language: str, said: str
) -> None:
    async with talk.database.system_connection() as conn:
        await conn.execute("update boutiques set language = %s", (language,))

    rest(superuser_url)

    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        [pause] = await platform_pauses.open_ones(conn)
    assert said in pause.reason
    assert "2026-11-28 02:00 UTC" in pause.reason


async def test_a_shop_that_was_paused_before_stays_so(talk: Talk, superuser_url: str) -> None:
    # given a shop that the platform had paused when the backup was taken, and another
    other = await a_boutique(talk.database)
    async with talk.database.operator_connection(other) as conn:
        await platform_pauses.begin(conn, provider=None, reason="Not paid")
    assert rest(superuser_url).boutiques == 2

    # when both are let go on
    async with talk.database.system_connection() as conn:
        found = await platform_pauses.restored(conn, slug=None)
    for pause in found:
        async with talk.database.operator_connection(pause.boutique_id) as conn:
            await resume_restored(conn, pause)

    # then that one is paused as it was, and the talk's is not
    async with talk.database.system_connection() as conn:
        theirs = await boutiques.get(conn, boutique_id=other)
        mine = await boutiques.get(conn, boutique_id=talk.boutique_id)
        assert await platform_pauses.restored(conn, slug=None) == []
    assert theirs is not None and theirs.restored_at is None
    assert theirs.stopped_since() is not None
    assert mine is not None and mine.stopped_since() is None
