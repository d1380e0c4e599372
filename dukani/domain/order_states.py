"""Where an order stands: the one status people are told, and what may be done with it next.

An order's row has a column for each thing that happens to it (is it open, is it paid, has it gone
out, did money go back). People see one status made of them, and details beside it. A status only
ever moves on: pending → confirmed → processing → completed, or to cancelled, or to refunded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from dukani.core.store.orders import (
    FulfilmentStatus,
    OrderColumn,
    OrderPaymentStatus,
    RefundStatus,
)

Status = Literal["pending", "confirmed", "processing", "completed", "cancelled", "refunded"]
Detail = Literal[
    "in_review", "paying", "payment_failed", "partly_sent", "partly_refunded", "returned"
]
# What a person may do with an order.
Step = Literal["take_payment", "end_review", "cancel", "send", "deliver"]

STATUSES: tuple[Status, ...] = (
    "pending", "confirmed", "processing", "completed", "cancelled", "refunded",
)  # fmt: skip
# Reasons for which a person looks at an order although it is paid.
PAID_YET_WRONG = ("oversold", "second_receipt", "wrong_amount")


class OrderColumns(Protocol):
    """The columns of an order that its status is made of."""

    @property
    def status(self) -> OrderColumn: ...
    @property
    def payment_status(self) -> OrderPaymentStatus: ...
    @property
    def fulfilment_status(self) -> FulfilmentStatus: ...
    @property
    def refund_status(self) -> RefundStatus: ...
    @property
    def review_reason(self) -> str | None: ...


def status_of(order: OrderColumns) -> Status:
    if order.refund_status == "all":
        return "refunded"
    if order.status == "cancelled":
        return "cancelled"
    if order.fulfilment_status in ("delivered", "returned"):
        return "completed"
    if order.fulfilment_status in ("partly_dispatched", "dispatched"):
        return "processing"
    return "confirmed" if order.payment_status == "paid" else "pending"


def details_of(order: OrderColumns) -> tuple[Detail, ...]:
    """What is to be known beside the status, the most urgent first."""
    told: Mapping[Detail, bool] = {
        "in_review": is_in_review(order),
        "paying": order.status == "open" and order.payment_status == "pending",
        "payment_failed": order.status == "open" and order.payment_status == "failed",
        "partly_sent": order.fulfilment_status == "partly_dispatched",
        "partly_refunded": order.refund_status == "part",
        "returned": order.fulfilment_status == "returned",
    }
    return tuple(detail for detail, holds in told.items() if holds)


def is_in_review(order: OrderColumns) -> bool:
    """Whether a person must look at its money."""
    paid_yet_wrong = order.payment_status == "paid" and order.review_reason in PAID_YET_WRONG
    return order.payment_status == "needs_review" or paid_yet_wrong


def may(order: OrderColumns) -> tuple[Step, ...]:
    """What a person may do with the order now; a refund depends on the money as well."""
    return tuple(step for step, why_not in _WHY_NOT.items() if why_not(order) is None)


def why_not(order: OrderColumns, step: Step) -> str | None:
    """Why a step may not be taken, as a sentence for the person; None when it may."""
    return _WHY_NOT[step](order)


def _not_to_pay(order: OrderColumns) -> str | None:
    if order.status != "open":
        return f"It is {status_of(order)}, so no payment of it is taken any more."
    return None


def _not_to_review(order: OrderColumns) -> str | None:
    waits = order.payment_status == "needs_review" or order.review_reason is not None
    return None if waits else "It waits for no review."


def _not_to_cancel(order: OrderColumns) -> str | None:
    if order.status == "open":
        return None
    cancelled = order.status == "cancelled"
    return "It is cancelled already." if cancelled else "It is paid: refund it instead."


def _not_to_send(order: OrderColumns) -> str | None:
    if order.fulfilment_status in ("unfulfilled", "partly_dispatched"):
        return _not_paid(order)
    return f"It is {order.fulfilment_status} already."


def _not_to_deliver(order: OrderColumns) -> str | None:
    if order.fulfilment_status in ("unfulfilled", "partly_dispatched", "dispatched"):
        return _not_paid(order)
    return f"It is {order.fulfilment_status} already."


def _not_paid(order: OrderColumns) -> str | None:
    if order.refund_status == "all":
        return "Its money was given back."
    if order.payment_status == "needs_review":
        return "Its payment waits for a review: end that first."
    if order.payment_status != "paid" or order.status != "confirmed":
        return "It is not paid."
    return None


_WHY_NOT: Mapping[Step, Callable[[OrderColumns], str | None]] = {
    "take_payment": _not_to_pay,
    "end_review": _not_to_review,
    "cancel": _not_to_cancel,
    "send": _not_to_send,
    "deliver": _not_to_deliver,
}
