"""Asking for an order's money: the prompt she said yes to, and trying again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.facts import (
    Fact,
    NoMorePrompts,
    PaymentInstructed,
    PaymentPending,
    PaymentPrompted,
    TooManyHeld,
    WaitBeforePrompt,
)
from dukani.core.errors import HeldEnough, OutOfStock
from dukani.core.jobs import defer_check
from dukani.core.money import whole_units
from dukani.core.phone import mask_phone
from dukani.core.store import payments as payment_store
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import pay_by_hand_note
from dukani.graph.ordering.placed import reopen
from dukani.graph.ordering.placing import sold_meanwhile
from dukani.graph.ordering.quote import quote_of_order
from dukani.graph.state import Quote, State, said
from dukani.tools.payments import accounts
from dukani.tools.payments.prompt_limits import HeldBack, held_back
from dukani.tools.payments.request import (
    PhoneHadEnough,
    payable_minor,
    provider_for,
    request_payment,
)

PROMPT_LASTS = timedelta(seconds=60)


async def ask_for_money(state: State, context: Context, order: Order, *, phone: str) -> State:
    """An attempt at the order's money, unless a prompt may still be open on her phone."""
    latest = await payment_store.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider != "manual":
        return await _wait(state, context, order, latest)
    held = await prompt_held_back(context, order, phone)
    if held is not None:
        return await _not_now(state, context, order, phone, held)
    try:
        async with context.conn.transaction():
            payment = await request_payment(
                context.conn,
                boutique_id=context.boutique.id,
                order=order,
                phone=phone,
                ways=await accounts.ways_of(context.conn, context.boutique),
            )
    except PhoneHadEnough:
        return await _not_now(state, context, order, phone, HeldBack("phone"))
    except HeldEnough as enough:
        return {"facts": said(state, TooManyHeld(most=enough.most))}
    except OutOfStock as gone:
        # Her pieces were given back and sold: the order is a cart again, to be changed.
        news = await reopen(state, context, order)
        return {**news, **await sold_meanwhile({**state, **news}, context, gone)}
    asked = _asked(context, order, payment)
    if isinstance(asked, PaymentInstructed) and not asked.says_where:
        await pay_by_hand_note(context, order)
    return {
        "facts": said(state, asked),
        "order_id": order.id,
        "questions": [],
        "quote": None,
        "step": "payment_initiated",
        "checking_out": False,
    }


async def prompt_held_back(context: Context, order: Order, phone: str) -> HeldBack | None:
    """Why no prompt may leave to that phone; a payment by hand rings on nobody's."""
    ways = await accounts.ways_of(context.conn, context.boutique)
    units = whole_units(order.total_minor, order.currency)
    if provider_for(ways, phone=phone, amount_units=units) == "manual":
        return None
    return await held_back(
        context.conn,
        order,
        phone=phone,
        customer_phone=context.customer.phone,
        now=datetime.now(UTC),
    )


async def _not_now(
    state: State, context: Context, order: Order, phone: str, held: HeldBack
) -> State:
    """Said plainly, with another way; the order stays as it is, to be paid or changed."""
    till = context.boutique.shop_info.get("till")
    total_minor = payable_minor(order.total_minor, order.currency)
    fact: Fact = (
        WaitBeforePrompt(
            order_number=order.number, total_minor=total_minor, wait_s=held.wait_s, till=till
        )
        if held.reason == "wait"
        else NoMorePrompts(
            order_number=order.number,
            total_minor=total_minor,
            reason=held.reason,
            phone_masked=None if held.reason == "order" else mask_phone(phone),
            till=till,
        )
    )
    return {
        "facts": said(state, fact),
        "order_id": order.id,
        "questions": [],
        "quote": await quote_of_order(context, order, phone=phone),
        "step": "payment_failed",
        "checking_out": False,
    }


def _asked(context: Context, order: Order, payment: Payment | None) -> Fact:
    if payment is None:
        return PaymentPending(order_number=order.number)
    if payment.provider == "manual":
        ways = context.boutique.shop_info
        return PaymentInstructed(
            order_number=order.number,
            total_minor=payment.amount_minor,
            paybill=ways.get("paybill"),
            till=ways.get("till"),
        )
    return PaymentPrompted(
        order_number=order.number,
        total_minor=payment.amount_minor,
        phone_masked=mask_phone(payment.phone),
        attempt=payment.attempt,
    )


async def _wait(state: State, context: Context, order: Order, payment: Payment) -> State:
    """One payment in flight an order: M-Pesa is asked what became of the open one."""
    age = datetime.now(UTC) - (payment.sent_at or payment.created_at)
    checking = age >= PROMPT_LASTS
    if checking:
        await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=payment.id)
    return {"facts": said(state, PaymentPending(order_number=order.number, checking=checking))}


def agreed_to(state: State, quote: Quote) -> bool:
    """Whether the last thing she was shown is just what would be asked for now."""
    return state.get("agreed") == quote
