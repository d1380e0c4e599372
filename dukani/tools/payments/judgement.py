"""Judges what an M-Pesa result means for a payment and its order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dukani.core.clients import mpesa_outcomes
from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind
from dukani.core.clients.mpesa_outcomes import Outcome as Meaning
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment, ReviewReason


class Verdict(StrEnum):
    """The meaning of a result for the payment and its order."""

    PAID = "paid"
    FAILED = "failed"
    RETRYING = "retrying"  # failed for a reason that is retried once automatically
    REVIEW = "review"  # a person must look
    UNKNOWN = "unknown"  # an unknown result code: stock stays reserved until a query answers
    NOTHING = "nothing"  # no news


@dataclass(frozen=True, slots=True)
class Result:
    """M-Pesa's result of an attempt; only callbacks bring amount and receipt."""

    code: str
    text: str = ""
    amount_minor: int | None = None
    receipt: str | None = None
    unread: bool = False  # "paid" without a readable amount, and not confirmed by a query


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    meaning: Meaning
    reason: ReviewReason | None = None  # why a person must look


def judge(payment: Payment, order: Order, result: Result) -> Judgement:
    """The verdict on a result, given the payment and the order as they are."""
    if result.code == "no_answer":
        return _judge_silence(payment)
    meaning = outcome_of(result.code, result.text)
    if meaning.kind is Kind.PAID:
        return _judge_money(payment, order, result)
    if payment.is_settled or payment.status == "failed" or meaning.kind is Kind.SENT:
        return Judgement(Verdict.NOTHING, meaning)
    if payment.review_reason == "no_amount":  # reported paid: only money or a person can end this
        return Judgement(Verdict.NOTHING, meaning)
    if meaning.kind is Kind.UNKNOWN:
        if payment.status == "needs_review":
            return Judgement(Verdict.NOTHING, meaning)
        return Judgement(Verdict.UNKNOWN, meaning, "unknown_result")
    if meaning.once_more and payment.attempt == 1 and order.status == "open":
        return Judgement(Verdict.RETRYING, meaning)
    return Judgement(Verdict.FAILED, meaning)


def _judge_silence(payment: Payment) -> Judgement:
    if payment.in_flight:
        return Judgement(Verdict.REVIEW, mpesa_outcomes.UNKNOWN, "no_answer")
    return Judgement(Verdict.NOTHING, mpesa_outcomes.UNKNOWN)


def _judge_money(payment: Payment, order: Order, result: Result) -> Judgement:
    """Judges reported money: paid, or a review with its reason."""
    if payment.is_settled:
        return _judge_after_settlement(payment, result)
    reason: ReviewReason | None = None
    if result.unread and payment.status == "needs_review":
        return Judgement(Verdict.NOTHING, mpesa_outcomes.PAID)
    if order.status == "cancelled":
        reason = "cancelled_order"
    elif order.status == "confirmed":
        reason = "second_receipt"
    elif result.amount_minor is not None and result.amount_minor != payment.amount_minor:
        reason = "wrong_amount"
    elif result.unread:
        reason = "no_amount"
    verdict = Verdict.REVIEW if reason else Verdict.PAID
    return Judgement(verdict, mpesa_outcomes.PAID, reason)


def _judge_after_settlement(payment: Payment, result: Result) -> Judgement:
    """Judges a further result of a settled payment: a second receipt or a wrong amount?"""
    reason: ReviewReason | None = None
    if result.receipt is not None and payment.receipt not in (None, result.receipt):
        reason = "second_receipt"
    elif payment.received_minor is None and result.amount_minor not in (None, payment.amount_minor):
        reason = "wrong_amount"
    verdict = Verdict.REVIEW if reason else Verdict.NOTHING
    return Judgement(verdict, mpesa_outcomes.PAID, reason)
