"""Facts of paying."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line

FailureReason = Literal[
    "low_balance", "busy", "prompt_open", "expired", "push_error", "cancelled", "unreachable",
    "wrong_pin", "refused",
]  # fmt: skip


class AskPaymentPhone(Fact):
    kind: Literal["ask_payment_phone"] = "ask_payment_phone"
    wrong: str | None = None  # masked: what was given and is no mobile number


class PaymentPrompted(Fact):
    """The M-Pesa prompt is on its way."""

    kind: Literal["payment_prompted"] = "payment_prompted"
    order_number: str
    total_minor: int
    phone_masked: str
    attempt: int = 1


class PaymentInstructed(Fact):
    """Manual payment: how to pay by paybill or till."""

    kind: Literal["payment_instructed"] = "payment_instructed"
    order_number: str
    total_minor: int
    paybill: str | None = None
    till: str | None = None


class PaymentPending(Fact):
    """A prompt is still open, or M-Pesa has not answered; nothing new is sent yet."""

    kind: Literal["payment_pending"] = "payment_pending"
    order_number: str
    checking: bool = False  # we are asking M-Pesa now


class PaymentFailed(Fact):
    kind: Literal["payment_failed"] = "payment_failed"
    order_number: str
    total_minor: int
    reason: FailureReason
    till: str | None = None


class PaymentReceived(Fact):
    """Paid: the receipt."""

    kind: Literal["payment_received"] = "payment_received"
    order_number: str
    total_minor: int
    receipt: str
    lines: tuple[Line, ...] = ()
    address: str = ""
    note: str | None = None
    fee_to_confirm: bool = False  # delivery is not in the total: the shop agrees it with her


class PaymentUnderReview(Fact):
    """Something about the money needs a person; nothing is lost."""

    kind: Literal["payment_under_review"] = "payment_under_review"
    order_number: str | None = None


class NothingToPay(Fact):
    kind: Literal["nothing_to_pay"] = "nothing_to_pay"


class AlreadyPaid(Fact):
    kind: Literal["already_paid"] = "already_paid"
    order_number: str
