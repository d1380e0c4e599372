"""Defines facts about an order: address, confirmation, status, cancellation, expiry."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line
from dukani.domain.changes import Change


class AskAddress(Fact):
    kind: Literal["ask_address"] = "ask_address"
    last_address: str | None = None  # the last order's address, offered again


class AddressNoted(Fact):
    kind: Literal["address_noted"] = "address_noted"
    address: str


class AskConfirmation(Fact):
    """Shows the whole order with its total and asks for the yes that payment needs."""

    kind: Literal["ask_confirmation"] = "ask_confirmation"
    lines: tuple[Line, ...]
    delivery_minor: int | None  # None: not in the total; the shop agrees the fee with the customer
    total_minor: int
    address: str
    phone_masked: str  # the payer's M-Pesa number
    manual: bool = False  # payment by paybill or till instead of a prompt
    zone: str | None = None  # the delivery zone by its name
    days_min: int | None = None  # until a paid order arrives; 0: the same day
    days_max: int | None = None
    pickup: bool = False  # the customer fetches the order from the shop
    note: str | None = None  # for the packer or the rider


class AskMissing(Fact):
    """Asks before the total whether something is missing, as words of hers changed nothing."""

    kind: Literal["ask_missing"] = "ask_missing"
    lines: tuple[Line, ...]
    words: tuple[str, ...]  # the customer's own
    total_minor: int  # of the lines, without delivery


class AskReading(Fact):
    """Asks which of several edits a message meant; each with the changes that would come of it."""

    kind: Literal["ask_reading"] = "ask_reading"
    readings: tuple[tuple[Change, ...], ...]  # numbered from 1
    again: bool = False  # the question was asked before


class SayOtherwise(Fact):
    """None of the edits asked about was meant; asks to say it in other words."""

    kind: Literal["say_otherwise"] = "say_otherwise"


class ChangeWhat(Fact):
    """The customer said no to the summary; asks what to change."""

    kind: Literal["change_what"] = "change_what"


class OrderExpired(Fact):
    """The order was not paid in time: its stock reservation ended, and the cart is kept."""

    kind: Literal["order_expired"] = "order_expired"
    order_number: str


class OrderStatus(Fact):
    kind: Literal["order_status"] = "order_status"
    order_number: str
    state: Literal[
        "awaiting_payment", "payment_failed", "paid", "partly_dispatched", "dispatched",
        "delivered", "returned", "cancelled", "refunded", "needs_review",
    ]  # fmt: skip
    total_minor: int
    lines: tuple[Line, ...] = ()
    note: str | None = None
    fee_to_confirm: bool = False  # delivery is not in the total; the shop agrees the fee
    address: str = ""
    brief: bool = False  # only how far it is: she asked for no list


class WhenFeePaid(Fact):
    """When and how the delivery is paid."""

    kind: Literal["when_fee_paid"] = "when_fee_paid"
    included: bool  # in the total, else the shop tells it


class AddedByNewOrder(Fact):
    """A paid order is not added to; a new one is made. None: nothing is paid, so it is."""

    kind: Literal["added_by_new_order"] = "added_by_new_order"
    order_number: str | None = None


class NoOrders(Fact):
    kind: Literal["no_orders"] = "no_orders"


class Cancelled(Fact):
    kind: Literal["cancelled"] = "cancelled"
    order_number: str | None = None  # None: nothing had been ordered yet


class CannotCancel(Fact):
    """The order is paid or its payment under review, so a person must cancel it."""

    kind: Literal["cannot_cancel"] = "cannot_cancel"
    order_number: str
    under_review: bool = False
