"""An order as the people of its boutique see it: in a list, and whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from dukani.core.database import Connection
from dukani.core.media_links import own_link
from dukani.core.picture_sizes import FOR_ROWS, srcset
from dukani.core.services import Services
from dukani.core.store import (
    customers,
    dispatches,
    order_list,
    order_progress,
    order_timeline,
    refunds,
    requests,
)
from dukani.core.store.order_list import ListedOrder
from dukani.core.store.order_progress import ItemProgress
from dukani.core.store.orders import FulfilmentStatus, OrderPaymentStatus
from dukani.core.store.payments import PaymentProvider, PaymentStatus, ReviewReason
from dukani.core.store.refunds import RefundMethod, RefundReason
from dukani.core.store.requests import RequestKind
from dukani.dashboard_api.access import Member
from dukani.dashboard_api.bodies import Answer, MaskedPhone, Minor, WholePhone
from dukani.domain.order_states import Detail, Status, Step, details_of, may, status_of
from dukani.tools.dispatching import the_order
from dukani.tools.refunding import refundable


class OrderRow(Answer):
    id: UUID
    number: str
    status: Status
    details: tuple[Detail, ...]
    review_reason: ReviewReason | None
    currency: str
    total_minor: Minor
    refunded_minor: Minor
    customer_name: str | None
    address: str
    zone: str | None
    first_item: str | None
    pieces: int
    picture_url: str | None
    picture_srcset: str | None  # smaller, as an `img` takes them
    created_at: datetime
    paid_at: datetime | None

    @classmethod
    def of(cls, row: ListedOrder, services: Services) -> OrderRow:
        return cls(
            **_same_fields(row, cls)
            | {
                "status": status_of(row),
                "details": details_of(row),
            }
            | _picture(services, row.picture_path)
        )


class OrderItem(Answer):
    """`sent`, `refunded`, `restocked` and `left` (to send) count pieces of `quantity`."""

    id: int
    sku: str
    name: str
    colour: str
    size: str
    unit_price_minor: Minor
    quantity: int
    sent: int
    refunded: int
    restocked: int
    left: int
    product_id: UUID | None
    variant_id: UUID | None
    picture_url: str | None
    picture_srcset: str | None  # smaller, as an `img` takes them

    @classmethod
    def of(cls, item: ItemProgress, services: Services) -> OrderItem:
        return cls(**_same_fields(item, cls) | _picture(services, item.picture_path))


class OrderPayment(Answer):
    """`payer_name`: the customer whose phone paid, if the boutique knows one."""

    id: UUID
    attempt: int
    provider: PaymentProvider
    phone: MaskedPhone
    payer_name: str | None
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
    kind: RequestKind
    words: str
    created_at: datetime


class OrderDispatch(Answer):
    """One sending; `items` has how many of each of the order's items were in it."""

    number: int
    completes: bool
    items: dict[int, int]
    created_at: datetime


class OrderRefund(Answer):
    number: int
    amount_minor: Minor
    reason: RefundReason
    words: str
    method: RefundMethod
    reference: str | None
    created_at: datetime


class Happened(Answer):
    """A line of the timeline: an event, what somebody did, a `message`, or what moved in `stock`.

    `actor`: assistant, provider, customer, or a member as `owner:<user id>`.
    """

    at: datetime
    what: str
    actor: str | None
    actor_email: str | None
    details: dict[str, Any]


class Order(Answer):
    """`steps`: what may be done now; beside them, `refundable_minor` may be refunded."""

    id: UUID
    number: str
    status: Status
    details: tuple[Detail, ...]
    steps: tuple[Step, ...]
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    refund_status: Literal["none", "part", "all"]
    review_reason: ReviewReason | None
    currency: str
    items_minor: Minor
    delivery_minor: Minor
    total_minor: Minor
    refunded_minor: Minor
    refundable_minor: Minor
    fee_to_confirm: bool
    customer_id: UUID
    customer_name: str | None
    customer_phone: WholePhone  # whoever delivers calls it
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
    dispatches: list[OrderDispatch]
    refunds: list[OrderRefund]
    open_requests: list[OrderRequest]
    timeline: list[Happened]


async def shown(member: Member, order_id: str) -> Order:
    """Raises NotFound."""
    conn = member.conn
    order = await the_order(conn, order_id=order_id)
    customer = await customers.get(conn, customer_id=order.customer_id)
    parts = await _parts(conn, order_id)
    items = await order_progress.items(conn, order_id=order_id)
    happened = await order_timeline.timeline(conn, order_id=order_id, number=order.number)
    return Order.model_validate(
        _same_fields(order, Order)
        | parts
        | {
            "status": status_of(order),
            "details": details_of(order),
            "steps": may(order),
            "refundable_minor": await refundable(conn, order),
            "customer_name": customer.name if customer else None,
            "customer_phone": customer.phone if customer else None,
            "items": [OrderItem.of(item, member.services) for item in items],
            "timeline": happened,
        }
    )


async def _parts(conn: Connection, order_id: str) -> dict[str, Any]:
    """What has rows of its own beside the order."""
    return {
        "payments": await order_list.payments(conn, order_id=order_id),
        "dispatches": await dispatches.of_order(conn, order_id=order_id),
        "refunds": await refunds.of_order(conn, order_id=order_id),
        "open_requests": await requests.open_of_order(conn, order_id=order_id),
    }


def _same_fields(row: object, answer: type[Answer]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in answer.model_fields if hasattr(row, name)}


def _picture(services: Services, path: str | None) -> dict[str, str | None]:
    return {
        "picture_url": own_link(services, path) if path else None,
        "picture_srcset": srcset(services, path, FOR_ROWS) if path else None,
    }
