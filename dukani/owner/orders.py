"""Marks paid orders as sent out or delivered, and lets their customers know."""

from __future__ import annotations

import difflib

from dukani.agent.wording import owner_desk_orders as words
from dukani.agent.wording.owner_replies import customer_named
from dukani.core.phone import mask_phone
from dukani.core.store import customers, orders, owner_reports
from dukani.core.store.orders import Order
from dukani.domain.order_states import Step, why_not
from dukani.domain.owner_commands import Movement, MoveOrders
from dukani.domain.owner_pending import MoveOrder
from dukani.owner.context import Desk
from dukani.tools import dispatching

_COMPARED = 200  # orders that wait to be sent, whose numbers a wrong one may mean


async def ask_to_move(desk: Desk, command: MoveOrders) -> None:
    """Asks for a yes; or says which number is wrong, or why an order is not marked."""
    found = await orders.of_boutique(desk.conn, numbers=command.numbers)
    known = {order.number for order in found}
    if missing := [number for number in command.numbers if number not in known]:
        near = await _nearest(desk, missing)
        await desk.say(words.unknown_orders(missing, near, desk.language))
        return
    for order in found:
        if why := _reason_not_to_move(order, command.to):
            await desk.say(words.not_moved(order.number, why, desk.language))
            return
    change = MoveOrder(order_ids=tuple(order.id for order in found), to=command.to)
    numbers = [order.number for order in found]
    who = await _named(desk, found[0]) if len(found) == 1 else ""
    await desk.confirm(change, words.move_question(numbers, command.to, desk.language, who=who))


async def move(desk: Desk, change: MoveOrder) -> None:
    """Marks the orders, and lets their customers know."""
    moved, untold = [], []
    for order_id in change.order_ids:
        order = await orders.get(desk.conn, order_id=order_id, lock=True)
        why = _reason_not_to_move(order, change.to) if order else None
        if order is None or why:
            if order and why:
                await desk.say(words.not_moved(order.number, why, desk.language))
            continue
        step = dispatching.send_all if change.to == "dispatched" else dispatching.deliver
        _, not_told = await step(desk.conn, order_id=order_id)
        moved.append(order.number)
        if not_told:
            untold.append(order.number)
    if moved:
        await desk.say(words.moved_note(moved, change.to, desk.language, untold=untold))


def _reason_not_to_move(order: Order, to: Movement) -> str | None:
    step: Step = "send" if to == "dispatched" else "deliver"
    if why_not(order, step) is None:
        return None
    if order.refund_status == "all":
        return "refunded"
    if order.payment_status == "needs_review":
        return "needs_review"
    if order.status == "cancelled":
        return "cancelled"
    return order.fulfilment_status if order.payment_status == "paid" else "unpaid"


async def _nearest(desk: Desk, missing: list[str]) -> list[str]:
    waiting = await owner_reports.waiting_orders(
        desk.conn, which=owner_reports.TO_SEND, limit=_COMPARED
    )
    numbers = [order.number for order in waiting]
    found = [one for number in missing for one in difflib.get_close_matches(number, numbers, n=2)]
    return list(dict.fromkeys(found))


async def _named(desk: Desk, order: Order) -> str:
    customer = await customers.get(desk.conn, customer_id=order.customer_id)
    assert customer is not None  # the order's foreign key holds it
    phone = mask_phone(customer.phone) if customer.phone else ""
    return customer_named(customer.name, phone, language=desk.language)
