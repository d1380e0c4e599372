"""Placing the order she said yes to, and asking for its money."""

from __future__ import annotations

from dukani.agent.facts import (
    Fact,
    PaymentInstructed,
    PaymentPending,
    PaymentPrompted,
    PieceOutOfStock,
)
from dukani.core.errors import OutOfStock
from dukani.core.phone import mask_phone
from dukani.core.store import products
from dukani.core.store.carts import CartItem
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.core.store.products import Variant
from dukani.graph.context import Context
from dukani.graph.focus import focus_of
from dukani.graph.hold import watch_the_hold
from dukani.graph.sold_out import sold_out
from dukani.graph.state import State, rest, said
from dukani.tools import orders
from dukani.tools.payments import accounts
from dukani.tools.payments.request import request_payment


async def place_and_ask_for_money(state: State, context: Context, items: list[CartItem]) -> State:
    """The order and its payment attempt are stored together or not at all."""
    address = state.get("address") or {}
    try:
        async with context.conn.transaction():
            order = await orders.place(
                context.conn,
                boutique_id=context.boutique.id,
                customer_id=context.customer.id,
                conversation_id=context.conversation.id,
                currency=context.boutique.currency,
                delivery=orders.Delivery(
                    address=address["text"],
                    latitude=address.get("latitude"),
                    longitude=address.get("longitude"),
                ),
                delivery_minor=context.boutique.delivery_fee_minor,
                items=items,
            )
            await watch_the_hold(context, order)
            asked = await ask_for_money(state, context, order)
    except OutOfStock as gone:
        return await _gone(state, context, items, gone)
    return asked


async def ask_for_money(state: State, context: Context, order: Order) -> State:
    """Another attempt at an order's money. Raises OutOfStock when its pieces are gone."""
    phone = state.get("payment_phone") or context.customer.phone
    assert phone is not None  # the confirmation asked for it
    payment = await request_payment(
        context.conn,
        boutique_id=context.boutique.id,
        order=order,
        phone=phone,
        ways=await accounts.ways_of(context.conn, context.boutique),
    )
    return {
        "acts": rest(state),
        "facts": said(state, _asked(context, order, payment)),
        "order_id": order.id,
        "question": None,
        "quote": None,
        "step": "payment_initiated",
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


async def _gone(state: State, context: Context, items: list[CartItem], gone: OutOfStock) -> State:
    """Someone else was faster: say so, with what is left; the cart stays to be changed."""
    in_cart = any(item.variant_id == gone.variant_id for item in items)
    variant = await products.variant(context.conn, variant_id=gone.variant_id)
    if variant is None or not in_cart:
        fact = PieceOutOfStock(name="", wanted=gone.wanted, left=gone.available)
        return {"acts": rest(state), "facts": said(state, fact), "step": "cart_updated"}
    return await sold_to_another(state, context, variant, wanted=gone.wanted)


async def sold_to_another(
    state: State, context: Context, variant: Variant, *, wanted: int
) -> State:
    """Tell what is left of a piece she had agreed to; her cart can be changed."""
    variants = await products.variants(context.conn, product_ids=[variant.product_id])
    told = sold_out(state, focus_of(variant), variants, wanted=wanted)
    return told | {"step": "cart_updated", "last_variant_id": variant.id}
