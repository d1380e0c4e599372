"""Stand-in for Africa's Talking: sends SMS, shows the account, and posts its callbacks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Header, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from dukani.core.clients.africastalking import MAX_TEXT, NAMES, NO_ID
from dukani.core.sms_segments import segments
from dukani.sandbox.accounts import SandboxAccount, SmsLine
from dukani.sandbox.delivery import deliver_sms
from dukani.sandbox.models import Sms, Status
from dukani.sandbox.outside import Outside, TheOutside

WRONG_KEY = "The supplied authentication is invalid"
_CODES = {name: code for code, name in NAMES.items()}
_ABSENT = frozenset(("AbsentSubscriber", "Expired", "Rejected"))
PRICE = "KES 0.8000"

router = APIRouter(prefix="/version1", tags=["africastalking"])
Key = Annotated[str, Header(alias="apiKey")]


@router.get("/user")
async def user(outside: TheOutside, username: str = "", apikey: Key = "") -> Response:
    await outside.register_neighbours()
    if outside.world.accounts.by_africastalking(username, apikey) is None:
        return PlainTextResponse(WRONG_KEY, status_code=401)
    return JSONResponse({"UserData": {"balance": "KES 1500.00"}})


@router.post("/messaging")
async def send(
    outside: TheOutside,
    username: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "",
    message: Annotated[str, Form()] = "",
    sender: Annotated[str, Form(alias="from")] = "",
    apikey: Key = "",
) -> Response:
    faults = outside.world.faults.africastalking
    await outside.world.wait_to_answer("africastalking")
    account = outside.world.accounts.by_africastalking(username, apikey)
    if account is None or account.sms is None:
        return PlainTextResponse(WRONG_KEY, status_code=401)
    if faults.take("error_next"):
        return _refused(faults.error_code, to)
    if sender != account.sms.sender:
        return _answer("InvalidSenderId", [])
    if not (to.startswith("+") and to[1:].isdigit()):
        return _refused("InvalidPhoneNumber", to)
    if not message or len(message) > MAX_TEXT:
        return _answer("Rejected", [])
    sms = Sms(
        id=f"ATXid_{uuid.uuid4().hex}",
        phone=to,
        text=message,
        sender=sender,
        account=account.key,
        status="sending",
        segments=segments(message).count,
    )
    outside.courier.start(_carry(outside, account, account.sms, sms))
    if faults.take("break_next"):
        return Response(status_code=500)
    told = {
        "cost": PRICE,
        "messageId": sms.id,
        "messageParts": sms.segments,
        "number": to,
        "status": "Success",
        "statusCode": 101,
    }
    return _answer(f"Sent to 1/1 Total Cost: {PRICE}", [told])


async def receive(outside: Outside, account: SandboxAccount, line: SmsLine, sms: Sms) -> bool:
    """Post what somebody wrote to the short code."""
    form = {
        "linkId": uuid.uuid4().hex,
        "text": sms.text,
        "to": line.sender,
        "id": sms.id,
        "date": f"{datetime.fromtimestamp(sms.at, UTC):%Y-%m-%d %H:%M:%S}",
        "from": sms.phone,
    }
    return await _post(outside, account, line, form)


async def block(outside: Outside, account: SandboxAccount, line: SmsLine, phone: str) -> bool:
    """Tell that somebody stopped this sender at the network's own menu."""
    return await _post(outside, account, line, {"senderId": line.sender, "phoneNumber": phone})


async def _carry(outside: Outside, account: SandboxAccount, line: SmsLine, sms: Sms) -> None:
    async def report(sms: Sms, status: Status) -> None:
        await _post(outside, account, line, _report(sms, status))

    await deliver_sms(outside.world, outside.world.faults.africastalking, sms, report)


def _report(sms: Sms, status: Status) -> dict[str, str]:
    told = {"id": sms.id, "phoneNumber": sms.phone, "networkCode": "63902", "retryCount": "0"}
    if status != "failed":
        return told | {"status": "Success" if status == "delivered" else "Sent"}
    reason = sms.error or "DeliveryFailure"
    if reason in _ABSENT:
        return told | {"status": reason}
    return told | {"status": "Failed", "failureReason": reason}


async def _post(
    outside: Outside, account: SandboxAccount, line: SmsLine, form: dict[str, str]
) -> bool:
    url = f"{outside.twilio.target_of(account)}/webhook/sms/africastalking/{line.callback_token}"
    headers = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
    return await outside.courier.post("africastalking", url, urlencode(form).encode(), headers)


def _refused(reason: str, to: str) -> Response:
    """A refusal for one phone, or `http_500` and the like as the server's own."""
    if reason.startswith("http_"):
        return Response(status_code=int(reason.removeprefix("http_")))
    told = {
        "cost": "0",
        "messageId": NO_ID,
        "number": to,
        "status": reason,
        "statusCode": _CODES.get(reason, 500),
    }
    return _answer("Sent to 0/1 Total Cost: 0", [told])


def _answer(message: str, recipients: list[dict[str, object]]) -> Response:
    body = {"SMSMessageData": {"Message": message, "Recipients": recipients}}
    return JSONResponse(body, status_code=201)
