"""A job is lost for good: what waited for it is found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from dukani.core.store import payments
from dukani.graph.turn import ring_timer
from dukani.tools.payments import jobs as payment_jobs
from dukani.tools.sweeper import sweep
from tests.journeys.conftest import Newcomer
from tests.journeys.owner import owner_of
from tests.journeys.talk import Talk, order_a_wrap_dress
from tests.wiring import jobs


async def lose_all_jobs(talk: Talk) -> None:
    async with talk.database.system_connection() as conn:
        await conn.execute("delete from jobs.procrastinate_jobs")


async def ring(talk: Talk) -> str:
    """Run the timers that were set off again, and the turn they bring."""
    for job in await jobs(talk.services, "ring_timer"):
        await ring_timer(talk.services, **job["args"])
    return await talk.turn()


async def test_a_quiet_shop_has_no_orphans(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    assert not any((await sweep(talk.services)).values())


async def test_pieces_whose_timer_was_lost_are_given_back(newcomer: Newcomer) -> None:
    # given an order to be paid by hand whose timer is gone
    talk = await newcomer("+255712345678")
    await order_a_wrap_dress(talk, payer="+255712345678")
    await lose_all_jobs(talk)
    await talk.age("stock_reservations", "expires_at", "18 minutes")

    # when somebody looks around
    await sweep(talk.services)
    said = await ring(talk)

    # then it ends as it would have ended
    assert (await talk.order()).number in said
    assert await talk.available("WRAP", "blue", "M") == 4


async def test_a_review_nobody_ends_does_not_hold_pieces_for_ever(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("7777")
    await lose_all_jobs(talk)
    await talk.age("stock_reservations", "expires_at", "23 hours")
    await sweep(talk.services)
    await ring(talk)
    assert await talk.available("WRAP", "blue", "M") == 3

    await talk.age("stock_reservations", "expires_at", "2 hours")
    await sweep(talk.services)
    assert await ring(talk) == ""
    assert await talk.available("WRAP", "blue", "M") == 4
    assert (await talk.order()).payment_status == "needs_review"


async def test_an_attempt_nobody_asks_about_goes_to_review(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await lose_all_jobs(talk)
    await talk.age("payments", "created_at", "46 minutes")

    assert (await sweep(talk.services))["payments"] == 1
    [job] = await jobs(talk.services, "reconcile_payment")
    await payment_jobs.reconcile_payment(talk.services, **job["args"])
    await talk.turn()

    assert (await talk.payment()).status == "needs_review"
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        late = await payments.mark_sending(conn, payment_id=(await talk.payment()).id)
    assert not late


@pytest.mark.parametrize("said", ["7777", "no_answer"])
async def test_what_mpesa_has_not_said_is_asked_every_hour_for_two_days(
    talk: Talk, said: str
) -> None:
    # given a payment under review for want of an answer, and no question to come
    await order_a_wrap_dress(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await payments.mark_pending(
            conn,
            payment_id=(await talk.payment()).id,
            checkout_request_id="ws_CO_1",
            merchant_request_id="m",
        )
    await talk.mpesa(said)
    await lose_all_jobs(talk)
    await talk.age("payments", "created_at", "25 hours")

    # when somebody looks around, again and again
    found = [(await sweep(talk.services))["reviews"] for _ in range(3)]

    # then one question is to come
    assert found == [1, 0, 0]
    [question] = await jobs(talk.services, "reconcile_payment")
    assert question["scheduled_at"] > datetime.now(UTC) + timedelta(minutes=50)

    # and none when it was too long ago
    await lose_all_jobs(talk)
    await talk.age("payments", "created_at", "1 day")
    assert (await sweep(talk.services))["reviews"] == 0


@pytest.mark.parametrize(
    ("table", "kind", "task"),
    [
        ("conversation_events", "conversations", "handle_turn"),
        ("messages", "partitions", "deliver"),
    ],
)
async def test_a_conversation_whose_job_was_lost_goes_on(
    talk: Talk, table: str, kind: str, task: str
) -> None:
    await (talk.write if kind == "conversations" else talk.say)("show me hats")
    await lose_all_jobs(talk)
    assert (await sweep(talk.services))[kind] == 0
    await talk.age(table, "created_at", "3 minutes")
    assert (await sweep(talk.services))[kind] == 1
    assert (await jobs(talk.services, task))[0]["args"]["conversation_id"] == talk.conversation_id
    assert (await sweep(talk.services))[kind] == 0


async def test_an_owner_whose_job_was_lost_is_answered(talk: Talk) -> None:
    owner = owner_of(talk)
    await owner.write("pending")
    assert (await sweep(talk.services))["owners"] == 0
    await talk.age("owner_inbox", "created_at", "3 minutes")
    assert (await sweep(talk.services))["owners"] == 1
    [job] = await jobs(talk.services, "handle_owner_messages")
    assert job["args"] == {"boutique_id": talk.boutique_id}
    assert (await sweep(talk.services))["owners"] == 0


async def test_a_callback_whose_job_was_lost_is_read(talk: Talk) -> None:
    payload: dict[str, Any] = {"Body": {"stkCallback": {"CheckoutRequestID": "ws_1"}}}
    async with talk.database.system_connection() as conn:
        await conn.execute(
            "insert into webhook_events (provider, event_key, kind, payload, created_at)"
            " values ('daraja', 'k', 'payment', %s, now() - interval '3 minutes')",
            (Jsonb(payload),),
        )
    assert (await sweep(talk.services))["callbacks"] == 1
    [job] = await jobs(talk.services, "handle_payment_callback")
    assert job["args"]["payment_id"] is None
