"""A person of the boutique settles what happened to an order outside of the chat.

Each needs the assistant's rights on a member's connection (`Database.acting_connection`), and
leaves a line in the audit log in the member's name. Money that came by hand goes the way of
M-Pesa's: the conversation's turn settles it, takes the stock, and tells the customer.
"""

from __future__ import annotations

import secrets
from typing import Literal

from dukani.core.database import Connection
from dukani.core.errors import CallerError, Conflict
from dukani.core.store import audit, customers, order_reviews, payments, refunds
from dukani.core.store.orders import Order
from dukani.core.store.payments import PaidBy, Payment
from dukani.tools import debts
from dukani.tools import orders as order_tools
from dukani.tools.dispatching import require, the_order
from dukani.tools.order_news import subject_of, tell
from dukani.tools.payments.events import tell_conversation
from dukani.tools.payments.judgement import Result

PAID_CODE = "0"  # M-Pesa's code of a payment that succeeded

ReviewOutcome = Literal["not_paid", "settled"]


class ReferenceTaken(CallerError):
    """Another payment has this reference: check it on the statement."""

    http_status = 409


async def cancel(conn: Connection, *, order_id: str) -> Order:
    """Cancels an order that is not paid, lets go of its pieces, and tells the customer.

    Again, it changes nothing. Raises NotFound, Conflict.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    if order.status == "cancelled":
        return order
    require(order, "cancel")
    await order_tools.cancel(conn, order, actor="staff")
    await audit.write_by_member(conn, action="cancelled", subject=subject_of(order))
    await tell(conn, order, "cancelled")
    return await the_order(conn, order_id=order_id)


async def paid_outside(
    conn: Connection,
    *,
    boutique_id: str,
    order_id: str,
    reference: str,
    paid_by: PaidBy = "mpesa",
) -> Order:
    """Takes an open order as paid in full by other means, `reference` being where it is written.

    What came of it before, as a part, is not taken twice.

    The same reference again changes nothing. Raises NotFound, ReferenceTaken, or Conflict while
    M-Pesa is asking the customer, and for an order that is not open.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    written = reference.strip().upper()
    holder = await payments.holder_of_receipt(conn, receipt=written)
    if holder is not None and holder.order_id != order.id:
        raise ReferenceTaken
    if holder is not None:
        return order
    require(order, "take_payment")
    await debts.require_not_of_debt(conn, reference=written)
    if order.conversation_id is None:
        raise Conflict("It came without a chat, which settles payments.")
    payment = await _by_hand(conn, order, boutique_id=boutique_id)
    await payments.set_paid_by(conn, payment_id=payment.id, paid_by=paid_by)
    result = Result(code=PAID_CODE, amount_minor=payment.amount_minor, receipt=written)
    await tell_conversation(conn, payment, order, result)
    await audit.write_by_member(
        conn,
        action="paid_outside",
        subject=subject_of(order),
        details={
            "reference": written,
            "amount_minor": payment.amount_minor,
            "paid_by": paid_by,
        },
    )
    return order


async def _by_hand(conn: Connection, order: Order, *, boutique_id: str) -> Payment:
    """The open attempt by hand of an order, or a new one. Raises Conflict."""
    latest = await payments.latest_of_order(conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider == "manual":
        return latest
    customer = await customers.get(conn, customer_id=order.customer_id)
    phone = (latest.phone if latest else None) or (customer.phone if customer else None)
    if phone is None:
        raise Conflict("The customer shows no phone number: ask for one in the chat first.")
    received = await refunds.received(conn, order_id=order.id)
    rest = order.total_minor - received
    payment_id = await payments.add(
        conn,
        boutique_id=boutique_id,
        order_id=order.id,
        provider="manual",
        phone=phone,
        amount_minor=rest if received and rest > 0 else order.total_minor,
        callback_token=secrets.token_urlsafe(24),
    )
    payment = await payments.get(conn, payment_id=payment_id) if payment_id else None
    if payment is None:
        raise Conflict("M-Pesa is asking the customer right now: wait for its answer.")
    return payment


async def end_review(
    conn: Connection, *, order_id: str, outcome: ReviewOutcome, note: str
) -> Order:
    """Takes an order out of review: the money did not come, or a person has settled the matter.

    `not_paid` lets go of the pieces of an order that is still open, and tells the customer. Raises
    NotFound, Conflict.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    require(order, "end_review")
    await order_reviews.end(conn, order_id=order.id)
    if outcome == "not_paid" and order.status == "open":
        await order_tools.release(conn, order)
    await audit.write_by_member(
        conn,
        action=f"review_{outcome}",
        subject=subject_of(order),
        details={"reason": order.review_reason, "note": note},
    )
    if outcome == "not_paid" and order.status == "open":
        await tell(conn, order, "not_paid")
    return await the_order(conn, order_id=order_id)
