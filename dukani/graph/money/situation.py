"""Reads where a customer stands, for notes to the owner: the order, else the cart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dukani.agent.wording.owner_situation import Situation, Stage
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.domain.pieces import Line
from dukani.graph.context import Context
from dukani.graph.ordering.quote import fee_of
from dukani.graph.state import State
from dukani.tools import cart
from dukani.tools.delivery_zones import Delivered, delivery_of
from dukani.tools.lines import as_lines
from dukani.tools.payments.request import payable_minor


async def situation_of(context: Context, state: State, order: Order | None = None) -> Situation:
    """The given order's, else the open one's, else the cart's, else the latest order's."""
    if order is not None:
        return await _of_order(context, order)
    order_id = state.get("order_id")
    placed = await orders.get(context.conn, order_id=order_id) if order_id else None
    if placed is not None and placed.status != "cancelled":
        return await _of_order(context, placed)
    lines = as_lines(await cart.current_items(context.conn, customer_id=context.customer.id))
    if lines:
        return await _of_cart(context, state, lines)
    latest = await orders.latest(context.conn, customer_id=context.customer.id)
    if latest is not None and latest.status != "cancelled":
        return await _of_order(context, latest)
    return Situation(currency=context.boutique.currency)


async def _of_order(context: Context, order: Order) -> Situation:
    stage: Stage = "cancelled" if order.status == "cancelled" else order.payment_status
    return Situation(
        currency=order.currency,
        stage=stage,
        order_number=order.number,
        lines=as_lines(await orders.items(context.conn, order_id=order.id)),
        delivery_minor=fee_of(order),
        fee_to_confirm=order.fee_to_confirm,
        total_minor=order.total_minor,
        address=order.address,
        zone=order.zone,
        note=order.note,
    )


async def _of_cart(context: Context, state: State, lines: tuple[Line, ...]) -> Situation:
    address = state.get("address")
    delivery = await _delivery(context, address) if address else None
    fee_minor = delivery.fee_minor if delivery else None
    currency = context.boutique.currency
    return Situation(
        currency=currency,
        stage="cart",
        lines=lines,
        delivery_minor=fee_minor,
        fee_to_confirm=delivery is not None and fee_minor is None,
        total_minor=payable_minor(cart.total_minor(lines) + (fee_minor or 0), currency),
        address=address["text"] if address else "",
        zone=delivery.zone if delivery else None,
        note=state.get("note"),
    )


async def _delivery(context: Context, address: Mapping[str, Any]) -> Delivered:
    return await delivery_of(
        context.conn,
        context.boutique,
        address=address["text"],
        latitude=address.get("latitude"),
        longitude=address.get("longitude"),
    )
