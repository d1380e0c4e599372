"""Plays a dialogue's payment events: answers the M-Pesa prompt on the shopper's phone."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from dukani.core.store import payments
from dukani.core.store.payments import Payment
from dukani.evals.read_standing import standing_of
from dukani.evals.shopper import Shopper, wait_until_settled

PROMPT_WAIT_S = 5.0
RESULT_WAIT_S = 10.0
POLL_S = 0.01

RIGHT_PIN, WRONG_PIN = "1234", "0000"
PAYS: dict[str, Any] = {"outcome": "pin", "pin": RIGHT_PIN}
LATE: dict[str, Any] = {"outcome": "late", "pin": RIGHT_PIN}

# Words in a reason → the shopper's answer to the prompt; the first match counts.
_FAILING: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("insufficient", "balance", "fund"), PAYS | {"poor": True}),
    (("pin",), PAYS | {"pin": WRONG_PIN}),
    (("cancel", "declin", "reject", "refus"), {"outcome": "cancel"}),
    # An unanswered prompt ends the same way whether the phone is off or in a bag.
    (("timeout", "timed", "expire", "ignore", "unreachable", "offline", "no_response"),
     {"outcome": "expire"}),
)  # fmt: skip


class NoPrompt(Exception):
    """No M-Pesa prompt was open for the event."""


def failing_answer(reason: str) -> dict[str, Any]:
    """The answer to a prompt that makes a payment fail for `reason`; cancelled if unknown."""
    plain = reason.lower()
    for words, answer in _FAILING:
        if any(word in plain for word in words):
            return answer
    return {"outcome": "cancel"}


async def answer_prompt(shopper: Shopper, answer: dict[str, Any]) -> None:
    """Answer the prompt on the phone and wait for the payment's result.

    A late payment may succeed after its prompt has failed. Raises NoPrompt.
    """
    payment = await _open_payment(shopper)
    if payment is None and answer == PAYS:
        payment, answer = await _failed_payment(shopper), LATE
    if payment is None:
        raise NoPrompt("no M-Pesa prompt was open")
    await shopper.answer_prompt(str(payment.checkout_request_id), **answer)
    give_up = time.monotonic() + RESULT_WAIT_S
    while await _unchanged(shopper, payment):
        if time.monotonic() > give_up:
            raise NoPrompt("the prompt's result never arrived")
        await asyncio.sleep(POLL_S)
    await wait_until_settled(shopper.harness, shopper.shop)


async def has_prompt(shopper: Shopper) -> bool:
    """Whether a payment is in flight; its prompt may still be on its way to the phone."""
    standing = await standing_of(shopper)
    payment = standing.payment if standing else None
    return payment is not None and payment.in_flight and payment.provider != "manual"


async def _open_payment(shopper: Shopper) -> Payment | None:
    """The payment in flight, once M-Pesa has accepted its prompt."""
    give_up = time.monotonic() + PROMPT_WAIT_S
    while await has_prompt(shopper) and time.monotonic() < give_up:
        standing = await standing_of(shopper)
        payment = standing.payment if standing else None
        if payment is not None and payment.checkout_request_id and payment.in_flight:
            return payment
        await asyncio.sleep(POLL_S)
    return None


async def _failed_payment(shopper: Shopper) -> Payment | None:
    """The latest failed attempt that prompted a phone."""
    standing = await standing_of(shopper)
    payment = standing.payment if standing else None
    on_phone = payment is not None and payment.checkout_request_id
    return payment if payment and on_phone and payment.status == "failed" else None


async def _unchanged(shopper: Shopper, before: Payment) -> bool:
    async with shopper.harness.database.tenant_connection(shopper.shop.boutique_id) as conn:
        payment = await payments.get(conn, payment_id=before.id)
    return payment is not None and (payment.in_flight or payment.status == before.status)
