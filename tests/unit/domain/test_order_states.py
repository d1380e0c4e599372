"""An order has one status whatever its columns say together, and the status only moves on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from dukani.core.store.orders import (
    FulfilmentStatus,
    OrderColumn,
    OrderPaymentStatus,
    RefundStatus,
)
from dukani.domain.order_states import (
    STATUSES,
    details_of,
    is_in_review,
    may,
    status_of,
    why_not,
)


@dataclass(frozen=True)
class Columns:
    status: OrderColumn = "open"
    payment_status: OrderPaymentStatus = "unpaid"
    fulfilment_status: FulfilmentStatus = "unfulfilled"
    refund_status: RefundStatus = "none"
    review_reason: str | None = None


def moves(it: Columns) -> Iterator[tuple[str, Columns]]:
    """Everything that may happen to an order, as the store's statements do it."""
    if it.status == "open":
        yield "prompted", replace(it, payment_status="pending")
        yield "failed", replace(it, payment_status="failed")
        yield "claimed", replace(it, payment_status="needs_review", review_reason="manual_claim")
        yield "paid", replace(it, status="confirmed", payment_status="paid")
        yield "short", replace(it, payment_status="needs_review", review_reason="wrong_amount")
    if "take_payment" in may(it):
        yield "paid outside", replace(it, status="confirmed", payment_status="paid")
    if it.status == "confirmed":
        yield "paid twice", replace(it, review_reason="second_receipt")
        yield "oversold", replace(it, review_reason="oversold")
    if it.status == "cancelled":  # money that came too late
        yield "late", replace(it, payment_status="needs_review", review_reason="cancelled_order")
    if "cancel" in may(it):
        yield "cancelled", replace(it, status="cancelled")
    if "end_review" in may(it):
        ended: OrderPaymentStatus = (
            "failed" if it.payment_status == "needs_review" else it.payment_status
        )
        yield "reviewed", replace(it, review_reason=None, payment_status=ended)
    if "send" in may(it):
        yield "sent in part", replace(it, fulfilment_status="partly_dispatched")
        yield "sent", replace(it, fulfilment_status="dispatched")
    if "deliver" in may(it):
        yield "delivered", replace(it, fulfilment_status="delivered")
    if it.payment_status in ("paid", "needs_review") and it.refund_status != "all":
        yield "refunded in part", replace(it, refund_status="part")
        over: OrderColumn = "cancelled" if it.status == "open" else it.status
        settled: OrderPaymentStatus = "paid" if it.payment_status == "paid" else "failed"
        yield (
            "refunded",
            replace(
                it, status=over, payment_status=settled, refund_status="all", review_reason=None
            ),
        )
    if it.status == "confirmed":
        yield (
            "pieces came back",
            replace(
                it,
                fulfilment_status="returned",
                refund_status="all" if it.refund_status == "all" else "part",
            ),
        )


def reachable() -> set[Columns]:
    found, open_ones = {Columns()}, [Columns()]
    while open_ones:
        for _, after in moves(open_ones.pop()):
            if after not in found:
                found.add(after)
                open_ones.append(after)
    return found


REACHABLE = sorted(reachable(), key=repr)


def test_every_status_is_reached_and_no_other() -> None:
    assert len(REACHABLE) > 50
    assert {status_of(one) for one in REACHABLE} == set(STATUSES)


def test_no_move_leads_backwards() -> None:
    order = {status: place for place, status in enumerate(STATUSES)}
    for before in REACHABLE:
        for move, after in moves(before):
            assert order[status_of(after)] >= order[status_of(before)], (before, move)


def test_an_order_that_is_over_offers_no_step_that_would_begin_it_again() -> None:
    for one in REACHABLE:
        if status_of(one) in ("cancelled", "refunded"):
            assert set(may(one)) <= {"end_review"}, one


def test_a_step_is_offered_exactly_where_nothing_is_said_against_it() -> None:
    for one in REACHABLE:
        for step in ("take_payment", "end_review", "cancel", "send", "deliver"):
            assert (step in may(one)) == (why_not(one, step) is None)


@pytest.mark.parametrize(
    ("columns", "status", "details"),
    [
        (Columns(), "pending", ()),
        (Columns(payment_status="pending"), "pending", ("paying",)),
        (Columns(payment_status="failed"), "pending", ("payment_failed",)),
        (Columns(payment_status="needs_review", review_reason="no_answer"), "pending",
         ("in_review",)),
        (Columns("confirmed", "paid"), "confirmed", ()),
        (Columns("confirmed", "paid", review_reason="oversold"), "confirmed", ("in_review",)),
        (Columns("confirmed", "paid", "partly_dispatched", "part"), "processing",
         ("partly_sent", "partly_refunded")),
        (Columns("confirmed", "paid", "dispatched"), "processing", ()),
        (Columns("confirmed", "paid", "returned", "part"), "completed",
         ("partly_refunded", "returned")),
        (Columns("cancelled"), "cancelled", ()),
        # Money that came for a cancelled order, before and after it went back.
        (Columns("cancelled", "needs_review", review_reason="cancelled_order"), "cancelled",
         ("in_review",)),
        (Columns("cancelled", "failed", refund_status="all"), "refunded", ()),
    ],
)  # fmt: skip
def test_what_people_are_told(columns: Columns, status: str, details: tuple[str, ...]) -> None:
    assert (status_of(columns), details_of(columns)) == (status, details)
    assert is_in_review(columns) == ("in_review" in details)
