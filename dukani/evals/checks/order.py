"""Checks of a dialogue on the cart, its order, the money and the stock. Pure."""

from __future__ import annotations

from typing import Any

from dukani.core.store.orders import Order
from dukani.evals.checks.differences import either, lines_there, lines_wanted, listed, unequal
from dukani.evals.checks.matching import filed_key, is_line, unmatched
from dukani.evals.checks.moment import Moment
from dukani.evals.standing import Standing


def cart(expected: Any, moment: Moment) -> str | None:
    lines = moment.standing.lines(final=moment.final)
    wanted, filed = listed(expected), moment.standing.on_hand
    if not wanted and _kept(moment):
        return None
    same = len(wanted) == len(lines) and all(
        is_line(one, line, filed) for one, line in zip(wanted, lines, strict=True)
    )
    return None if same else f"should be {lines_wanted(wanted)}, is {lines_there(lines)}"


def cart_any_order(expected: Any, moment: Moment) -> str | None:
    lines = moment.standing.lines(final=moment.final)
    wanted = listed(expected)
    if not wanted and _kept(moment):
        return None
    absent, left = unmatched(wanted, lines, moment.standing.on_hand)
    if absent:
        return f"{lines_wanted(absent)} is not in {lines_there(lines)}"
    return f"too much: {lines_there(left)}" if left else None


def cart_total(expected: Any, moment: Moment) -> str | None:
    if not expected and _kept(moment):
        return None
    total = moment.standing.total_units(final=moment.final)
    return unequal(total, float(expected), f"{total:g}", expected)


def _kept(moment: Moment) -> bool:
    """Whether an open cart without an order is allowed by `cart_may_be_kept`."""
    return moment.cart_may_be_kept and moment.standing.live_order is None


def cart_may_be_kept(expected: Any, moment: Moment) -> str | None:
    """Expected true: other checks ignore an open cart. Expected false: no cart may be open."""
    lines = moment.standing.cart
    return f"still open: {lines_there(lines)}" if lines and not expected else None


def order_status(expected: Any, moment: Moment) -> str | None:
    statuses = order_statuses(moment.standing)
    if statuses.intersection(listed(expected)):
        return None
    return f"should be {either(expected)}, is {either(sorted(statuses))}"


def order_statuses(standing: Standing) -> frozenset[str]:
    """The neutral names of the order's status; a cart without an order is `draft` and `none`.

    An order that was reopened as a cart to be changed still counts as the unpaid order.
    """
    order, draft = standing.order, {"draft"} if standing.cart else set()
    if order is None:
        return frozenset({"none", *draft})
    if standing.reopened:
        return frozenset({_payment_state(order), *draft})
    if order.status == "cancelled":
        return frozenset({"cancelled", *draft})
    return frozenset({_payment_state(order)})


def _payment_state(order: Order) -> str:
    if order.payment_status in ("paid", "needs_review"):
        return order.payment_status
    return "payment_failed" if order.payment_status == "failed" else "awaiting_payment"


def address_contains(expected: Any, moment: Moment) -> str | None:
    order = moment.standing.live_order
    address = order.address if order else (moment.standing.state.get("address") or {}).get("text")
    absent = [part for part in listed(expected) if part.lower() not in (address or "").lower()]
    return f"{', '.join(absent)} is not in {address!r}" if absent else None


def orders_created(expected: Any, moment: Moment) -> str | None:
    count = moment.standing.orders_created
    return unequal(count, expected, count, expected)


def orders_paid(expected: Any, moment: Moment) -> str | None:
    count = moment.standing.orders_paid
    return unequal(count, expected, count, expected)


def payment_attempts(expected: Any, moment: Moment) -> str | None:
    attempts = len(moment.standing.prompts)
    return unequal(attempts, expected, attempts, expected)


def charged_total(expected: Any, moment: Moment) -> str | None:
    charged = moment.standing.charged_units
    return unequal(charged, float(expected), f"{charged:g}", expected)


def stock_after(expected: Any, moment: Moment) -> str | None:
    wrong = []
    for key, units in expected.items():
        left = moment.standing.on_hand.get(filed_key(key, moment.standing.on_hand))
        if left != units:
            wrong.append(f"{key} should be {units}, is {left}")
    return "; ".join(wrong) or None
