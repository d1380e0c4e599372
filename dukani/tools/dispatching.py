"""A person of the shop sends an order out, whole or in parts, and says that it arrived.

What is sent is written down piece by piece (`core/store/dispatches.py`), and each sending is told
to the customer. A tap that is repeated sends nothing twice: it names the sending it means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import audit, dispatches, order_progress, orders
from dukani.core.store.order_progress import ItemProgress
from dukani.core.store.orders import FulfilmentStatus, Order
from dukani.domain.order_news import NotTold
from dukani.domain.order_states import Step, why_not
from dukani.tools.order_news import subject_of, tell
from dukani.tools.order_parts import left_after

SENT_MEANWHILE = "Something else was sent in the meantime: look at the order again, then decide."


async def the_order(conn: Connection, *, order_id: str, lock: bool = False) -> Order:
    """Raises NotFound."""
    order = await orders.get(conn, order_id=order_id, lock=lock)
    if order is None:
        raise NotFound("There is no such order here.")
    return order


def require(order: Order, step: Step) -> None:
    """Raises Conflict when the order's state does not allow the step."""
    if (reason := why_not(order, step)) is not None:
        raise Conflict(reason)


async def send_part(
    conn: Connection, *, order_id: str, number: int, pieces: Mapping[int, int]
) -> Order:
    """Sends some of the order's pieces: id of an item → how many of it.

    `number` says which sending of the order it is, counted from 1. Raises NotFound, InvalidValue
    for pieces that are not left, or Conflict.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    before = await dispatches.of_order(conn, order_id=order.id)
    if number <= len(before) and dict(before[number - 1].items) == dict(pieces):
        return order
    if number != len(before) + 1:
        raise Conflict(SENT_MEANWHILE)
    require(order, "send")
    items = await order_progress.items(conn, order_id=order.id)
    _require_left(items, pieces)
    completes = dict(pieces) == left_after(items)
    dispatch_id = await dispatches.add(
        conn, order_id=order.id, number=number, completes=completes, items=pieces
    )
    to: Literal["dispatched", "partly_dispatched"] = (
        "dispatched" if completes else "partly_dispatched"
    )
    await _reached(conn, order, to)
    await tell(conn, order, to, subject_id=dispatch_id)
    return await the_order(conn, order_id=order.id)


async def send_all(conn: Connection, *, order_id: str) -> tuple[Order, NotTold | None]:
    """Sends all that is left; again, it changes nothing. Raises NotFound, Conflict."""
    order = await the_order(conn, order_id=order_id, lock=True)
    if order.fulfilment_status == "dispatched":
        return order, None
    require(order, "send")
    dispatch_id = await write_down(conn, order, to="dispatched")
    not_told = await tell(conn, order, "dispatched", subject_id=dispatch_id)
    return await the_order(conn, order_id=order.id), not_told


async def deliver(conn: Connection, *, order_id: str) -> tuple[Order, NotTold | None]:
    """Notes that the order arrived, all of it; again, it changes nothing.

    Pieces that nobody had marked as sent are written down as sent now. Raises NotFound, Conflict.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    if order.fulfilment_status == "delivered":
        return order, None
    require(order, "deliver")
    await write_down(conn, order, to="delivered")
    not_told = await tell(conn, order, "delivered")
    return await the_order(conn, order_id=order.id), not_told


async def write_down(
    conn: Connection, order: Order, *, to: Literal["dispatched", "delivered"]
) -> str | None:
    """Writes down that all of an order went out, or arrived; tells nobody.

    The order is locked and may take the step. Returns the id of the sending of what was left.
    """
    dispatch_id = None
    if left := left_after(await order_progress.items(conn, order_id=order.id)):
        number = len(await dispatches.of_order(conn, order_id=order.id)) + 1
        dispatch_id = await dispatches.add(
            conn, order_id=order.id, number=number, completes=True, items=left
        )
    await _reached(conn, order, to)
    return dispatch_id


async def _reached(conn: Connection, order: Order, to: FulfilmentStatus) -> None:
    await orders.set_fulfilment(conn, order_id=order.id, to=to)
    await audit.write_by_member(conn, action=f"order_{to}", subject=subject_of(order))


def _require_left(items: Sequence[ItemProgress], pieces: Mapping[int, int]) -> None:
    """Raises InvalidValue for a piece that is not the order's, or not left to send."""
    known = {item.id: item for item in items}
    for item_id, quantity in pieces.items():
        item = known.get(item_id)
        if item is None:
            raise InvalidValue(
                field="items", value=item_id, remedy="choose among the pieces of this order."
            )
        if quantity > item.left:
            remedy = f"{item.left} of {item.name} ({item.size}) are left to send."
            raise InvalidValue(field="items", value=quantity, remedy=remedy)
