"""Limits M-Pesa prompts, so that nobody can use them to harass somebody's phone.

About three prompts per order; none to another person's phone after that person cancelled one; none
to a number M-Pesa refused; none while M-Pesa wants a pause. The daily limit of a phone, over all
boutiques, is enforced in the database (`private.count_prompt`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind, Outcome, Reason
from dukani.core.database import Connection
from dukani.core.store import payments
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment

MOST_AN_ORDER = 3
REMEMBERED = timedelta(hours=24)  # how long a cancelled prompt counts

Whose = Literal["customer", "other", "unknown"]
# Cancelled prompts after which a phone gets no more. On the customer's own phone cancels hardly
# count, since the customer may think again. If WhatsApp hides the customer's number, the phone may
# be the customer's own, so one cancel is forgiven.
_CANCELS: dict[Whose, int] = {"customer": 99, "other": 1, "unknown": 2}

# Reasons with which M-Pesa refuses a push before a prompt reaches the phone.
_SILENT = frozenset(
    {Reason.BUSY, Reason.RULE_LIMITED, Reason.PROMPT_OPEN, Reason.PUSH_ERROR, Reason.REFUSED}
)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why no prompt may be sent now; `wait_s` (seconds) only with the reason `wait`."""

    reason: Literal["order", "phone", "payer", "number", "wait"]
    wait_s: int = 0


async def held_back(
    conn: Connection, order: Order, *, phone: str, customer_phone: str | None, now: datetime
) -> HeldBack | None:
    """Why no prompt may be sent for this order to this phone; None if it may."""
    return decide(
        of_order=await payments.of_order(conn, order_id=order.id),
        of_phone=await payments.of_phone_lately(
            conn, customer_id=order.customer_id, phone=phone, since=REMEMBERED
        ),
        whose=whose_phone(phone, customer_phone),
        now=now,
    )


def decide(
    *,
    of_order: Sequence[Payment],
    of_phone: Sequence[Payment],
    whose: Whose,
    now: datetime,
) -> HeldBack | None:
    """Decides `held_back` from payment attempts. Pure.

    `of_order`: all attempts of the order. `of_phone`: the customer's attempts with that phone
    within REMEMBERED, newest first.
    """
    if sum(_reason(p) is Reason.CANCELLED for p in of_phone) >= _CANCELS[whose]:
        return HeldBack("payer")
    if sum(reached_a_phone(p) for p in of_order) >= MOST_AN_ORDER:
        return HeldBack("order")
    if of_phone and _not_taken(of_phone[0]):
        return HeldBack("number")
    wait_s = _left_s(of_phone[0], now) if of_phone else 0
    return HeldBack("wait", wait_s) if wait_s > 0 else None


def whose_phone(phone: str, customer_phone: str | None) -> Whose:
    if customer_phone is None:
        return "unknown"
    return "customer" if phone == customer_phone else "other"


def reached_a_phone(payment: Payment) -> bool:
    """Whether this attempt may have put a prompt on a phone."""
    if payment.provider == "manual" or payment.result_code == "refused":
        return False
    meaning = _meaning(payment)
    return meaning is None or not (meaning.reason in _SILENT or meaning.kind is Kind.OURS_TO_MEND)


def _not_taken(payment: Payment) -> bool:
    """Whether the push was refused because of the number.

    A prompt that failed for the payer's account is not meant: the account may be open again.
    """
    return payment.result_code == "refused" and _reason(payment) is Reason.ACCOUNT


def _left_s(payment: Payment, now: datetime) -> int:
    """Seconds M-Pesa still wants us to wait after this attempt."""
    meaning = _meaning(payment)
    if meaning is None or meaning.kind is not Kind.WAIT or payment.resolved_at is None:
        return 0
    over = payment.resolved_at + timedelta(seconds=meaning.wait_s)
    return ceil((over - now).total_seconds())


def _reason(payment: Payment) -> Reason | None:
    meaning = _meaning(payment)
    return meaning.reason if meaning else None


def _meaning(payment: Payment) -> Outcome | None:
    """The meaning of the attempt's result; None without a result."""
    if payment.result_code is None:
        return None
    return outcome_of(payment.result_code, payment.result_text or "")
