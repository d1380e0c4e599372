"""Asking for the money of an order and judging what M-Pesa says became of it.

Nothing here calls M-Pesa: an attempt is stored and its push deferred on the same transaction
(`payment_jobs` does the call), and a result is judged inside the conversation's turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dukani.agent.wording.owner import ReviewReason
from dukani.core.clients.daraja_results import PaymentAction, action_for
from dukani.core.clients.stk import MAX_AMOUNT
from dukani.core.crypto import new_token
from dukani.core.database import Connection
from dukani.core.money import to_minor, whole_units
from dukani.core.queue import defer
from dukani.core.store import audit, carts, orders, payments
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.tools import orders as order_tools

AUTOMATIC_RETRY_DELAY = timedelta(seconds=35)  # WIRE: wait 30–45 s when M-Pesa is busy
_TRY_ONCE_MORE = (PaymentAction.BUSY, PaymentAction.PUSH_ERROR)

_PAYLINK_NUMBER = re.compile(r"\+2547\d{8}")
_DARAJA_NUMBER = re.compile(r"\+254[17]\d{8}")


@dataclass(frozen=True, slots=True)
class Ways:
    """How a boutique can be paid: its choice, and whose credentials it has."""

    chosen: str  # paylink, daraja, manual
    has_paylink: bool
    has_daraja: bool


def way_for(ways: Ways, *, phone: str, amount_units: int) -> str:
    """`paylink`, `daraja` or `manual` for this phone (E.164) and amount (whole shillings).

    PayLink's schema refuses 2541… numbers, so those go to Daraja directly.
    """
    if ways.chosen == "manual" or amount_units > MAX_AMOUNT:
        return "manual"
    if ways.chosen == "paylink" and ways.has_paylink and _PAYLINK_NUMBER.fullmatch(phone):
        return "paylink"
    if ways.has_daraja and _DARAJA_NUMBER.fullmatch(phone):
        return "daraja"
    return "manual"


def payable_minor(amount_minor: int, currency: str) -> int:
    """What is asked for an amount: M-Pesa takes whole shillings only, so cents are rounded up."""
    return to_minor(whole_units(amount_minor, currency), currency)


async def request(
    conn: Connection,
    *,
    boutique_id: str,
    order: Order,
    phone: str,
    ways: Ways,
    delay: timedelta | None = None,
) -> Payment | None:
    """Store a new attempt, hold the pieces and defer its push. None: one is in flight already.

    Raises OutOfStock when the pieces were given back and are gone.
    """
    provider = way_for(
        ways, phone=phone, amount_units=whole_units(order.total_minor, order.currency)
    )
    payment_id = await payments.add(
        conn,
        boutique_id=boutique_id,
        order_id=order.id,
        provider=provider,
        phone=phone,
        amount_minor=payable_minor(order.total_minor, order.currency),
        callback_token=new_token(),
    )
    if payment_id is None:
        return None
    await order_tools.hold_again(conn, order, boutique_id=boutique_id)
    await orders.set_payment_status(conn, order_id=order.id, payment_status="pending")
    if provider == "manual":
        await payments.mark_pending(
            conn, payment_id=payment_id, checkout_request_id=None, merchant_request_id=None
        )
    else:
        await defer(
            conn,
            "push_payment",
            lock=f"payment:{payment_id}",
            delay=delay,
            boutique_id=boutique_id,
            payment_id=payment_id,
        )
    return await payments.get(conn, payment_id=payment_id)


class Verdict(StrEnum):
    """What a result means for the payment and its order."""

    PAID = "paid"
    FAILED = "failed"
    RETRYING = "retrying"  # failed in a way that is tried once more by itself
    REVIEW = "review"  # a person must look; nothing is lost
    UNKNOWN = "unknown"  # M-Pesa said something we do not know: held until a query answers
    NOTHING = "nothing"  # known already


@dataclass(frozen=True, slots=True)
class Result:
    """What M-Pesa said of an attempt; amount and receipt come with callbacks only."""

    code: str
    text: str = ""
    amount_minor: int | None = None
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    action: PaymentAction
    reason: ReviewReason | None = None  # of a review


def judge(payment: Payment, order: Order, result: Result) -> Judgement:
    """Decide what a result means. Pure: the same facts always give the same judgement."""
    if result.code == "no_answer":
        return _judge_silence(payment)
    action = action_for(result.code)
    if result.code in ("refused", "unavailable"):  # ours: the push itself was not taken
        action = PaymentAction.PUSH_ERROR if result.code == "refused" else PaymentAction.BUSY
    if action is PaymentAction.PAID:
        return _judge_money(payment, order, result)
    if payment.status in ("succeeded", "failed"):
        return Judgement(Verdict.NOTHING, action)
    if payment.status == "needs_review" and payment.review_reason not in _OPEN_REVIEWS:
        return Judgement(Verdict.NOTHING, action)
    if action is PaymentAction.UNKNOWN:
        return Judgement(Verdict.UNKNOWN, action, "unknown_result")
    if action in _TRY_ONCE_MORE and payment.attempt == 1 and order.status == "open":
        return Judgement(Verdict.RETRYING, action)
    return Judgement(Verdict.FAILED, action)


# Reviews that a later answer of M-Pesa may still settle.
_OPEN_REVIEWS = ("unknown_result", "no_answer")


def _judge_silence(payment: Payment) -> Judgement:
    if payment.in_flight:
        return Judgement(Verdict.REVIEW, PaymentAction.UNKNOWN, "no_answer")
    return Judgement(Verdict.NOTHING, PaymentAction.UNKNOWN)


def _judge_money(payment: Payment, order: Order, result: Result) -> Judgement:
    """Money came in: settle it once, or say why a person must look."""
    settled = payment.status == "succeeded" or (
        payment.status == "needs_review" and payment.review_reason not in _OPEN_REVIEWS
    )
    if settled:
        return _judge_more_news(payment, result)
    reason: ReviewReason | None = None
    if order.status == "cancelled":
        reason = "cancelled_order"
    elif order.status == "confirmed":
        reason = "second_receipt"
    elif result.amount_minor is not None and result.amount_minor != payment.amount_minor:
        reason = "wrong_amount"
    verdict = Verdict.REVIEW if reason else Verdict.PAID
    return Judgement(verdict, PaymentAction.PAID, reason)


def _judge_more_news(payment: Payment, result: Result) -> Judgement:
    """Of money already settled: another receipt, or the amount a query had not told."""
    reason: ReviewReason | None = None
    if result.receipt is not None and payment.receipt not in (None, result.receipt):
        reason = "second_receipt"
    elif payment.received_minor is None and result.amount_minor not in (None, payment.amount_minor):
        reason = "wrong_amount"
    verdict = Verdict.REVIEW if reason else Verdict.NOTHING
    return Judgement(verdict, PaymentAction.PAID, reason)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about a result, for the words to tell."""

    judgement: Judgement
    payment: Payment
    order: Order
    result: Result


