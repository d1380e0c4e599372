"""Twilio's SMS: sends and lists, the webhooks of an SMS, and STOP, which Twilio handles itself."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from fastapi import Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBasicCredentials

from dukani.core.clients.twilio import MAX_BODY
from dukani.core.sms_segments import segments
from dukani.sandbox.accounts import SandboxAccount, SmsLine
from dukani.sandbox.delivery import deliver_sms
from dukani.sandbox.models import Sms, Status
from dukani.sandbox.outside import Outside
from dukani.sandbox.twilio_answers import refusal
from dukani.sandbox.twilio_requests import Refused, Wanted
from dukani.sandbox.twilio_signature import twilio_signature
from dukani.sandbox.twilio_webhooks import API, MESSAGES

# The words with which Twilio stops a number for somebody, and lets it write again.
STOPS = frozenset(("stop", "stopall", "unsubscribe", "cancel", "end", "quit"))
STARTS = frozenset(("start", "unstop", "yes"))
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe."
)
STARTED = "You have successfully been re-subscribed to messages from this number."


async def take_sms(
    outside: Outside, sid: str, credentials: HTTPBasicCredentials | None, wanted: Wanted
) -> Response:
    faults = outside.world.faults.twilio_sms
    await outside.world.wait_to_answer("twilio_sms")
    if allowed_sms(outside, sid, credentials) is None:
        return refusal("20003")
    if faults.take("error_next"):
        return refusal(faults.error_code)
    account = outside.world.accounts.by_twilio_sms(sid, wanted.service_sid or wanted.sender)
    if account is None or account.sms is None:
        return refusal("21606")
    try:
        sms = _taken(outside, account, account.sms, wanted)
    except Refused as refused:
        return refusal(refused.code)
    if faults.take("break_next"):
        return Response(status_code=500)
    return JSONResponse(_resource(account.sms, sms, queued=True), status_code=201)


def list_sms(
    outside: Outside,
    sid: str,
    credentials: HTTPBasicCredentials | None,
    *,
    to: str,
    sender: str,
) -> Response:
    """The SMS that an account sent to a phone, newest first."""
    account = outside.world.accounts.by_twilio_sms(sid, sender or None)
    if account is None or account.sms is None or allowed_sms(outside, sid, credentials) is None:
        return refusal("20003")
    found = [s for s in outside.world.sms_of(account.key) if not s.mine and s.phone == to]
    listed = [_resource(account.sms, sms) for sms in found]
    return JSONResponse({"messages": listed, "next_page_uri": None})


async def receive(outside: Outside, account: SandboxAccount, line: SmsLine, sms: Sms) -> bool:
    """Take what somebody wrote to the number: Twilio's own part of a stop, then the webhook."""
    word = sms.text.strip().lower()
    pair = (line.sender, sms.phone)
    if word in STOPS:
        outside.world.sms_stopped.add(pair)
        outside.world.add_sms(sms.phone, STOPPED, line.sender)
    elif word in STARTS and pair in outside.world.sms_stopped:
        outside.world.sms_stopped.discard(pair)
        outside.world.add_sms(sms.phone, STARTED, line.sender)
    form = {
        "ToCountry": "KE",
        "SmsMessageSid": sms.id,
        "NumMedia": "0",
        "SmsSid": sms.id,
        "SmsStatus": "received",
        "Body": sms.text,
        "To": line.sender,
        "NumSegments": str(segments(sms.text).count),
        "MessageSid": sms.id,
        "AccountSid": line.account_sid,
        "From": sms.phone,
        "ApiVersion": API,
    }
    return await _post(
        outside, line, f"{outside.twilio.target_of(account)}/webhook/sms/twilio", form
    )


def _taken(outside: Outside, account: SandboxAccount, line: SmsLine, wanted: Wanted) -> Sms:
    """The SMS of an accepted send, now on its way. Raises Refused."""
    if not (wanted.to.startswith("+") and wanted.to[1:].isdigit()):
        raise Refused("21211")
    if not wanted.body:
        raise Refused("21602")
    if len(wanted.body) > MAX_BODY:
        raise Refused("21617")
    if (line.sender, wanted.to) in outside.world.sms_stopped:
        raise Refused("21610")
    sms = Sms(
        id=f"SM{uuid.uuid4().hex}",
        phone=wanted.to,
        text=wanted.body,
        sender=line.sender,
        account=account.key,
        status="sending",
        callback=wanted.status_callback,
        segments=segments(wanted.body).count,
    )

    async def report(sms: Sms, status: Status) -> None:
        await _report(outside, line, sms, status)

    outside.courier.start(deliver_sms(outside.world, outside.world.faults.twilio_sms, sms, report))
    return sms


async def _report(outside: Outside, line: SmsLine, sms: Sms, status: Status) -> None:
    if not sms.callback:
        return
    shown = "undelivered" if status == "failed" else status
    form = {
        "SmsSid": sms.id,
        "SmsStatus": shown,
        "MessageStatus": shown,
        "To": sms.phone,
        "MessageSid": sms.id,
        "AccountSid": line.account_sid,
        "From": line.sender,
        "ApiVersion": API,
    }
    if sms.error:
        form |= {"ErrorCode": sms.error, "ErrorMessage": MESSAGES.get(sms.error, "")}
    await _post(outside, line, sms.callback, form)


async def _post(outside: Outside, line: SmsLine, url: str, form: dict[str, str]) -> bool:
    headers = {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-twilio-signature": twilio_signature(line.auth_token, url, form),
        "user-agent": "TwilioProxy/1.1",
    }
    return await outside.courier.post("twilio_sms", url, urlencode(form).encode(), headers)


def allowed_sms(
    outside: Outside, sid: str, credentials: HTTPBasicCredentials | None
) -> SandboxAccount | None:
    """The account that sends SMS with these credentials."""
    account = outside.world.accounts.by_twilio_sms(sid)
    if account is None or account.sms is None or credentials is None:
        return None
    given = (credentials.username, credentials.password)
    return account if given == (account.sms.account_sid, account.sms.auth_token) else None


def _resource(line: SmsLine, sms: Sms, *, queued: bool = False) -> dict[str, object]:
    now = format_datetime(datetime.fromtimestamp(sms.at, UTC))
    return {
        "account_sid": line.account_sid,
        "api_version": API,
        "body": sms.text,
        "date_created": now,
        "date_sent": None,
        "date_updated": now,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": line.sender,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": str(sms.segments),
        "price": None,
        "price_unit": "USD",
        "sid": sms.id,
        "status": "queued" if queued else "undelivered" if sms.error else sms.status,
        "to": sms.phone,
        "uri": f"/{API}/Accounts/{line.account_sid}/Messages/{sms.id}.json",
    }
