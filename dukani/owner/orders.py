"""Marks paid orders as sent out or delivered, and lets their customers know."""

from __future__ import annotations

import difflib
from datetime import UTC, datetime

from dukani.agent.wording import owner_desk_orders as words
from dukani.agent.wording.owner_replies import customer_named
from dukani.core.phone import mask_phone
from dukani.core.store import audit, consents, conversations, customers, orders, owner_reports
from dukani.core.store.orders import Order
from dukani.domain.owner_commands import Movement, MoveOrders
from dukani.domain.owner_pending import MoveOrder
from dukani.owner.context import Desk
from dukani.tools import staff
from dukani.tools.sending_rules import is_window_open

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
    """Marks the orders, and adds an event to each one's conversation, whose turn tells of it."""
    moved, untold = [], []
    for order_id in change.order_ids:
        order = await orders.get(desk.conn, order_id=order_id, lock=True)
        if order is None or not await orders.move(desk.conn, order_id=order_id, to=change.to):
            why = _reason_not_to_move(order, change.to) if order else None
            if order and why:
                await desk.say(words.not_moved(order.number, why, desk.language))
            continue
        await audit.write(
            desk.conn,
            actor="staff",
            action=f"order_{change.to}",
            subject=f"order:{order.number}",
        )
        moved.append(order.number)
        if not await _tell_customer(desk, order, change.to):
            untold.append(order.number)
    if moved:
        await desk.say(words.moved_note(moved, change.to, desk.language, untold=untold))


def _reason_not_to_move(order: Order, to: Movement) -> str | None:
    if order.payment_status == "needs_review":
        return "needs_review"
    if order.status == "cancelled":
        return "cancelled"
    if order.payment_status != "paid":
        return "unpaid"
    reached = order.fulfilment_status
    if reached in ("delivered", "returned") or (reached == "dispatched" and to == "dispatched"):
        return reached
    return None


async def _tell_customer(desk: Desk, order: Order, to: Movement) -> bool:
    """Whether the customer can be told now: inside the 24 hours, and not after a stop."""
    if order.conversation_id is None:
        return False
    conversation = await conversations.get(desk.conn, conversation_id=order.conversation_id)
    if conversation is None or not is_window_open(conversation.last_inbound_at, datetime.now(UTC)):
        return False
    if not await consents.may_answer(desk.conn, customer_id=order.customer_id):
        return False
    await staff.tell_of_fulfilment(
        desk.conn,
        boutique_id=desk.boutique.id,
        conversation_id=conversation.id,
        order_id=order.id,
        to=to,
    )
    return True


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
