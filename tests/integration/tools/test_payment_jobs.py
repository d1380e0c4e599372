"""The jobs around a payment: pushed once, believed with reason, asked about when silent."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from dukani.core.crypto import SecretBox, new_key
from dukani.core.services import Services
from dukani.core.store import credentials, payments, webhook_events
from dukani.core.store.payments import Payment
from dukani.tools.payments import jobs as payment_jobs
from dukani.tools.payments import settlement
from dukani.tools.payments.judgement import Result
from dukani.tools.payments.questions import LAST_QUESTION
from tests.factories import a_boutique
from tests.fakes.daraja import FakeDaraja, accepted, ended, refused, still_running, stk_callback
from tests.wiring import jobs, rows


async def push(services: Services, payment: Payment) -> Payment:
    await payment_jobs.push_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id
    )
    return await again(services, payment)


async def again(services: Services, payment: Payment) -> Payment:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        found = await payments.get(conn, payment_id=payment.id)
    assert found is not None
    return found


async def told(services: Services, payment: Payment) -> list[dict[str, Any]]:
    """The payment results waiting in the conversation's partition."""
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        cursor = await conn.execute(
            "select payload from conversation_events where kind = 'payment_result' order by id"
        )
        return [row["payload"] for row in await cursor.fetchall()]


async def settle_all(services: Services, payment: Payment) -> None:
    """Settles each result that was told, as the conversation's turn does."""
    for result in await told(services, payment):
        async with services.database.tenant_connection(payment.boutique_id) as conn:
            await settlement.settle(
                conn,
                boutique_id=payment.boutique_id,
                payment_id=payment.id,
                result=Result(
                    result["code"],
                    amount_minor=result["amount_minor"],
                    receipt=result["receipt"],
                    unread=result["unread"],
                ),
            )


async def callback(
    services: Services, body: dict[str, Any], *, at: Payment | None, by: str = "its job"
) -> str:
    """A stored callback that came to a payment's own address, or to none; what became of it.

    `by`: "its job", or "the sweeper" where that was lost, whose job names no payment.
    """
    async with services.database.system_connection() as conn:
        event_id = await webhook_events.store(
            conn,
            provider="daraja",
            event_key=str(body),
            kind="payment",
            payload=body,
            envelope={"payment_id": at.id if at else None},
        )
    assert event_id is not None
    named = at.id if at and by == "its job" else None
    await payment_jobs.handle_payment_callback(
        services, webhook_event_id=event_id, payment_id=named
    )
    async with services.database.system_connection() as conn:
        event = await webhook_events.get(conn, event_id=event_id)
    assert event is not None
    return event.outcome


