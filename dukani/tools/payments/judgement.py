"""What M-Pesa's answer means for a payment and its order. Pure: nothing is read or written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dukani.core.clients.daraja_results import PaymentAction, action_for
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment, ReviewReason

_TRY_ONCE_MORE = (PaymentAction.BUSY, PaymentAction.PUSH_ERROR)


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
    if payment.is_settled or payment.status == "failed":
        return Judgement(Verdict.NOTHING, action)
    if action is PaymentAction.UNKNOWN:
        if payment.status == "needs_review":
            return Judgement(Verdict.NOTHING, action)
        return Judgement(Verdict.UNKNOWN, action, "unknown_result")
    if action in _TRY_ONCE_MORE and payment.attempt == 1 and order.status == "open":
        return Judgement(Verdict.RETRYING, action)
    return Judgement(Verdict.FAILED, action)


def _judge_silence(payment: Payment) -> Judgement:
    if payment.in_flight:
        return Judgement(Verdict.REVIEW, PaymentAction.UNKNOWN, "no_answer")
    return Judgement(Verdict.NOTHING, PaymentAction.UNKNOWN)


def _judge_money(payment: Payment, order: Order, result: Result) -> Judgement:
    """Money came in: settle it once, or say why a person must look."""
    if payment.is_settled:
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
