"""Plays what Twilio tells of an account: that it is active, and its WhatsApp senders."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from dukani.sandbox.outside import TheOutside
from dukani.sandbox.twilio import those_allowed
from dukani.sandbox.twilio_answers import Credentials, refusal
from dukani.sandbox.twilio_sms import allowed_sms
from dukani.sandbox.twilio_webhooks import API

router = APIRouter(tags=["twilio"])


@router.get(f"/{API}/Accounts/{{sid}}.json")
async def account(outside: TheOutside, sid: str, credentials: Credentials) -> Response:
    await outside.register_neighbours()
    known = those_allowed(outside.world, sid, credentials)
    if not known and allowed_sms(outside, sid, credentials) is None:
        return refusal("20003")
    return JSONResponse({"sid": sid, "status": "active", "type": "Full"})


@router.get(f"/{API}/Accounts/{{sid}}/IncomingPhoneNumbers.json")
async def numbers(
    outside: TheOutside,
    sid: str,
    credentials: Credentials,
    number: Annotated[str, Query(alias="PhoneNumber")] = "",
) -> Response:
    """Those that send SMS."""
    account = outside.world.accounts.by_twilio_sms(sid, number or None)
    if allowed_sms(outside, sid, credentials) is None:
        return refusal("20003")
    line = account.sms if account else None
    found = [{"phone_number": line.sender}] if line and line.sender.startswith("+") else []
    return JSONResponse({"incoming_phone_numbers": found})


@router.get("/v2/Channels/Senders")
async def senders(outside: TheOutside, credentials: Credentials) -> Response:
    mine = those_allowed(outside.world, credentials.username if credentials else "", credentials)
    if not mine:
        return refusal("20003")
    listed = [
        {
            "sid": f"XE{index:032x}",
            "sender_id": f"whatsapp:{one.number}",
            "status": "ONLINE",
            "profile": {"name": one.name},
            "webhook": {"callback_method": "POST", "callback_url": outside.twilio.webhook_of(one)},
        }
        for index, one in enumerate(mine)
    ]
    return JSONResponse({"senders": listed, "meta": {"key": "senders", "page": 0}})
