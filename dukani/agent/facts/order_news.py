"""Defines facts about what the shop did with an order, told to its customer unasked."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line


class OrderMoved(Fact):
    """The shop sent the order out, or says that it arrived.

    `lines`: what this sending holds, when the order went out in parts and this was the last.
    """

    kind: Literal["order_moved"] = "order_moved"
    order_number: str
    to: Literal["dispatched", "delivered"]
    lines: tuple[Line, ...] = ()


class OrderSentInPart(Fact):
    """A part of the order is on its way; `left` follows."""

    kind: Literal["order_sent_in_part"] = "order_sent_in_part"
    order_number: str
    lines: tuple[Line, ...]
    left: tuple[Line, ...]


class OrderCancelledByShop(Fact):
    kind: Literal["order_cancelled_by_shop"] = "order_cancelled_by_shop"
    order_number: str


class PaymentNotFound(Fact):
    """The shop looked for the money of an order and did not find it."""

    kind: Literal["payment_not_found"] = "payment_not_found"
    order_number: str


class Refunded(Fact):
    """The shop gave money back; `lines` are the pieces it was for."""

    kind: Literal["refunded"] = "refunded"
    order_number: str
    amount_minor: int
    method: Literal["mpesa", "cash", "bank"]
    receipt: str | None = None  # where the money is written
    lines: tuple[Line, ...] = ()
