"""Defines facts about payment: prompts, waits, failures, receipts."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line
from dukani.domain.next_opening import Opening

FailureReason = Literal[
    "low_balance", "amount_limit", "daily_limit", "account", "busy", "rule_limited",
    "prompt_open", "expired", "push_error", "cancelled", "payer_cancelled", "unreachable",
    "wrong_pin", "pin_locked", "shop_setup", "refused",
]  # fmt: skip

# Why no prompt is sent: the order's three are used up, the phone's ten of the day are used up, a
# payer other than the customer cancelled one on that phone, or M-Pesa does not take the number.
NoPromptReason = Literal["order", "phone", "payer", "number"]


class AskPaymentPhone(Fact):
    kind: Literal["ask_payment_phone"] = "ask_payment_phone"
    wrong: str | None = None  # masked: the text given, which is no mobile number
    foreign: str | None = None  # masked: her own number, which M-Pesa cannot prompt


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
    opens: Opening | None = None  # where a person says how to pay; None: the hours are not known

    @property
    def says_where(self) -> bool:
        """Whether a number to pay to is known; else a person of the shop must give one."""
        return bool(self.paybill or self.till)


class PaymentPending(Fact):
    """A prompt is still open, or M-Pesa has not answered; no new prompt is sent yet."""

    kind: Literal["payment_pending"] = "payment_pending"
    order_number: str
    checking: bool = False  # we are asking M-Pesa now
    changed: bool = False  # the prompt is for the order before the changes that are kept


class PromptAgainSoon(Fact):
    """M-Pesa is busy or wants a pause; the prompt is retried automatically."""

    kind: Literal["prompt_again_soon"] = "prompt_again_soon"
    order_number: str
    wait_s: int


class WaitBeforePrompt(Fact):
    """The customer asks for a prompt sooner than M-Pesa takes another one for that phone."""

    kind: Literal["wait_before_prompt"] = "wait_before_prompt"
    order_number: str
    total_minor: int  # named in the reply: "send again" agrees to this total
    wait_s: int
    till: str | None = None


class NoMorePrompts(Fact):
    """No more prompts are sent for this order or phone; names other ways to pay."""

    kind: Literal["no_more_prompts"] = "no_more_prompts"
    order_number: str
    total_minor: int
    reason: NoPromptReason
    phone_masked: str | None = None  # where the reason is about that phone
    till: str | None = None


class TooManyHeld(Fact):
    """The order exceeds the stock that may be reserved for one customer at a time."""

    kind: Literal["too_many_held"] = "too_many_held"
    most: int


class PaymentFailed(Fact):
    kind: Literal["payment_failed"] = "payment_failed"
    order_number: str
    total_minor: int
    reason: FailureReason
    till: str | None = None
    asked_anew: bool = False  # it is opened again, so no other way to pay it is told


class PaymentReceived(Fact):
    """The order is paid; `receipt` is M-Pesa's code, where M-Pesa gave one."""

    kind: Literal["payment_received"] = "payment_received"
    order_number: str
    total_minor: int
    receipt: str | None = None
    lines: tuple[Line, ...] = ()
    address: str = ""
    note: str | None = None
    fee_to_confirm: bool = False  # delivery is not in the total; the shop agrees the fee


class PaymentUnderReview(Fact):
    """A person must look at the payment; no money is lost."""

    kind: Literal["payment_under_review"] = "payment_under_review"
    order_number: str | None = None


class NothingToPay(Fact):
    kind: Literal["nothing_to_pay"] = "nothing_to_pay"


class AlreadyPaid(Fact):
    kind: Literal["already_paid"] = "already_paid"
    order_number: str
