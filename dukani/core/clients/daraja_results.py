"""What to do about each result code of an M-Pesa prompt.

The codes are those of Safaricom's "M-Pesa Express" (developer.safaricom.co.ke); what to do is
from users' reports, as paylod.dev/docs/errors has them, read 2026-11: 17 and 26, wait 30 to 45
seconds and push again; 1025 and 9999, the push was not sent, often for too long a
`TransactionDesc`; 1037, the phone did not answer in time.
"""

from __future__ import annotations

from enum import StrEnum


class PaymentAction(StrEnum):
    """What a prompt's result means for the payment."""

    PAID = "paid"  # mark paid once; a wrong amount needs review
    LOW_BALANCE = "low_balance"  # offer a top-up, a deposit or another payer
    BUSY = "busy"  # wait 30–45 s, push once more
    PROMPT_OPEN = "prompt_open"  # another prompt is open on that phone: wait 1–3 minutes
    EXPIRED = "expired"  # offer a new push
    PUSH_ERROR = "push_error"  # push once more with a shorter description
    CANCELLED = "cancelled"  # ask; never push again unasked
    UNREACHABLE = "unreachable"  # query first, then offer a retry or the till number
    WRONG_PIN = "wrong_pin"  # offer a retry
    UNKNOWN = "unknown"  # needs review; the stock stays held until a query answers


_ACTIONS: dict[str, PaymentAction] = {
    "0": PaymentAction.PAID,
    "1": PaymentAction.LOW_BALANCE,
    "17": PaymentAction.BUSY,
    "26": PaymentAction.BUSY,
    "1001": PaymentAction.PROMPT_OPEN,
    "1019": PaymentAction.EXPIRED,
    "1025": PaymentAction.PUSH_ERROR,
    "9999": PaymentAction.PUSH_ERROR,
    "1032": PaymentAction.CANCELLED,
    "1037": PaymentAction.UNREACHABLE,
    "2001": PaymentAction.WRONG_PIN,
}


def action_for(result_code: str | int) -> PaymentAction:
    """The action of a result code; a code we do not know is unknown, never failed."""
    return _ACTIONS.get(str(result_code).strip(), PaymentAction.UNKNOWN)
