"""The SMS app of the phone page: a person answers a shop's sender, where it can be answered."""

from __future__ import annotations

import uuid

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dukani.core.errors import CallerError
from dukani.sandbox import africastalking, twilio_sms
from dukani.sandbox.accounts import SandboxAccount, SmsLine
from dukani.sandbox.models import Sms
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.world import public_sms

router = APIRouter(prefix="/phone/api", tags=["phone"])


class WrittenSms(BaseModel):
    """What somebody writes to a sender."""

    contact: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")
    sender: str
    text: str = Field(min_length=1, max_length=918)
    wait: bool = Field(False, description="Answer only when the webhook has been posted.")


class BlockedSender(BaseModel):
    contact: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")
    sender: str


@router.post("/sms", status_code=201)
async def write(outside: TheOutside, written: WrittenSms) -> dict[str, object]:
    account, line = _line(outside, written.sender)
    if not line.sender.removeprefix("+").isdigit():
        raise CallerError(f"{line.sender} is a name: nobody can answer it")
    sms = Sms(
        id=f"SM{uuid.uuid4().hex}",
        phone=written.contact,
        text=written.text,
        sender=line.sender,
        account=account.key,
        mine=True,
    )
    outside.world.show_sms(sms)
    receive = twilio_sms.receive if line.provider == "twilio_sms" else africastalking.receive
    if written.wait:
        await receive(outside, account, line, sms)
    else:
        outside.courier.start(receive(outside, account, line, sms))
    return public_sms(sms)


@router.post("/sms/blocks", status_code=204)
async def block(outside: TheOutside, blocked: BlockedSender) -> None:
    """Stop a sender at the network's own menu, which only Africa's Talking tells the shop."""
    account, line = _line(outside, blocked.sender)
    if line.provider != "africastalking":
        raise CallerError("only Africa's Talking tells of it")
    await africastalking.block(outside, account, line, blocked.contact)


def _line(outside: Outside, sender: str) -> tuple[SandboxAccount, SmsLine]:
    account = outside.world.accounts.by_sms_sender(sender)
    if account is None or account.sms is None:
        raise CallerError(f"no shop sends SMS as {sender}")
    return account, account.sms