async def settle(
    conn: Connection, *, boutique_id: str, payment_id: str, result: Result
) -> Outcome | None:
    """Judge a result and do what it means, once, whatever repeats. None: no such payment."""
    payment = await payments.get(conn, payment_id=payment_id, lock=True)
    if payment is None:
        return None
    order = await orders.get(conn, order_id=payment.order_id, lock=True)
    assert order is not None  # the foreign key holds it
    judgement = judge(payment, order, result)
    if judgement.verdict is not Verdict.NOTHING:
        judgement = await _carry_out(conn, boutique_id, payment, order, result, judgement)
        await _write_down(conn, payment, order, result, judgement)
    elif result.receipt and payment.status == "succeeded" and payment.receipt is None:
        # A query had said "paid" without a receipt; the callback brings it.
        await _resolve(conn, payment, result, status="succeeded")
    return Outcome(judgement, payment, order, result)


async def _carry_out(
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
            await _send_to_review(conn, payment, order, result, str(judgement.reason))
        case Verdict.FAILED | Verdict.RETRYING:
            await _resolve(conn, payment, result, status="failed")
            await _give_back(conn, payment, order)
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
            return Judgement(Verdict.REVIEW, PaymentAction.PAID, "second_receipt")
    await _resolve(conn, payment, result, status="succeeded")
    await orders.confirm_paid(conn, order_id=order.id)
    if order.cart_id is not None:
        await carts.set_status(conn, cart_id=order.cart_id, status="converted")
    if await order_tools.sell(conn, order, boutique_id=boutique_id):
        return judgement
    await orders.set_payment_status(
        conn, order_id=order.id, payment_status="paid", review_reason="oversold"
    )
    return Judgement(Verdict.PAID, PaymentAction.PAID, "oversold")


async def _send_to_review(
    conn: Connection, payment: Payment, order: Order, result: Result, reason: str
) -> None:
    """Keep every figure for a person to look at; the pieces of an open order stay held."""
    if payment.status != "succeeded":
        await _resolve(conn, payment, result, status="needs_review", reason=reason)
    elif payment.receipt is None:
        await _resolve(conn, payment, result, status="succeeded")
    # Otherwise its own receipt stays; the second is in the audit log and the raw event.
    if order.status == "confirmed":
        await orders.set_payment_status(
            conn, order_id=order.id, payment_status=order.payment_status, review_reason=reason
        )
        return
    await order_tools.await_review(conn, order, reason=reason)


async def _give_back(conn: Connection, payment: Payment, order: Order) -> None:
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
    status: str,
    reason: str | None = None,
) -> None:
    taken = result.receipt is not None and await _belongs_to_another(conn, payment, result.receipt)
    await payments.resolve(
        conn,
        payment_id=payment.id,
        status=status,
        result_code=result.code,
        result_text=result.text,
        receipt=None if taken else result.receipt,
        received_minor=result.amount_minor,
        review_reason=reason,
    )


async def _belongs_to_another(conn: Connection, payment: Payment, receipt: str) -> bool:
    holder = await payments.holder_of_receipt(conn, receipt=receipt)
    return holder is not None and holder.id != payment.id


async def _write_down(
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
