"""Handles changes of a placed order: reopens an unpaid one, asks the shop to change a paid one."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import ChangeRequested, Fact, OrderReopened
from dukani.core.store import orders, payments, requests
from dukani.core.store.orders import Order
from dukani.core.store.requests import RequestKind
from dukani.domain.acts import Edit
from dukani.domain.pieces import Line
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import request_note
from dukani.graph.state import State, with_facts
from dukani.tools import orders as order_tools


async def open_order(state: State, context: Context) -> Order | None:
    """The conversation's placed and unpaid order, locked; None if there is none."""
    order_id = state.get("order_id")
    if order_id is None:
        return None
    order = await orders.get(context.conn, order_id=order_id, lock=True)
    return order if order is not None and order.status == "open" else None


async def prompt_is_out(context: Context, order: Order) -> bool:
    """Whether a payment prompt may still be answered; until then the order may not change."""
    latest = await payments.latest_of_order(context.conn, order_id=order.id)
    return latest is not None and latest.in_flight and latest.provider != "manual"


async def reopen(state: State, context: Context, order: Order) -> State:
    """Makes the order a cart again; the order placed next replaces it (`orders.replaces_id`)."""
    await order_tools.reopen(context.conn, order, actor="customer")
    address = state.get("address") or {
        "text": order.address,
        "latitude": order.latitude,
        "longitude": order.longitude,
    }
    return {
        "order_id": None,
        "replaces": order.id,
        "address": address,
        "checking_out": True,
        "step": "cart_updated",
        "facts": with_facts(state, OrderReopened(order_number=order.number)),
    }


async def request_change(
    context: Context,
    order: Order,
    *,
    edits: Sequence[Edit],
    kind: RequestKind = "order_change",
    words: str = "",
    wanted: Sequence[Line] = (),
) -> Fact:
    """Records a change that only the shop can make, and tells the owner.

    `words` are the customer's own, by default this turn's last ones. `wanted` are the lines the
    customer would like the order to have.
    """
    words = words or next((m.body for m in reversed(context.heard) if m.body), "")
    await requests.add(
        context.conn,
        customer_id=context.customer.id,
        conversation_id=context.conversation.id,
        order_id=order.id,
        kind=kind,
        words=words,
        details={
            "edits": [edit.model_dump(mode="json", exclude_none=True) for edit in edits],
            "wanted": [line.model_dump(mode="json") for line in wanted],
        },
    )
    await request_note(context, {}, kind, words, order=order)
    return ChangeRequested(order_number=order.number)
