"""Settles a payment by its M-Pesa result, once (idempotent), inside the conversation's turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dukani.core.clients.mpesa_outcomes import PAID
from dukani.core.database import Connection
from dukani.core.observability import metrics
from dukani.core.store import audit, carts, orders, payments
from dukani.core.store.orders import Order
from dukani.core.store.payments import Ending, Payment, ReviewReason
from dukani.tools import orders as order_tools
from dukani.tools.payments.judgement import Judgement, Result, Verdict, judge
from dukani.tools.payments.setup_alarm import warn_if_unlisted


@dataclass(frozen=True, slots=True)
class Outcome:
    """A settled result, for the facts told to customer and owner."""

    judgement: Judgement
    payment: Payment
    order: Order
    result: Result


async def settle(
    conn: Connection, *, boutique_id: str, payment_id: str, result: Result
) -> Outcome | None:
    """Judges a result and applies it, once, however often it comes. None: no such payment."""
    payment = await payments.get(conn, payment_id=payment_id, lock=True)
    if payment is None:
        return None
    order = await orders.get(conn, order_id=payment.order_id, lock=True)
    assert order is not None  # the foreign key holds it
    warn_if_unlisted(result.code, result.text, where="result")
    judgement = judge(payment, order, result)
    if judgement.verdict is not Verdict.NOTHING:
        judgement = await _apply(conn, boutique_id, payment, order, result, judgement)
        await _audit(conn, payment, order, result, judgement)
        _count(payment, judgement)
    elif result.receipt and payment.status == "succeeded" and payment.receipt is None:
        # The payment was settled by a query, which has no receipt; the callback adds the receipt.
        await _resolve(conn, payment, result, status="succeeded")
    return Outcome(judgement, payment, order, result)


def _count(payment: Payment, judgement: Judgement) -> None:
    metrics.PAYMENTS.labels(payment.provider, judgement.verdict.value).inc()
    if payment.sent_at is not None:
        took = datetime.now(UTC) - payment.sent_at
        metrics.PAYMENT_RESULT.labels(payment.provider).observe(max(0.0, took.total_seconds()))


async def _apply(
    conn: Connection,
    boutique_id: str,
    payment: Payment,
    order: Order,
    result: Result,
    judgement: Judgement,
) -> Judgement:
    match judgement.verdict:
        case Verdict.PAID:
            return await _take_money(conn, boutique_id, payment, order, result, judgement)
        case Verdict.REVIEW | Verdict.UNKNOWN:
            assert judgement.reason is not None  # a review always says why
            await _send_to_review(conn, payment, order, result, judgement.reason)
        case Verdict.FAILED | Verdict.RETRYING:
            await _resolve(conn, payment, result, status="failed")
            await _release_if_latest(conn, payment, order)
        case Verdict.NOTHING:
            return judgement
    return judgement


async def _take_money(
    conn: Connection,
    boutique_id: str,
    payment: Payment,
    order: Order,
    result: Result,
    judgement: Judgement,
) -> Judgement:
    if result.receipt is not None:
        holder = await payments.holder_of_receipt(conn, receipt=result.receipt)
        if holder is not None and holder.id != payment.id:
            await _send_to_review(conn, payment, order, result, "second_receipt")
            return Judgement(Verdict.REVIEW, PAID, "second_receipt")
    await _resolve(conn, payment, result, status="succeeded")
    await orders.confirm_paid(conn, order_id=order.id)
    if order.cart_id is not None:
        await carts.set_status(conn, cart_id=order.cart_id, status="converted")
    if await order_tools.sell(conn, order, boutique_id=boutique_id):
        return judgement
    await orders.set_payment_status(
        conn, order_id=order.id, payment_status="paid", review_reason="oversold"
    )
    return Judgement(Verdict.PAID, PAID, "oversold")


async def _send_to_review(
    conn: Connection, payment: Payment, order: Order, result: Result, reason: ReviewReason
) -> None:
    """Puts the payment under review with all its figures; an open order stays reserved."""
    if payment.status != "succeeded":
        await _resolve(conn, payment, result, status="needs_review", reason=reason)
    elif payment.receipt is None:
        await _resolve(conn, payment, result, status="succeeded")
    # Otherwise the payment keeps its receipt; the second is in the audit log and the raw event.
    if order.status == "confirmed":
        await orders.set_payment_status(
            conn, order_id=order.id, payment_status=order.payment_status, review_reason=reason
        )
        return
    await order_tools.await_review(conn, order, reason=reason)


async def _release_if_latest(conn: Connection, payment: Payment, order: Order) -> None:
    latest = await payments.latest_of_order(conn, order_id=order.id)
    if order.status != "open" or (latest is not None and latest.id != payment.id):
        return
    await orders.set_payment_status(conn, order_id=order.id, payment_status="failed")
    await order_tools.release(conn, order)


async def _resolve(
    conn: Connection,
    payment: Payment,
    result: Result,
    *,
    status: Ending,
    reason: ReviewReason | None = None,
) -> None:
    taken = result.receipt is not None and await _belongs_to_another(conn, payment, result.receipt)
    await payments.resolve(
        conn,
        payment_id=payment.id,
        status=status,
        result_code=result.code,
        result_text=result.text,
        receipt=None if taken else result.receipt,
        received_minor=None if taken else result.amount_minor,  # the same money
        review_reason=reason,
    )


async def _belongs_to_another(conn: Connection, payment: Payment, receipt: str) -> bool:
    holder = await payments.holder_of_receipt(conn, receipt=receipt)
    return holder is not None and holder.id != payment.id


async def _audit(
    conn: Connection,
    payment: Payment,
    order: Order,
    result: Result,
    judgement: Judgement,
) -> None:
    await audit.write(
        conn,
        actor="provider",
        action=f"payment_{judgement.verdict}",
        subject=f"order:{order.number}",
        details={
            "payment_id": payment.id,
            "attempt": payment.attempt,
            "code": result.code,
            "amount_minor": result.amount_minor,
            "receipt": result.receipt,
            "reason": judgement.reason,
        },
    )
