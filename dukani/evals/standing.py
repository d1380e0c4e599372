"""A snapshot of a shopper's cart, orders, payments, stock and consent. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dukani.core.money import minor_per_unit
from dukani.core.store.conversations import Conversation
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment


@dataclass(frozen=True, slots=True)
class Line:
    sku: str
    colour: str
    size: str
    quantity: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with its lines."""

    order: Order
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The snapshot; orders and payments oldest first; `state` is the graph's memory."""

    conversation: Conversation
    cart: tuple[Line, ...]
    placed: tuple[Placed, ...]
    payments: tuple[Payment, ...]
    may_answer: bool
    on_hand: dict[str, int]  # SKU/colour/size → units
    state: dict[str, Any]
    currency: str

    @property
    def order(self) -> Order | None:
        """The latest order."""
        return self.placed[-1].order if self.placed else None

    @property
    def live_order(self) -> Order | None:
        return self.order if self.order and self.order.status != "cancelled" else None

    @property
    def reopened(self) -> bool:
        """Whether the latest order was cancelled to be changed and placed again."""
        order = self.order
        return (
            order is not None
            and order.status == "cancelled"
            and self.state.get("replaces") == order.id
        )

    @property
    def order_lines(self) -> tuple[Line, ...]:
        return self.placed[-1].lines if self.placed else ()

    @property
    def payment(self) -> Payment | None:
        """The payment in flight, else the latest payment."""
        under_way = [payment for payment in self.payments if payment.in_flight]
        found = under_way or self.payments
        return found[-1] if found else None

    @property
    def prompts(self) -> tuple[Payment, ...]:
        """Every attempt that prompted a phone."""
        return tuple(p for p in self.payments if p.provider != "manual" and p.sent_at is not None)

    @property
    def orders_created(self) -> int:
        """The orders; one changed after a failed payment and placed again counts once."""
        replaced = {placed.order.replaces_id for placed in self.placed}
        return sum(placed.order.id not in replaced for placed in self.placed)

    @property
    def orders_paid(self) -> int:
        return sum(placed.order.payment_status == "paid" for placed in self.placed)

    @property
    def charged_units(self) -> float:
        """Currency units of all money received."""
        return sum(map(_received_minor, self.payments)) / minor_per_unit(self.currency)

    @property
    def handed_off(self) -> bool:
        return self.conversation.handed_off_at is not None

    def lines(self, *, final: bool) -> tuple[Line, ...]:
        """The lines of the order if there is one, else of the cart.

        During a dialogue a new cart begun after an order counts instead; with `final` only the cart
        of an order that is being changed after its payment failed does.
        """
        order = self.live_order
        if order is None or (self.cart and (not final or order.payment_status == "failed")):
            return self.cart
        return self.order_lines

    def total_units(self, *, final: bool) -> float:
        """Currency units of `lines`, without delivery."""
        return total_minor(self.lines(final=final)) / minor_per_unit(self.currency)

    def same_business_as(self, before: Standing | None) -> bool:
        """Whether cart, orders and payments equal those of `before` (None: no message yet)."""
        earlier = (before.cart, before.placed, before.payments) if before else ((), (), ())
        return (self.cart, self.placed, self.payments) == earlier


def total_minor(lines: Sequence[Line]) -> int:
    return sum(line.quantity * line.price_minor for line in lines)


def _received_minor(payment: Payment) -> int:
    """The money received by a payment, also one under review."""
    if payment.status == "succeeded":
        return payment.amount_minor if payment.received_minor is None else payment.received_minor
    return (payment.received_minor or 0) if payment.status == "needs_review" else 0
