"""Payments: every attempt to pay an order, at most one in flight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, LiteralString

import structlog
from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.payment_providers import PaymentProvider as PaymentProvider

log = structlog.get_logger()

PaidBy = Literal["mpesa", "cash", "bank"]
PaymentStatus = Literal["requested", "sending", "pending", "succeeded", "failed", "needs_review"]
Ending = Literal["succeeded", "failed", "needs_review"]

# The reason why a person must look at a payment or its order.
ReviewReason = Literal[
    "wrong_amount",
    "no_amount",
    "second_receipt",
    "cancelled_order",
    "unknown_result",
    "no_answer",
    "oversold",
    "manual_claim",
]

# Reviews that asking M-Pesa may still settle.
OPEN_REVIEWS: tuple[ReviewReason, ...] = ("unknown_result", "no_answer", "no_amount")


@dataclass(frozen=True, slots=True)
class Payment:
    id: str
    boutique_id: str
    order_id: str
    attempt: int
    provider: PaymentProvider
    phone: str = field(repr=False)
    amount_minor: int
    status: PaymentStatus
    callback_token: str = field(repr=False)
    checkout_request_id: str | None
    receipt: str | None
    received_minor: int | None
    result_code: str | None
    review_reason: ReviewReason | None
    created_at: datetime
    sent_at: datetime | None
    result_text: str | None = None
    resolved_at: datetime | None = None
    trace_id: str | None = None  # what it came of: `core/observability/following.py`

    @property
    def in_flight(self) -> bool:
        return self.status in ("requested", "sending", "pending")

    @property
    def is_settled(self) -> bool:
        """Whether no answer of M-Pesa changes the attempt; more money is then handled by itself."""
        in_review = self.status == "needs_review" and not self._in_open_review
        return self.status == "succeeded" or in_review

    @property
    def is_unanswered(self) -> bool:
        """Whether M-Pesa may still report a result."""
        return self.provider != "manual" and (self.in_flight or self._in_open_review)

    @property
    def _in_open_review(self) -> bool:
        """Whether the attempt is under review for want of an answer, which may still come."""
        silent = self.review_reason in OPEN_REVIEWS
        return self.status == "needs_review" and silent


_PAYMENT: LiteralString = """
select id::text, boutique_id::text, order_id::text, attempt, provider, phone, amount_minor,
  status, callback_token, checkout_request_id, receipt, received_minor, result_code,
  review_reason, created_at, sent_at, result_text, resolved_at,
  trace_id::text
