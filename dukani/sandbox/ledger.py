"""Stand-in for M-Pesa, behind Daraja and PayLink: prompts, PINs, results and receipts.

Any four digits are the right PIN, except 0000, which is wrong.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import uuid
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any, Literal

from dukani.core.clients.daraja import NAIROBI
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.courier import Courier
from dukani.sandbox.models import Push
from dukani.sandbox.receipts import new_receipt
from dukani.sandbox.world import World

WRONG_PIN = "0000"
Answer = Literal["pin", "cancel", "expire", "late"]

RESULTS = {
    "0": "The service request is processed successfully.",
    "1": "The balance is insufficient for the transaction.",
    "2": "Declined due to limit rule.",
    "3": "Declined due to limit rule: greater than the maximum transaction amount.",
    "4": "Declined due to limit rule: would exceed daily transfer limit.",
    "8": "Declined due to limit rule: would exceed the maximum balance.",
    "11": "The DebitParty is in an invalid state.",
    "17": "Rule limited.",
    "26": "System busy. The service request is not processed.",
    "1001": "Unable to lock subscriber, a transaction is already in process.",
    "1019": "Transaction expired. No MO has been received.",
    "1025": "An error occurred while sending a push request.",
    "1032": "Request cancelled by user.",
    "1037": "DS timeout user cannot be reached.",
    "2001": "The initiator information is invalid.",
    "2006": "Declined due to account rule: The account status does not allow this transaction.",
    "2028": "The request is not permitted according to product assignment.",
    "8006": "The security credential is locked.",
    "SFC_IC0003": "The operator does not exist.",
    "9999": "Request error.",
}


class Ledger:
    """Shows prompts on phones and posts each prompt's result to the shop."""

    def __init__(self, world: World, courier: Courier, *, prompt_timeout_s: float) -> None:
        self._world = world
        self._courier = courier
        self._timeout_s = prompt_timeout_s

    def resume(self) -> None:
        """Let the prompts that an earlier run left open expire in their time."""
        for push in self._world.pushes.values():
            if push.waiting:
                self._courier.start(self._run_out(push))

    def push(
        self,
        account: SandboxAccount,
        *,
        shortcode: str,
        phone: str,
        amount_units: int,
        reference: str,
        description: str,
        callback_url: str,
    ) -> Push:
        """A prompt on the phone; it ends at once when another prompt is open there."""
        now = datetime.now(UTC).astimezone(NAIROBI).strftime("%d%m%Y%H%M%S")
        push = Push(
            checkout_request_id=f"ws_CO_{now}{secrets.randbelow(10**9):09d}",
            merchant_request_id=str(uuid.uuid4()),
            account=account.key,
            business=account.name.upper(),
            shortcode=shortcode,
            phone=phone,
            amount=amount_units,
            reference=reference,
            description=description,
            callback_url=callback_url,
        )
        automatic = self._world.faults.daraja.answer_all_with
        if automatic is None and self._world.pushes_on(f"+{phone}"):
            automatic = "1001"
        self._world.save_push(push)
        self._courier.start(
            self._run_out(push) if automatic is None else self._end(push, automatic)
        )
        return push

    def answer(self, push: Push, answer: Answer, *, pin: str, poor: bool) -> None:
        """Answer an open prompt as the person at the phone did.

        "late": the PIN comes after M-Pesa reported the prompt as expired, and the payment succeeds.
        """
        if answer == "late":
            self._courier.start(self._pay_late(push))
            return
        code = "1019" if answer == "expire" else "1032"
        if answer == "pin":
            code = "2001" if pin == WRONG_PIN else "1" if poor else "0"
        self._courier.start(self._end(push, code))

    async def _run_out(self, push: Push) -> None:
        await asyncio.sleep(max(0.0, push.at + self._timeout_s - time.time()))
        await self._end(push, "1037")

    async def _pay_late(self, push: Push) -> None:
        if not push.waiting and not push.receipt:
            await self._tell(push, "0")

    async def _end(self, push: Push, code: str) -> None:
        if push.waiting:
            await self._tell(push, code)

    async def _tell(self, push: Push, code: str) -> None:
        push.result_code, push.result_desc = code, RESULTS.get(code, "")
        push.receipt = new_receipt("S", SystemRandom()) if code == "0" else None
        self._world.save_push(push)
        if push.receipt:
            self._world.add_sms(f"+{push.phone}", _receipt_sms(push))
        await self._courier.post(
            "daraja",
            push.callback_url,
            json.dumps(self._callback(push)).encode(),
            {"content-type": "application/json"},
        )

    def _callback(self, push: Push) -> dict[str, object]:
        callback: dict[str, object] = {
            "MerchantRequestID": push.merchant_request_id,
            "CheckoutRequestID": push.checkout_request_id,
            "ResultCode": _code(push.result_code or "0"),
            "ResultDesc": push.result_desc,
        }
        faults = self._world.faults.daraja
        if push.receipt and not faults.take("bare_next"):
            wrong = faults.take("wrong_amount_next")
            told: Any = float(push.amount - 10 if wrong else push.amount)
            told = faults.odd_amount if faults.take("odd_amount_next") else told
            paid_at = datetime.now(UTC).astimezone(NAIROBI).strftime("%Y%m%d%H%M%S")
            callback["CallbackMetadata"] = {
                "Item": [
                    {"Name": "Amount", "Value": told},
                    {"Name": "MpesaReceiptNumber", "Value": push.receipt},
                    {"Name": "Balance"},
                    {"Name": "TransactionDate", "Value": int(paid_at)},
                    {"Name": "PhoneNumber", "Value": int(push.phone)},
                ]
            }
        return {"Body": {"stkCallback": callback}}


def _code(code: str) -> int | str:
    """The code as a number, except codes with letters: SFC_IC0003."""
    return int(code) if code.isdigit() else code


def _receipt_sms(push: Push) -> str:
    now = datetime.now(UTC).astimezone(NAIROBI)
    clock = now.strftime("%I:%M %p").lstrip("0")
    return (
        f"{push.receipt} Confirmed. Ksh{push.amount:,}.00 sent to {push.business} for account "
        f"{push.reference} on {now.day}/{now.month}/{now:%y} at {clock}. "
        "Transaction cost, Ksh0.00."
    )
