"""A person of the boutique settles what happened to an order outside of the chat.

Each needs the assistant's rights on a member's connection (`Database.acting_connection`), and
leaves a line in the audit log in the member's name. Money that came by hand goes the way of
M-Pesa's: the conversation's turn settles it, takes the stock, and tells the customer.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Literal

from dukani.core.database import Connection
from dukani.core.errors import CallerError, Conflict, NotFound
from dukani.core.store import (
    audit,
    consents,
    conversations,
    customers,
    order_reviews,
    orders,
    payments,
)
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.tools import orders as order_tools
from dukani.tools import staff
from dukani.tools.payments.events import tell_conversation
from dukani.tools.payments.judgement import Result
from dukani.tools.sending_rules import is_window_open

PAID_CODE = "0"  # M-Pesa's code of a payment that succeeded

Movement = Literal["dispatched", "delivered"]
ReviewOutcome = Literal["not_paid", "settled"]


class ReferenceTaken(CallerError):
    """Another payment has this reference: check it on the statement."""

    http_status = 409


async def the_order(conn: Connection, *, order_id: str, lock: bool = False) -> Order:
    """Raises NotFound."""
    order = await orders.get(conn, order_id=order_id, lock=lock)
    if order is None:
        raise NotFound("There is no such order here.")
    return order


async def move(conn: Connection, *, boutique_id: str, order_id: str, to: Movement) -> Order:
    """Notes that a paid order was sent out, or arrived; her chat's next turn tells the customer.

    Repeating it changes nothing. Raises NotFound, or Conflict for an order that is not paid or is
    further already.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    if order.fulfilment_status == to:
        return order
    if not await orders.move(conn, order_id=order.id, to=to):
        raise Conflict(_not_to_move(order))
    await audit.write_by_member(conn, action=f"order_{to}", subject=f"order:{order.number}")
    await _tell_customer(conn, order, boutique_id=boutique_id, to=to)
    return await the_order(conn, order_id=order_id)


def _not_to_move(order: Order) -> str:
    if order.payment_status == "needs_review":
        return "Its payment waits for a review: end that first."
    if order.payment_status != "paid":
        return "It is not paid."
    return f"It is {order.fulfilment_status} already."


async def _tell_customer(conn: Connection, order: Order, *, boutique_id: str, to: Movement) -> None:
    """Inside WhatsApp's 24 hours, and not after a stop."""
    if order.conversation_id is None:
        return
    chat = await conversations.get(conn, conversation_id=order.conversation_id)
    is_open = chat is not None and is_window_open(chat.last_inbound_at, datetime.now(UTC))
    if is_open and await consents.may_answer(conn, customer_id=order.customer_id):
        await staff.tell_of_fulfilment(
            conn,
            boutique_id=boutique_id,
            conversation_id=order.conversation_id,
            order_id=order.id,
            to=to,
        )


async def cancel(conn: Connection, *, order_id: str) -> Order:
    """Cancels an order that is not paid, and lets go of its pieces. Raises NotFound, Conflict."""
    order = await the_order(conn, order_id=order_id, lock=True)
    if order.status == "cancelled":
        return order
    if not await order_tools.cancel(conn, order, actor="staff"):
        raise Conflict("It is paid: refund it instead of cancelling it.")
    await audit.write_by_member(conn, action="cancelled", subject=f"order:{order.number}")
    return await the_order(conn, order_id=order_id)


async def paid_outside(
    conn: Connection, *, boutique_id: str, order_id: str, reference: str
) -> Order:
    """Takes an open order as paid in full by other means, `reference` being where it is written.

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
    if order.status != "open" or order.conversation_id is None:
        raise Conflict(f"It is {order.status}, so no payment of it is taken any more.")
    payment = await _by_hand(conn, order, boutique_id=boutique_id)
    result = Result(code=PAID_CODE, amount_minor=order.total_minor, receipt=written)
    await tell_conversation(conn, payment, order, result)
    await audit.write_by_member(
        conn,
        action="paid_outside",
        subject=f"order:{order.number}",
        details={"reference": written, "amount_minor": order.total_minor},
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
    payment_id = await payments.add(
        conn,
        boutique_id=boutique_id,
        order_id=order.id,
        provider="manual",
        phone=phone,
        amount_minor=order.total_minor,
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

    `not_paid` lets go of the pieces of an order that is still open. Raises NotFound, Conflict.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    if not await order_reviews.end(conn, order_id=order.id):
        raise Conflict("It waits for no review.")
    if outcome == "not_paid" and order.status == "open":
        await order_tools.release(conn, order)
    await audit.write_by_member(
        conn,
        action=f"review_{outcome}",
        subject=f"order:{order.number}",
        details={"reason": order.review_reason, "note": note},
    )
    return await the_order(conn, order_id=order_id)
