"""Stand-in for M-Pesa's till: a customer in the shop pays by herself, and nobody is prompted.

The shop hears of it by the customer's SMS, and from its statement.
"""

from __future__ import annotations

from pathlib import Path
from random import SystemRandom

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from dukani.sandbox.journal import Journal
from dukani.sandbox.models import TillPayment
from dukani.sandbox.outside import TheOutside
from dukani.sandbox.receipts import new_receipt

router = APIRouter(tags=["daraja"])


class AtTheTill(BaseModel):
    account: str = "zuri"
    phone: str = Field(pattern=r"^254[0-9]{9}$")
    name: str = Field(default="", max_length=60)
    amount: int = Field(ge=1, le=250_000, description="whole shillings")


@router.post("/daraja/till-payments", status_code=201)
async def pay_at_the_till(outside: TheOutside, paid: AtTheTill) -> TillPayment:
    """As a customer does who reads the till's number from the wall; the receipt is on her phone."""
    account = outside.world.accounts.get(paid.account)
    if account is None:
        raise HTTPException(404, "There is no such account.")
    receipt = new_receipt("T", SystemRandom())
    payment = TillPayment(
        receipt=receipt,
        account=paid.account,
        phone=paid.phone,
        name=paid.name,
        cents=paid.amount * 100,
    )
    outside.world.save_till_payment(payment)
    outside.world.add_sms(
        f"+{paid.phone}", f"{receipt} Confirmed. Ksh{paid.amount:,}.00 paid to {account.name}."
    )
    return payment


def remember(state_path: Path, payments: list[TillPayment]) -> None:
    """Put payments into the state of a sandbox that is not running."""
    journal = Journal(state_path)
    journal.open()
    for payment in payments:
        journal.put("till", payment.receipt, payment.model_dump_json().encode())
    journal.close()
