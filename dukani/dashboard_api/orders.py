"""Orders: what is to be sent, is on the way, is done or waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from dukani.core.store import order_list
from dukani.core.store.order_list import OrderFilter
from dukani.core.store.payments import PaidBy
from dukani.dashboard_api.access import AMember, AnActingMember
from dukani.dashboard_api.bodies import Body
from dukani.dashboard_api.order_answers import Order, OrderRow, shown
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import dispatching, order_desk
from dukani.tools.order_desk import ReviewOutcome

router = APIRouter(prefix="/boutiques/{boutique_id}/orders", tags=["orders"])

Reference = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=3, max_length=40, pattern=r"^[A-Za-z0-9 ./-]+$"
    ),
]


class PaidOutside(Body):
    """Money for all of the order that came past M-Pesa's prompt, and where that is written."""

    reference: Reference
    paid_by: PaidBy = "mpesa"


class ReviewEnd(Body):
    """`not_paid`: the money did not come. `settled`: the matter is dealt with, as the note says."""

    outcome: ReviewOutcome
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


@router.get("")
async def list_orders(
    member: AMember,
    asked: AskedPage,
    which: Annotated[OrderFilter, Query(alias="filter")] = "all",
) -> Page[OrderRow]:
    after = asked.after(datetime)
    rows = await order_list.page(member.conn, which=which, after=after, limit=asked.limit + 1)
    return asked.page(rows, lambda row: row.key, lambda row: OrderRow.of(row, member.services))


@router.get("/{order_id}")
async def get_order(member: AMember, order_id: UUID) -> Order:
    return await shown(member, str(order_id))


@router.post("/{order_id}/sent")
async def mark_order_sent(member: AnActingMember, order_id: UUID) -> Order:
    """All that is left of the order is on its way; the customer is told."""
    await dispatching.send_all(member.conn, order_id=str(order_id))
    return await shown(member, str(order_id))


@router.post("/{order_id}/delivered")
async def mark_order_delivered(member: AnActingMember, order_id: UUID) -> Order:
    """The order arrived; the customer is told."""
    await dispatching.deliver(member.conn, order_id=str(order_id))
    return await shown(member, str(order_id))


@router.post("/{order_id}/cancelled")
async def cancel_order(member: AnActingMember, order_id: UUID) -> Order:
    """Cancel an order that is not paid; its pieces can be sold again, and the customer is told."""
    await order_desk.cancel(member.conn, order_id=str(order_id))
    return await shown(member, str(order_id))


@router.post("/{order_id}/paid-outside", status_code=202)
async def record_payment(member: AnActingMember, order_id: UUID, paid: PaidOutside) -> Order:
    """Take an order as paid by other means: its chat's next turn settles it and says so."""
    await order_desk.paid_outside(
        member.conn,
        boutique_id=member.boutique_id,
        order_id=str(order_id),
        reference=paid.reference,
        paid_by=paid.paid_by,
    )
    return await shown(member, str(order_id))


@router.post("/{order_id}/reviewed")
async def end_order_review(member: AnActingMember, order_id: UUID, end: ReviewEnd) -> Order:
    """Take an order out of review. Where the money did come, record the payment instead."""
    await order_desk.end_review(
        member.conn, order_id=str(order_id), outcome=end.outcome, note=end.note
    )
    return await shown(member, str(order_id))
