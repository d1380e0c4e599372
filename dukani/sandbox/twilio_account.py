"""Plays what Twilio tells of an account: that it is active, and its WhatsApp senders."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from dukani.sandbox.outside import TheOutside
from dukani.sandbox.twilio import those_allowed
from dukani.sandbox.twilio_answers import Credentials, refusal
from dukani.sandbox.twilio_webhooks import API

router = APIRouter(tags=["twilio"])


@router.get(f"/{API}/Accounts/{{sid}}.json")
async def account(outside: TheOutside, sid: str, credentials: Credentials) -> Response:
    await outside.register_neighbours()
    if not those_allowed(outside.world, sid, credentials):
        return refusal("20003")
    return JSONResponse({"sid": sid, "status": "active", "type": "Full"})


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