from payments
"""


async def add(
    conn: Connection,
    *,
    boutique_id: str,
    order_id: str,
    provider: PaymentProvider,
    phone: str,
    amount_minor: int,
    callback_token: str,
) -> str | None:
    """The new attempt's id; None while another attempt of this order is in flight."""
    cursor = await conn.execute(
        """
        insert into payments
          (boutique_id, order_id, attempt, provider, phone, amount_minor, callback_token)
        values (%(boutique_id)s, %(order_id)s,
          (select coalesce(max(attempt), 0) + 1 from payments
           where boutique_id = %(boutique_id)s and order_id = %(order_id)s),
          %(provider)s, %(phone)s, %(amount_minor)s, %(callback_token)s)
        on conflict do nothing
        returning id::text
        """,
        {
            "boutique_id": boutique_id,
            "order_id": order_id,
            "provider": provider,
            "phone": phone,
            "amount_minor": amount_minor,
            "callback_token": callback_token,
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def get(conn: Connection, *, payment_id: str, lock: bool = False) -> Payment | None:
    suffix: LiteralString = " for no key update" if lock else ""
    return await _one(
        conn,
        _PAYMENT + "where boutique_id = private.current_boutique() and id = %(id)s" + suffix,
        payment_id,
    )


async def of_token(conn: Connection, *, callback_token: str) -> Payment | None:
    """The payment of a callback address, of any boutique. Needs a system connection."""
    return await _only(conn, _PAYMENT + "where callback_token = %(id)s limit 2", callback_token)


async def of_any_boutique(conn: Connection, *, payment_id: str) -> Payment | None:
    """The payment, before its boutique is known. Needs a system connection."""
    return await _one(conn, _PAYMENT + "where id = %(id)s", payment_id)


async def of_checkout(conn: Connection, *, checkout_request_id: str) -> Payment | None:
    """The payment with M-Pesa's id, of any boutique. Needs a system connection."""
    statement = _PAYMENT + "where checkout_request_id = %(id)s limit 2"
    return await _only(conn, statement, checkout_request_id)


async def latest_of_order(conn: Connection, *, order_id: str) -> Payment | None:
    return await _one(
        conn,
        _PAYMENT
        + "where boutique_id = private.current_boutique() and order_id = %(id)s"
        + " order by attempt desc limit 1",
        order_id,
    )


async def of_order(conn: Connection, *, order_id: str) -> list[Payment]:
    """Every attempt at this order, newest first."""
    return await _all(
        conn,
        _PAYMENT
        + "where boutique_id = private.current_boutique() and order_id = %(order_id)s"
        + " order by attempt desc",
        {"order_id": order_id},
    )


async def of_phone_lately(
    conn: Connection, *, customer_id: str, phone: str, since: timedelta
) -> list[Payment]:
    """This customer's attempts with this payer's phone, newest first."""
    return await _all(
        conn,
        _PAYMENT
        + """where boutique_id = private.current_boutique() and phone = %(phone)s
          and created_at > now() - %(since)s and order_id in (
            select o.id from orders o where o.boutique_id = private.current_boutique()
              and o.customer_id = %(customer_id)s)
          order by created_at desc limit 50""",
        {"customer_id": customer_id, "phone": phone, "since": since},
    )


async def count_prompt(conn: Connection, *, phone: str) -> bool:
    """Count a prompt to this phone today, of any boutique; false when the limit is reached."""
    cursor = await conn.execute(
        "select private.count_prompt(%(phone)s) as counted", {"phone": phone}
    )
    row = await cursor.fetchone()
    return bool(row and row["counted"])


async def holder_of_receipt(conn: Connection, *, receipt: str) -> Payment | None:
    return await _one(
        conn,
        _PAYMENT + "where boutique_id = private.current_boutique() and receipt = %(id)s",
        receipt,
    )


async def mark_sending(conn: Connection, *, payment_id: str) -> bool:
    """Claim this attempt's one prompt (STK push).

    False when it was claimed before, or when the order is paid or cancelled by now.
    """
    cursor = await conn.execute(
        """
        update payments set status = 'sending', sent_at = now()
        where boutique_id = private.current_boutique() and id = %(id)s and status = 'requested'
          and exists (
            select from orders o where o.boutique_id = payments.boutique_id
              and o.id = payments.order_id and o.status = 'open')
        """,
        {"id": payment_id},
    )
    return cursor.rowcount == 1


async def mark_pending(
    conn: Connection,
    *,
    payment_id: str,
    checkout_request_id: str | None,
    merchant_request_id: str | None,
) -> None:
    """Note that M-Pesa accepted the prompt, or may have: only M-Pesa can tell the result."""
    await conn.execute(
        """
        update payments set
          status = case when status in ('requested', 'sending') then 'pending' else status end,
          checkout_request_id = coalesce(checkout_request_id, %(checkout)s),
          merchant_request_id = coalesce(merchant_request_id, %(merchant)s)
        where boutique_id = private.current_boutique() and id = %(id)s
        """,
        {"id": payment_id, "checkout": checkout_request_id, "merchant": merchant_request_id},
    )


async def set_paid_by(conn: Connection, *, payment_id: str, paid_by: PaidBy) -> None:
    """How money came that no prompt brought."""
    await conn.execute(
        """update payments set paid_by = %(paid_by)s
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": payment_id, "paid_by": paid_by},
    )


async def resolve(
    conn: Connection,
    *,
    payment_id: str,
    status: Ending,
    result_code: str | None = None,
    result_text: str | None = None,
    receipt: str | None = None,
    received_minor: int | None = None,
    review_reason: ReviewReason | None = None,
) -> None:
    """End an attempt. Fields that are not given keep their values."""
    await conn.execute(
        """
        update payments set status = %(status)s,
          resolved_at = case when status = 'succeeded' or received_minor > 0 then resolved_at
            else now() end,
          result_code = coalesce(%(result_code)s, result_code),
          result_text = coalesce(%(result_text)s, result_text),
          receipt = coalesce(%(receipt)s, receipt),
          received_minor = coalesce(%(received_minor)s, received_minor),
          review_reason = coalesce(%(review_reason)s, review_reason)
        where boutique_id = private.current_boutique() and id = %(id)s
        """,
        {
            "id": payment_id,
            "status": status,
            "result_code": result_code,
            "result_text": result_text,
            "receipt": receipt,
            "received_minor": received_minor,
            "review_reason": review_reason,
        },
    )


async def _only(conn: Connection, statement: LiteralString, value: str) -> Payment | None:
    """The only match. When two boutiques have the same key, neither is returned."""
    async with conn.cursor(row_factory=class_row(Payment)) as cursor:
        await cursor.execute(statement, {"id": value})
        found = await cursor.fetchall()
    if len(found) > 1:
        log.error("payment_key_of_two_boutiques", boutiques=[p.boutique_id for p in found])
    return found[0] if len(found) == 1 else None


async def _all(
    conn: Connection, statement: LiteralString, values: Mapping[str, object]
) -> list[Payment]:
    async with conn.cursor(row_factory=class_row(Payment)) as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchall()


async def _one(conn: Connection, statement: LiteralString, value: str) -> Payment | None:
    async with conn.cursor(row_factory=class_row(Payment)) as cursor:
        await cursor.execute(statement, {"id": value})
        return await cursor.fetchone()


async def prompt_is_open(conn: Connection, *, customer_id: str) -> bool:
    """Whether a prompt of an order of the customer may still be answered."""
    cursor = await conn.execute(
        """select exists (select from payments p
             join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
             where p.boutique_id = private.current_boutique() and o.customer_id = %(customer_id)s
               and p.provider <> 'manual' and p.status in ('requested', 'sending', 'pending'))
           as is_open""",
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return bool(row and row["is_open"])


async def asked_lately(conn: Connection, *, phone: str) -> bool:
    """Whether a prompt to this phone may be open, or was asked for in the last ten minutes."""
    cursor = await conn.execute(
        """select exists (select from payments
             where boutique_id = private.current_boutique() and phone = %(phone)s
               and provider <> 'manual' and (status in ('requested', 'sending', 'pending')
                 or created_at > now() - interval '10 minutes')) as lately""",
        {"phone": phone},
    )
    row = await cursor.fetchone()
    return bool(row and row["lately"])
