"""Money that comes late, for an order that was opened again to be changed.

The late money pays what was prompted. What the order has become since must not be paid besides
it: the shop hears of the difference, and the cart ends.
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


def is_of_the_reopened(state: State, order: Order) -> bool:
    """Whether the draft the customer has before her is this order, being changed."""
    return order.status == "cancelled" and state.get("replaces") == order.id


async def end_the_draft(state: State, context: Context, order: Order) -> list[Fact]:
    """What the customer is told besides that a person looks at the money."""
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