async def test_a_push_asks_for_the_orders_total_and_waits(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    pushed = await push(services, payment)
    [body] = daraja.pushes
    assert (body["Amount"], body["PhoneNumber"]) == (4500, "254712300001")
    assert body["CallBackURL"].endswith(f"/webhook/daraja/{payment.callback_token}")
    assert (pushed.status, pushed.checkout_request_id) == ("pending", "ws_CO_1")
    [question] = await jobs(services, "reconcile_payment")
    assert question["scheduled_at"] > datetime.now(UTC)
    assert question["args"]["step"] == 0


async def test_a_push_that_runs_again_after_a_crash_asks_instead_of_pushing(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    # given a worker that died after claiming the attempt
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        assert await payments.mark_sending(conn, payment_id=payment.id)

    # when the job runs again, twice
    await push(services, payment)
    waiting = await push(services, payment)

    # then nobody was prompted, and M-Pesa will be asked
    assert daraja.pushes == []
    assert waiting.status == "pending"
    assert len(await jobs(services, "reconcile_payment")) == 1


async def test_an_unclear_push_stays_pending_and_is_never_repeated(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    daraja.next_push.append(httpx.ReadTimeout("no answer"))
    await push(services, payment)
    waiting = await push(services, payment)
    assert len(daraja.pushes) == 1
    assert (waiting.status, waiting.checkout_request_id) == ("pending", None)
    assert await told(services, payment) == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [(refused(), "refused"), (httpx.ConnectError("down"), "unavailable")],
)
async def test_a_push_that_certainly_failed_is_told_to_the_conversation(
    services: Services, payment: Payment, daraja: FakeDaraja, answer: Any, code: str
) -> None:
    daraja.next_push.append(answer)
    await push(services, payment)
    [result] = await told(services, payment)
    assert (result["payment_id"], result["code"]) == (payment.id, code)


async def test_a_push_refused_once_is_not_tried_again_by_the_same_job(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    daraja.next_push.append(httpx.ConnectError("down"))
    await push(services, payment)
    await push(services, payment)
    assert len(await told(services, payment)) == 1
    assert len(daraja.pushes) == 1


async def test_a_worker_that_dies_before_the_prompt_leaves_the_push_to_the_next(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    # given a worker that dies while it gets its token
    daraja.next_token.append(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await push(services, payment)
    assert (await again(services, payment)).status == "requested"

    # when the job runs again
    pushed = await push(services, payment)

    # then she is prompted, once
    assert len(daraja.pushes) == 1
    assert pushed.status == "pending"


async def test_a_claim_to_have_paid_a_prompt_without_an_id_is_for_people(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    # given a push nobody heard the answer of: M-Pesa cannot be asked about it
    daraja.next_push.append(httpx.ReadTimeout("no answer"))
    await push(services, payment)

    # when she says that she has paid
    await payment_jobs.check_payment_now(
        services, boutique_id=payment.boutique_id, payment_id=payment.id
    )

    # then it is looked at now, not in half an hour
    assert [result["code"] for result in await told(services, payment)] == ["no_answer"]


async def test_a_callback_to_the_payments_own_address_is_believed(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    body = stk_callback("ws_CO_1", amount=4500.0, receipt="QGH7X1Y2Z3")
    assert await callback(services, body, at=payment) == "handled"
    [result] = await told(services, payment)
    assert (result["code"], result["amount_minor"], result["receipt"]) == (
        "0", 450000, "QGH7X1Y2Z3",
    )  # fmt: skip
    assert daraja.queries == []


async def test_an_amount_is_read_in_the_orders_currency(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    # given an order in shillings that have no cents
    async with services.database.system_connection() as conn:
        await conn.execute("update orders set currency = 'UGX' where id = %s", (payment.order_id,))

    # when its whole sum is paid
    body = stk_callback("ws_CO_1", amount=450_000)
    assert await callback(services, body, at=payment) == "handled"

    # then that is what came in, and not a hundredfold
    [result] = await told(services, payment)
    assert result["amount_minor"] == payment.amount_minor == 450_000


async def test_a_callback_without_the_token_counts_once_daraja_confirms(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    daraja.next_query.append(ended("0"))
    body = stk_callback("ws_CO_1", amount=4500.0)
    assert await callback(services, body, at=None) == "handled"
    assert [r["code"] for r in await told(services, payment)] == ["0"]


@pytest.mark.parametrize("claimed", [4500.0, 10.0])
async def test_what_daraja_confirms_counts_without_the_receipt_that_nobody_proved(
    services: Services, payment: Payment, daraja: FakeDaraja, claimed: float
) -> None:
    # given a prompt that was paid, and a callback to no address of ours, with a receipt made up
    await push(services, payment)
    daraja.next_query.append(ended("0"))
    forged = stk_callback("ws_CO_1", amount=claimed, receipt="QFORGED000")
    assert await callback(services, forged, at=None) == "handled"

    # when that is settled, and then what comes to the payment's own address
    await settle_all(services, payment)
    unproven = await again(services, payment)
    await callback(services, stk_callback("ws_CO_1", amount=4500.0), at=payment)
    await settle_all(services, payment)

    # then the money counts at once, and its receipt is the proven one
    assert (unproven.status, unproven.receipt, unproven.received_minor) == ("succeeded", None, None)
    proven = await again(services, payment)
    assert (proven.status, proven.receipt, proven.received_minor, proven.review_reason) == (
        "succeeded", "QGH7X1Y2Z3", 450000, None,
    )  # fmt: skip
    written = [row["details"]["receipt"] for row in await rows(services, "audit_log")
               if row["action"].startswith("payment_")]  # fmt: skip
    assert "QFORGED000" not in written


async def test_a_proven_callback_is_believed_though_its_job_was_lost(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    body = stk_callback("ws_CO_1", amount=4500.0, receipt="QGH7X1Y2Z3")
    assert await callback(services, body, at=payment, by="the sweeper") == "handled"
    assert [r["receipt"] for r in await told(services, payment)] == ["QGH7X1Y2Z3"]
    assert daraja.queries == []


async def test_a_proven_callback_finds_a_prompt_whose_answer_was_lost_too(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    # given a prompt of which M-Pesa's own number is not known
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        assert await payments.mark_sending(conn, payment_id=payment.id)

    # when
    body = stk_callback("ws_CO_1", amount=4500.0, receipt="QGH7X1Y2Z3")
    outcome = await callback(services, body, at=payment, by="the sweeper")

    # then
    assert outcome == "handled"
    assert [r["receipt"] for r in await told(services, payment)] == ["QGH7X1Y2Z3"]


async def test_a_callback_nobody_confirms_moves_no_money(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    daraja.next_query.append(still_running())
    body = stk_callback("ws_CO_1", amount=4500.0)
    assert await callback(services, body, at=None) == "unconfirmed"
    assert await told(services, payment) == []


async def test_a_forged_success_is_answered_with_what_daraja_says(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    daraja.next_query.append(ended("1032"))
    await callback(services, stk_callback("ws_CO_1", amount=4500.0), at=None)
    assert [r["code"] for r in await told(services, payment)] == ["1032"]


async def test_a_token_with_anothers_checkout_id_matches_nothing_and_the_owner_hears_of_it(
    services: Services, payment: Payment
) -> None:
    await push(services, payment)
    body = stk_callback("ws_CO_other", amount=4500.0, receipt="QGH7X1Y2Z3")
    outcome = await callback(services, body, at=payment)
    assert outcome == "unmatched"
    assert await told(services, payment) == []
    assert (await again(services, payment)).status == "pending"
    [note] = await rows(services, "messages")
    assert "QGH7X1Y2Z3" in note["body"]


async def test_the_owner_hears_once_of_money_nobody_can_place(
    services: Services, payment: Payment
) -> None:
    # given a callback for another prompt that was set aside
    await push(services, payment)
    await callback(services, stk_callback("ws_CO_other", amount=4500.0), at=payment)

    # when its job runs again
    (event,) = await rows(services, "webhook_events")
    await payment_jobs.handle_payment_callback(
        services, webhook_event_id=event["id"], payment_id=payment.id
    )

    assert len(await rows(services, "messages")) == 1


async def test_a_failure_of_another_prompt_is_nobodys_news(
    services: Services, payment: Payment
) -> None:
    await push(services, payment)
    body = stk_callback("ws_CO_other", "1032")
    assert await callback(services, body, at=payment) == "unmatched"
    assert await rows(services, "messages") == []


async def test_a_callback_faster_than_the_pushs_answer_is_matched_by_its_address(
    services: Services, payment: Payment
) -> None:
    # given a push whose answer has not come back
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await payments.mark_sending(conn, payment_id=payment.id)

    # when its callback is there already
    body = stk_callback("ws_CO_9", amount=4500.0)
    outcome = await callback(services, body, at=payment)

    # then it counts, and the id is learned from it
    assert outcome == "handled"
    assert (await again(services, payment)).checkout_request_id == "ws_CO_9"


async def test_an_early_callback_without_token_is_taken_up_when_the_push_is_known(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    body = stk_callback("ws_CO_1", amount=4500.0)
    assert await callback(services, body, at=None) == "unmatched"
    daraja.next_push.append(accepted("ws_CO_1"))
    await push(services, payment)
    [job] = await jobs(services, "handle_payment_callback")
    daraja.next_query.append(ended("0"))
    await payment_jobs.handle_payment_callback(
        services, webhook_event_id=job["args"]["webhook_event_id"], payment_id=None
    )
    assert [r["code"] for r in await told(services, payment)] == ["0"]


async def test_a_wrong_amount_is_asked_about_and_passed_on_as_it_is(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    daraja.next_query.append(ended("0"))
    body = stk_callback("ws_CO_1", amount=10.0)
    await callback(services, body, at=payment)
    [result] = await told(services, payment)
    assert (len(daraja.queries), result["amount_minor"]) == (1, 1000)


async def test_an_unreachable_phone_is_asked_about_before_it_counts_as_failed(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    daraja.next_query.append(ended("0"))
    body = stk_callback("ws_CO_1", "1037")
    await callback(services, body, at=payment)
    assert [r["code"] for r in await told(services, payment)] == ["0"]


async def test_silence_is_asked_about_four_times_and_then_told(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    for step in range(4):
        await payment_jobs.reconcile_payment(
            services, boutique_id=payment.boutique_id, payment_id=payment.id, step=step
        )
    assert len(daraja.queries) == 4
    assert [r["code"] for r in await told(services, payment)] == ["no_answer"]
    steps = [job["args"]["step"] for job in await jobs(services, "reconcile_payment")]
    assert steps == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("secrets", "key"),
    [
        ({"consumer_key": "k"}, "ours"),  # entered by half
        ({"consumer_key": "k", "consumer_secret": "s", "passkey": "p"}, "lost"),
    ],
)
async def test_keys_that_cannot_be_used_are_silence_and_end_in_review(
    services: Services,
    payment: Payment,
    secrets: dict[str, str],
    key: str,
) -> None:
    # given a prompt on the phone, and keys that were broken meanwhile
    await push(services, payment)
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=payment.boutique_id,
            provider="daraja",
            account="600101",
            secrets=secrets,
            box=services.secrets if key == "ours" else SecretBox([new_key()]),
        )

    # when the last question is due
    await payment_jobs.reconcile_payment(
        services,
        boutique_id=payment.boutique_id,
        payment_id=payment.id,
        step=LAST_QUESTION,
    )

    # then nobody answered, as with a line that is down
    assert [r["code"] for r in await told(services, payment)] == ["no_answer"]

    # and a callback still counts, though nobody can be asked
    assert await callback(services, stk_callback("ws_CO_1", "1037"), at=payment) == "handled"
    body = stk_callback("ws_CO_1", amount=4500.0, receipt="QGH7X1Y2Z3")
    assert await callback(services, body, at=payment) == "handled"


async def test_a_query_that_knows_the_end_is_told_at_once(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    daraja.next_query.append(ended("1"))
    await payment_jobs.reconcile_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id, step=0
    )
    assert [r["code"] for r in await told(services, payment)] == ["1"]


async def test_a_query_with_a_result_we_do_not_know_is_told_and_asked_about_again(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    # given a prompt M-Pesa has a result for that is in no table
    await push(services, payment)
    daraja.next_query.append(ended("7777"))

    # when it is asked
    await payment_jobs.reconcile_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id, step=0
    )

    # then the conversation knows, and the next question is to come
    assert [r["code"] for r in await told(services, payment)] == ["7777"]
    steps = [job["args"]["step"] for job in await jobs(services, "reconcile_payment")]
    assert steps == [0, 1]


async def test_a_payment_under_review_is_not_told_of_silence_again(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await payments.resolve(
            conn, payment_id=payment.id, status="needs_review", review_reason="no_answer"
        )
    await payment_jobs.reconcile_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id, step=LAST_QUESTION
    )
    assert len(daraja.queries) == 1
    assert await told(services, payment) == []


async def test_a_payment_that_ended_is_not_asked_about(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await payments.resolve(conn, payment_id=payment.id, status="succeeded")
    await payment_jobs.reconcile_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id, step=0
    )
    assert daraja.queries == []


async def test_one_payment_is_in_flight_for_an_order(services: Services, payment: Payment) -> None:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        second = await payments.add(
            conn,
            boutique_id=payment.boutique_id,
            order_id=payment.order_id,
            provider="daraja",
            phone=payment.phone,
            amount_minor=payment.amount_minor,
            callback_token="another",
        )
    assert second is None


async def test_another_boutique_finds_neither_the_payment_nor_its_receipt(
    services: Services, payment: Payment
) -> None:
    stranger = await a_boutique(services.database)
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await payments.resolve(
            conn, payment_id=payment.id, status="succeeded", receipt="QGH7X1Y2Z3"
        )
    async with services.database.tenant_connection(stranger) as conn:
        assert await payments.get(conn, payment_id=payment.id) is None
        assert await payments.latest_of_order(conn, order_id=payment.order_id) is None
        assert await payments.holder_of_receipt(conn, receipt="QGH7X1Y2Z3") is None
