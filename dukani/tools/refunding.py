"""The owner gives money of an order back, and says what becomes of the pieces.

The money itself goes by hand, by M-Pesa, bank or cash; here it is written down, once, with where
it can be found. Never more than came in, and pieces return to the shelf by the ledger only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.errors import CallerError, Conflict, InvalidValue
from dukani.core.money import format_money
from dukani.core.store import audit, order_progress, order_reviews, orders, refunds, stock
from dukani.core.store.order_progress import ItemProgress
from dukani.core.store.orders import Order
from dukani.core.store.refunds import Refund, RefundedItem, RefundMethod, RefundReason
from dukani.tools import orders as order_tools
from dukani.tools.dispatching import the_order
from dukani.tools.order_news import subject_of, tell

REFUNDED_MEANWHILE = "Money was refunded in the meantime: look at the order again, then decide."


class RefundReferenceTaken(CallerError):
    """Another refund has this reference: check it on the statement."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class Returned:
    """Pieces of one of the order's items that are refunded, and how many go back on the shelf."""

    item_id: int
    quantity: int
    restocked: int = 0


@dataclass(frozen=True, slots=True)
class RefundWanted:
    """A refund; `number` says which of the order's it is, counted from 1."""

    number: int
    amount_minor: int
    reason: RefundReason
    words: str
    method: RefundMethod
    reference: str | None
    items: tuple[Returned, ...] = ()


async def refundable(conn: Connection, order: Order) -> int:
    """What may still go back, in minor units."""
    return max(await refunds.received(conn, order_id=order.id) - order.refunded_minor, 0)


async def refund(
    conn: Connection, *, boutique_id: str, order_id: str, wanted: RefundWanted
) -> Order:
    """Writes a refund down, moves the stock, and tells the customer; again, it changes nothing.

    Raises NotFound, InvalidValue, RefundReferenceTaken, or Conflict.
    """
    order = await the_order(conn, order_id=order_id, lock=True)
    before = await refunds.of_order(conn, order_id=order.id)
    if wanted.number <= len(before) and _is_same(before[wanted.number - 1], wanted):
        return order
    if wanted.number != len(before) + 1:
        raise Conflict(REFUNDED_MEANWHILE)
    await _require_money(conn, order, wanted)
    items = await order_progress.items(conn, order_id=order.id)
    returned = await _returned(conn, order, items, wanted.items)
    refund_id = await refunds.add(
        conn,
        order_id=order.id,
        number=wanted.number,
        amount_minor=wanted.amount_minor,
        currency=order.currency,
        reason=wanted.reason,
        words=wanted.words,
        method=wanted.method,
        reference=wanted.reference,
        items=returned,
    )
    await _restock(conn, order, items, returned, boutique_id=boutique_id, refund_id=refund_id)
    await _move_on(conn, order, wanted)
    await audit.write_by_member(
        conn,
        action="refunded",
        subject=subject_of(order),
        details={
            "amount_minor": wanted.amount_minor,
            "reason": wanted.reason,
            "method": wanted.method,
            "reference": wanted.reference,
            "pieces": sum(item.quantity for item in returned),
            "restocked": sum(item.restocked for item in returned),
        },
    )
    await tell(conn, order, "refunded", subject_id=refund_id)
    return await the_order(conn, order_id=order.id)


def _is_same(made: Refund, wanted: RefundWanted) -> bool:
    pieces = sorted((i.item_id, i.quantity, i.restocked) for i in made.items)
    same_pieces = pieces == sorted((i.item_id, i.quantity, i.restocked) for i in wanted.items)
    return same_pieces and (made.amount_minor, made.reason, made.method, made.reference) == (
        wanted.amount_minor,
        wanted.reason,
        wanted.method,
        wanted.reference,
    )


async def _require_money(conn: Connection, order: Order, wanted: RefundWanted) -> None:
    most = await refundable(conn, order)
    if most == 0:
        given_back = order.refund_status == "all"
        raise Conflict("All of it was given back." if given_back else "No money came in for it.")
    if wanted.amount_minor > most:
        remedy = f"at most {format_money(most, order.currency)} of it can go back."
        raise InvalidValue(field="amount_minor", value=wanted.amount_minor, remedy=remedy)
    if wanted.method != "cash" and not wanted.reference:
        remedy = "write the code of the M-Pesa message, or the bank's reference."
        raise InvalidValue(field="reference", remedy=remedy)
    if wanted.reason == "other" and not wanted.words:
        raise InvalidValue(field="words", remedy="say in a few words why.")
    if wanted.reference and await refunds.of_reference(
        conn, method=wanted.method, reference=wanted.reference
    ):
        raise RefundReferenceTaken


async def _returned(
    conn: Connection,
    order: Order,
    items: Sequence[ItemProgress],
    wanted: Sequence[Returned],
) -> list[RefundedItem]:
    """The pieces with how many of them had not gone out: those are refunded first.

    Raises InvalidValue.
    """
    known = {item.id: item for item in items}
    out = await stock.out_for_order(conn, order_id=order.id)
    found = []
    for one in wanted:
        item = known.get(one.item_id)
        if item is None:
            remedy = "choose among the pieces of this order."
            raise InvalidValue(field="items", value=one.item_id, remedy=remedy)
        if one.quantity > item.refundable:
            remedy = f"{item.refundable} of {item.name} ({item.size}) can be refunded."
            raise InvalidValue(field="items", value=one.quantity, remedy=remedy)
        may_return = out.get(item.variant_id or "", 0)
        if one.restocked > may_return:
            remedy = f"{may_return} of {item.name} ({item.size}) can go back on the shelf."
            raise InvalidValue(field="items", value=one.restocked, remedy=remedy)
        unsent = min(one.quantity, item.left)
        found.append(RefundedItem(item.id, one.quantity, one.restocked, unsent))
    return found


async def _restock(
    conn: Connection,
    order: Order,
    items: Sequence[ItemProgress],
    returned: Sequence[RefundedItem],
    *,
    boutique_id: str,
    refund_id: str,
) -> None:
    variants = {item.id: item.variant_id for item in items}
    pieces: Counter[str] = Counter()
    for one in returned:
        if one.restocked:
            pieces[variants[one.item_id] or ""] += one.restocked
    await stock.lock_levels(conn, variant_ids=list(pieces))
    for variant_id, quantity in pieces.items():
        await stock.move(
            conn,
            boutique_id=boutique_id,
            variant_id=variant_id,
            delta=quantity,
            reason="return",
            order_id=order.id,
            refund_id=refund_id,
        )


async def _move_on(conn: Connection, order: Order, wanted: RefundWanted) -> None:
    """Cancels or ends what is refunded whole, and leaves nothing to send that nobody waits for.

    Giving back what was paid twice is what the review of a second payment asked for.
    """
    after = await the_order(conn, order_id=order.id)
    if after.refund_status == "all":
        if after.status == "open":
            await order_tools.cancel(conn, after, actor="staff")
        await order_reviews.end(conn, order_id=after.id)
    elif (after.review_reason, wanted.reason) == ("second_receipt", "paid_twice"):
        await order_reviews.end(conn, order_id=after.id)
    if after.status != "confirmed":
        return
    items = await order_progress.items(conn, order_id=order.id)
    went = any(item.sent for item in items) or after.fulfilment_status != "unfulfilled"
    if all(item.refundable == 0 for item in items) and (went or after.refund_status == "part"):
        await orders.set_fulfilment(conn, order_id=order.id, to="returned")
    elif after.fulfilment_status == "partly_dispatched" and not any(item.left for item in items):
        await orders.set_fulfilment(conn, order_id=order.id, to="dispatched")
