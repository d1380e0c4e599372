"""Orders: what is to be sent, is on the way, is done or waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from dukani.core.media_links import own_link
from dukani.core.services import Services
from dukani.core.store import customers, order_list, requests
from dukani.core.store import orders as store
from dukani.core.store.order_list import ListedOrder, OrderFilter
from dukani.core.store.orders import OrderPaymentStatus
from dukani.core.store.payments import PaymentProvider, PaymentStatus, ReviewReason
from dukani.dashboard_api.access import AMember, AnActingMember, Member
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import order_desk
from dukani.tools.order_desk import Movement, ReviewOutcome

router = APIRouter(prefix="/boutiques/{boutique_id}/orders", tags=["orders"])

OrderStatus = Literal["open", "confirmed", "cancelled"]
FulfilmentStatus = Literal["unfulfilled", "dispatched", "delivered", "returned"]
Reference = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=3, max_length=40, pattern=r"^[A-Za-z0-9 ./-]+$"
    ),
]


class OrderRow(Answer):
    id: UUID
    number: str
    status: OrderStatus
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    review_reason: ReviewReason | None
    currency: str
    total_minor: Minor
    customer_name: str | None
    address: str
    zone: str | None
    first_item: str | None
    pieces: int
    picture_url: str | None
    created_at: datetime
    paid_at: datetime | None

    @classmethod
    def of(cls, row: ListedOrder, services: Services) -> OrderRow:
        url = own_link(services, row.picture_path) if row.picture_path else None
        fields = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**fields | {"picture_url": url})


class OrderItem(Answer):
    sku: str
    name: str
    colour: str
    size: str
    unit_price_minor: Minor
    quantity: int
    product_id: UUID | None
    variant_id: UUID | None


class OrderPayment(Answer):
    id: UUID
    attempt: int
    provider: PaymentProvider
    phone: MaskedPhone
    amount_minor: Minor
    received_minor: int | None
    status: PaymentStatus
    receipt: str | None
    result_text: str | None
    review_reason: ReviewReason | None
    created_at: datetime
    resolved_at: datetime | None


class OrderRequest(Answer):
    id: UUID
    kind: str
    words: str
    created_at: datetime


class Happened(Answer):
    """A line of the timeline. `actor`: assistant, provider, or a member as `owner:<user id>`."""

    at: datetime
    what: str
    actor: str | None
    details: dict[str, Any]


class Order(Answer):
    id: UUID
    number: str
    status: OrderStatus
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    review_reason: ReviewReason | None
    currency: str
    items_minor: Minor
    delivery_minor: Minor
    total_minor: Minor
    fee_to_confirm: bool
    customer_id: UUID
    customer_name: str | None
    customer_phone: str | None  # in full: whoever delivers calls it
    conversation_id: UUID | None
    address: str
    latitude: float | None
    longitude: float | None
    zone: str | None
    note: str | None
    replaces_id: UUID | None
    created_at: datetime
    items: list[OrderItem]
    payments: list[OrderPayment]
    open_requests: list[OrderRequest]
    timeline: list[Happened]


class PaidOutside(Body):
    """Money for all of the order that came past M-Pesa's prompt, and where that is written."""

    reference: Reference


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
    return await _shown(member, str(order_id))


@router.post("/{order_id}/sent")
async def mark_order_sent(member: AnActingMember, order_id: UUID) -> Order:
    """The order is on its way; the customer is told in her chat, if WhatsApp allows it now."""
    return await _moved(member, str(order_id), "dispatched")


@router.post("/{order_id}/delivered")
async def mark_order_delivered(member: AnActingMember, order_id: UUID) -> Order:
    """The order arrived; the customer is told in her chat, if WhatsApp allows it now."""
    return await _moved(member, str(order_id), "delivered")


@router.post("/{order_id}/cancelled")
async def cancel_order(member: AnActingMember, order_id: UUID) -> Order:
    """Cancel an order that is not paid; its pieces can be sold again."""
    await order_desk.cancel(member.conn, order_id=str(order_id))
    return await _shown(member, str(order_id))


@router.post("/{order_id}/paid-outside", status_code=202)
async def record_payment(member: AnActingMember, order_id: UUID, paid: PaidOutside) -> Order:
    """Take an order as paid by other means: its chat's next turn settles it and says so."""
    await order_desk.paid_outside(
        member.conn,
        boutique_id=member.boutique_id,
        order_id=str(order_id),
        reference=paid.reference,
    )
    return await _shown(member, str(order_id))


@router.post("/{order_id}/reviewed")
async def end_order_review(member: AnActingMember, order_id: UUID, end: ReviewEnd) -> Order:
    """Take an order out of review. Where the money did come, record the payment instead."""
    await order_desk.end_review(
        member.conn, order_id=str(order_id), outcome=end.outcome, note=end.note
    )
    return await _shown(member, str(order_id))


async def _moved(member: Member, order_id: str, to: Movement) -> Order:
    await order_desk.move(member.conn, boutique_id=member.boutique_id, order_id=order_id, to=to)
    return await _shown(member, order_id)


async def _shown(member: Member, order_id: str) -> Order:
    conn = member.conn
    order = await order_desk.the_order(conn, order_id=order_id)
    customer = await customers.get(conn, customer_id=order.customer_id)
    asked = await requests.open_of_order(conn, order_id=order_id)
    paid = await order_list.payments(conn, order_id=order_id)
    happened = await order_list.timeline(conn, order_id=order_id, number=order.number)
    fields = {name: getattr(order, name) for name in Order.model_fields if hasattr(order, name)}
    return Order(
        **fields,
        customer_name=customer.name if customer else None,
        customer_phone=customer.phone if customer else None,
        items=[OrderItem.model_validate(i) for i in await store.items(conn, order_id=order_id)],
        payments=[OrderPayment.model_validate(one) for one in paid],
        open_requests=[OrderRequest.model_validate(one) for one in asked],
        timeline=[Happened.model_validate(one) for one in happened],
    )
