"""Handles a customer's claim to have paid: asks M-Pesa, or has the owner check the till."""

from __future__ import annotations

import re

import structlog

from dukani.agent.facts import AlreadyPaid, PaymentPending, PaymentUnderReview
from dukani.core.errors import HeldEnough, OutOfStock
from dukani.core.jobs import defer_check
from dukani.core.store import owner_notices, payments
from dukani.core.store.orders import Order
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import review_note
from dukani.graph.money.reservation import set_reservation_timer
from dukani.graph.state import State, with_facts
from dukani.tools import orders

log = structlog.get_logger()

RECEIPT = re.compile(r"(?=.*\d)[A-Z][A-Z0-9]{9}")


async def claim_paid(
    state: State, context: Context, order: Order, *, receipt: str | None = None
) -> State:
    """Handles "I have paid": M-Pesa confirms a prompt, the owner a payment to the till."""
    if order.payment_status == "paid":
        fact = AlreadyPaid(order_number=order.number)
        return {"facts": with_facts(state, fact)}
    latest = await payments.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.is_unanswered:
        await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=latest.id)
    else:
        await _ask_owner_to_check(context, order, receipt)
    if latest is not None and (latest.is_unanswered or latest.provider == "manual"):
        pending = PaymentPending(order_number=order.number, checking=True)
        return {"facts": with_facts(state, pending)}
    # No prompt is open, but the customer was shown the till and may have paid there.
    review = PaymentUnderReview(order_number=order.number)
    return {"facts": with_facts(state, review)}


async def _ask_owner_to_check(context: Context, order: Order, receipt: str | None) -> None:
    """Asks the owner to look at the till, and keeps the stock reservation until then.

    Words alone reserve for as long as any order, 15 minutes. A receipt number no payment has yet
    is something the owner can look up, so it reserves for a day.
    """
    evidence = await _unused_receipt(context, receipt)
    about = f"claim:{'receipt' if evidence else 'words'}:{order.id}"
    if order.payment_status == "needs_review" and not evidence:
        return
    if not await owner_notices.first_time(context.conn, about=about):
        return
    await review_note(context, order, "manual_claim", claimed=evidence)
    if order.status == "open":
        await _reserve_again(context, order)
    lasts = orders.RESERVED_FOR_REVIEW if evidence else orders.RESERVED_FOR
    await orders.await_review(context.conn, order, reason="manual_claim", lasts=lasts)


async def _unused_receipt(context: Context, receipt: str | None) -> str | None:
    """The receipt number in capitals, if it is well-formed and no payment has it yet."""
    if receipt is None or not RECEIPT.fullmatch(receipt.upper()):
        return None
    holder = await payments.holder_of_receipt(context.conn, receipt=receipt.upper())
    return receipt.upper() if holder is None else None


async def _reserve_again(context: Context, order: Order) -> None:
    """Reserves pieces that a failed prompt released; if they are sold, the owner must decide."""
    try:
        async with context.conn.transaction():
            await orders.reserve_again(context.conn, order, boutique_id=context.boutique.id)
    except (OutOfStock, HeldEnough):
        log.warning("claimed_pieces_are_gone", order=order.number)
        return
    await set_reservation_timer(context, order)
