"""Handles a payment that arrives after its order was reopened to be changed.

The money pays the order as it was prompted for. The changed draft must not be paid as well, so
its cart is abandoned and the shop is told the difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Fact
from dukani.core.store import carts, orders
from dukani.core.store.orders import Order
from dukani.domain.pieces import Line
from dukani.graph.context import Context
from dukani.graph.ordering.placed import request_change
from dukani.graph.state import State
from dukani.tools import cart
from dukani.tools.lines import as_lines


def is_reopened_order(state: State, order: Order) -> bool:
    """Whether the customer's current draft is this order, reopened to be changed."""
    return order.status == "cancelled" and state.get("replaces") == order.id


async def end_the_draft(state: State, context: Context, order: Order) -> list[Fact]:
    """Abandons the draft, and passes its difference from the paid order on to the shop.

    Returns the facts for the customer about that, if there is a difference.
    """
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    wanted, paid = as_lines(items), as_lines(await orders.items(context.conn, order_id=order.id))
    where = (state.get("address") or {}).get("text") or order.address
    await carts.abandon_open(context.conn, customer_id=context.customer.id)
    if _amounts(wanted) == _amounts(paid) and where == order.address:
        return []
    words = ", ".join(f"{x.quantity} × {x.name} ({x.colour}, {x.size})" for x in wanted)
    told = await request_change(context, order, edits=(), words=f"{words} → {where}", wanted=wanted)
    return [told]


def _amounts(lines: Sequence[Line]) -> dict[str, int]:
    return {line.variant_id: line.quantity for line in lines}
