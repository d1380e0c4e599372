"""Facts of an order: address, total and yes, and how it stands."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line


class AskAddress(Fact):
    kind: Literal["ask_address"] = "ask_address"
    last_address: str | None = None  # offer it again: yes, or a new one


class AddressNoted(Fact):
    kind: Literal["address_noted"] = "address_noted"
    address: str


class AskConfirmation(Fact):
    """The whole order with its total; payment needs a yes."""

    kind: Literal["ask_confirmation"] = "ask_confirmation"
    lines: tuple[Line, ...]
    delivery_minor: int | None  # None: not in the total, the shop agrees it with her
    total_minor: int
    address: str
    phone_masked: str  # whose M-Pesa pays
    manual: bool = False  # paid by paybill or till instead of a prompt
    zone: str | None = None  # the delivery zone by its name
    days_min: int | None = None  # until a paid order arrives; 0: the same day
    days_max: int | None = None
    pickup: bool = False  # fetched from the shop
    note: str | None = None  # for whoever packs or delivers


class ChangeWhat(Fact):
    """She said no to the summary: ask what to change."""

    kind: Literal["change_what"] = "change_what"


class OrderExpired(Fact):
    """Not paid in time: the pieces are free again; the cart is kept."""

    kind: Literal["order_expired"] = "order_expired"
    order_number: str


class OrderStatus(Fact):
    kind: Literal["order_status"] = "order_status"
    order_number: str
    state: Literal[
        "awaiting_payment", "payment_failed", "paid", "dispatched", "delivered", "returned",
        "cancelled", "needs_review",
    ]  # fmt: skip
    total_minor: int
    lines: tuple[Line, ...] = ()
    note: str | None = None
    fee_to_confirm: bool = False  # delivery is not in the total: the shop agrees it with her


class NoOrders(Fact):
    kind: Literal["no_orders"] = "no_orders"


class Cancelled(Fact):
    kind: Literal["cancelled"] = "cancelled"
    order_number: str | None = None  # None: nothing had been ordered yet


class CannotCancel(Fact):
    """Paid already, or its money is being looked at: a person must help."""

    kind: Literal["cannot_cancel"] = "cannot_cancel"
    order_number: str
    under_review: bool = False
