"""Answers what is asked of the last order: when its delivery is paid, whether it is added to."""

from __future__ import annotations

from dukani.agent.facts import AddedByNewOrder, Fact, WhenFeePaid
from dukani.core.store import delivery_zones, orders
from dukani.core.store.orders import Order
from dukani.domain.acts import AskShop
from dukani.graph.context import Context
from dukani.tools import cart


async def answer_of_order(context: Context, act: AskShop) -> Fact:
    """The answer for the customer's last order, unless she has a cart begun since."""
    customer = context.customer.id
    last = await orders.latest(context.conn, customer_id=customer)
    if last is not None and await cart.current_items(context.conn, customer_id=customer):
        last = None
    if act.topic == "add_to_order":
        paid = last is not None and last.payment_status == "paid"
        return AddedByNewOrder(order_number=last.number if last is not None and paid else None)
    return WhenFeePaid(included=await _is_in_the_total(context, last))


async def _is_in_the_total(context: Context, order: Order | None) -> bool:
    if order is not None:
        return not order.fee_to_confirm
    if context.boutique.delivery_fee_minor:
        return True
    # A place outside the zones has a fee that the shop tells.
    return any(zone.fee_minor for zone in await delivery_zones.of_boutique(context.conn))
