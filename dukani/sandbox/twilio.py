"""Twilio's REST API as Dukani sees it: sending, and a contact's media."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.files import file_response
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.twilio_requests import Refused, Wanted, read_message
from dukani.sandbox.twilio_webhooks import API, MESSAGES
from dukani.sandbox.world import World

HTTP_STATUS = {
    "20003": 401, "20006": 403, "20404": 404, "20429": 429, "20500": 500, "20503": 503,
    "20504": 504, "21408": 403, "63038": 429,
}  # fmt: skip
basic = HTTPBasic(auto_error=False)
Credentials = Annotated[HTTPBasicCredentials | None, Depends(basic)]


router = APIRouter(prefix=f"/{API}/Accounts/{{sid}}", tags=["twilio"])


@router.post("/Messages.json")
async def create_message(
    outside: TheOutside,
    sid: str,
    credentials: Credentials,
    wanted: Annotated[Wanted, Depends()],
) -> Response:
    faults = outside.world.faults.twilio
    await asyncio.sleep(faults.answer_delay_s)
    if _allowed(outside.world, sid, credentials) is None:
        return _error("20003")
    if faults.take("error_next"):
        return _error(faults.error_code)
    account = outside.world.accounts.by_twilio(sid, wanted.number)
    if account is None:
        return _error("63007")
    try:
        message = _taken(outside, account, wanted)
    except Refused as refused:
        return _error(refused.code)
    if faults.take("break_next"):
        return Response(status_code=500)
    return JSONResponse(_resource(account, message), status_code=201)


@router.get("/Messages.json")
async def list_messages(
    outside: TheOutside,
    sid: str,
    credentials: Credentials,
    to: Annotated[str, Query(alias="To")] = "",
    sender: Annotated[str, Query(alias="From")] = "",
    page_size: Annotated[int, Query(alias="PageSize", ge=1, le=1000)] = 50,
) -> Response:
    world = outside.world
    account = world.accounts.by_twilio(sid, sender.removeprefix("whatsapp:"))
    if account is None or _allowed(world, sid, credentials) is None:
        return _error("20003")
    chat = world.chat(account.key, to.removeprefix("whatsapp:"))
    sent = [m for m in chat.messages.values() if m.author == "boutique"]
    latest = [_resource(account, m) for m in reversed(sent)]
    return JSONResponse({"messages": latest[:page_size], "next_page_uri": None})


@router.get("/Messages/{message_sid}/Media/{media_id}")
async def media(
    outside: TheOutside, sid: str, message_sid: str, media_id: str, credentials: Credentials
) -> Response:
    if _allowed(outside.world, sid, credentials) is None:
        return _error("20003")
    stored = outside.world.file(media_id)
    if stored is None:
        raise HTTPException(404)
    return file_response(stored)


def _taken(outside: Outside, account: SandboxAccount, wanted: Wanted) -> ChatMessage:
    """The message of a send, on its way to the phone. Raises Refused."""
    message = read_message(account, wanted)
    if not wanted.content_sid and not outside.world.window_open(account, wanted.contact):
        if outside.world.faults.twilio.window == "answer":
            raise Refused("63016")
        message.error = "63016"
    outside.courier.start(outside.twilio.carry(account, message, wanted.media_url))
    return message


def _allowed(
    world: World, sid: str, credentials: HTTPBasicCredentials | None
) -> SandboxAccount | None:
    account = world.accounts.by_twilio(sid)
    if account is None or credentials is None:
        return None
    given = (credentials.username, credentials.password)
    return account if given == (account.account_sid, account.auth_token) else None


def _error(code: str) -> Response:
    """Twilio's error; `http_502` for what stands before it, which words nothing."""
    if code.startswith("http_"):
        return Response(status_code=int(code.removeprefix("http_")))
    status = HTTP_STATUS.get(code, 400)
    body = {
        "code": int(code) if code.isdigit() else code,
        "message": MESSAGES.get(code, f"Error {code}"),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return JSONResponse(body, status_code=status)


def _resource(account: SandboxAccount, message: ChatMessage) -> dict[str, object]:
    now = format_datetime(datetime.fromtimestamp(message.at, UTC))
    uri = f"/{API}/Accounts/{account.account_sid}/Messages/{message.id}"
    return {
        "account_sid": account.account_sid,
        "api_version": API,
        "body": message.text,
        "date_created": now,
        "date_sent": None,
        "date_updated": now,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": f"whatsapp:{account.number}",
        "messaging_service_sid": None,
        "num_media": str(int(message.kind == "image")),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.id,
        "status": "queued" if message.status == "sending" else message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": f"whatsapp:{message.contact}",
        "uri": f"{uri}.json",
    }
