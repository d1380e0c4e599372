"""Adds payment results to their conversation, as events that a turn settles."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.jobs import defer_turn
from dukani.core.store import events, orders
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.tools.payments.judgement import Result


async def tell_conversation(
    conn: Connection, payment: Payment, order: Order, result: Result
) -> None:
    """Adds the result as an event and defers a turn, which settles it and tells the customer.

    The order is read again, because its conversation may have changed while M-Pesa was asked.
    """
    order = await orders.get(conn, order_id=order.id) or order
    assert order.conversation_id is not None  # every payment begins in a conversation
    await events.add(
        conn,
        conversation_id=order.conversation_id,
        kind="payment_result",
        payload={
            "payment_id": payment.id,
            "code": result.code,
            "text": result.text,
            "amount_minor": result.amount_minor,
            "receipt": result.receipt,
            "unread": result.unread,
        },
    )
    await defer_turn(conn, boutique_id=payment.boutique_id, conversation_id=order.conversation_id)
