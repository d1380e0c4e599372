"""Twilio's REST API as Dukani sees it: sending, and a contact's media."""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from dukani.core.clients.twilio import MAX_BODY
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.courier import Courier
from dukani.sandbox.files import file_response
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.twilio_webhooks import API, MESSAGES, TwilioSide
from dukani.sandbox.world import World

HTTP_STATUS = {"20003": 401, "20404": 404, "20429": 429, "20500": 500, "20503": 503}
basic = HTTPBasic(auto_error=False)
Credentials = Annotated[HTTPBasicCredentials | None, Depends(basic)]


def twilio_router(world: World, courier: Courier, side: TwilioSide) -> APIRouter:
    """Twilio's REST API."""
    router = APIRouter(prefix=f"/{API}/Accounts/{{sid}}", tags=["twilio"])

    @router.post("/Messages.json")
    async def create_message(
        sid: str,
        credentials: Credentials,
        to: Annotated[str, Form(alias="To")] = "",
        sender: Annotated[str, Form(alias="From")] = "",
        body: Annotated[str, Form(alias="Body")] = "",
        media_urls: Annotated[list[str] | None, Form(alias="MediaUrl")] = None,
        status_callback: Annotated[str | None, Form(alias="StatusCallback")] = None,
        content_sid: Annotated[str | None, Form(alias="ContentSid")] = None,
        content_variables: Annotated[str | None, Form(alias="ContentVariables")] = None,
    ) -> Response:
        faults = world.faults.twilio
        await asyncio.sleep(faults.answer_delay_s)
        account = _allowed(world, sid, credentials)
        if account is None:
            return _error("20003")
        if faults.take("error_next"):
            return _error(faults.error_code)
        number, contact = sender.removeprefix("whatsapp:"), to.removeprefix("whatsapp:")
        account = world.accounts.by_twilio(sid, number)
        text = _template_text(content_sid, content_variables) if content_sid else body
        wrong = _wrong(account, contact, text, media_urls, status_callback)
        if wrong or account is None or text is None:
            return _error(wrong or "63007")
        message = ChatMessage(
            id=f"{'MM' if media_urls else 'SM'}{uuid.uuid4().hex}",
            account=account.key,
            contact=contact,
            author="boutique",
            kind="image" if media_urls else "text",
            text=text,
            callback=status_callback,
        )
        if not content_sid and not world.window_open(account, contact):
            if faults.window == "answer":
                return _error("63016")
            message.error = "63016"
        courier.start(side.carry(account, message, media_urls[0] if media_urls else None))
        if faults.take("break_next"):
            return Response(status_code=500)
        return JSONResponse(_resource(account, message), status_code=201)

    @router.get("/Messages.json")
    async def list_messages(
        sid: str,
        credentials: Credentials,
        to: Annotated[str, Query(alias="To")] = "",
        sender: Annotated[str, Query(alias="From")] = "",
        page_size: Annotated[int, Query(alias="PageSize", ge=1, le=1000)] = 50,
    ) -> Response:
        account = world.accounts.by_twilio(sid, sender.removeprefix("whatsapp:"))
        if account is None or _allowed(world, sid, credentials) is None:
            return _error("20003")
        chat = world.chat(account.key, to.removeprefix("whatsapp:"))
        sent = [m for m in chat.messages.values() if m.author == "boutique"]
        latest = [_resource(account, m) for m in reversed(sent)]
        return JSONResponse({"messages": latest[:page_size], "next_page_uri": None})

    @router.get("/Messages/{message_sid}/Media/{media_id}")
    async def media(
        sid: str, message_sid: str, media_id: str, credentials: Credentials
    ) -> Response:
        if _allowed(world, sid, credentials) is None:
            return _error("20003")
        stored = world.file(media_id)
        if stored is None:
            raise HTTPException(404)
        return file_response(stored)

    return router


def _allowed(
    world: World, sid: str, credentials: HTTPBasicCredentials | None
) -> SandboxAccount | None:
    account = world.accounts.by_twilio(sid)
    if account is None or credentials is None:
        return None
    given = (credentials.username, credentials.password)
    return account if given == (account.account_sid, account.auth_token) else None


def _wrong(
    account: SandboxAccount | None,
    contact: str,
    text: str | None,
    media: list[str] | None,
    status_callback: str | None,
) -> str | None:
    if account is None:
        return "63007"
    if text is None:
        return "21656"
    if not (contact.startswith("+") and contact[1:].isdigit()):
        return "21211"
    if not text and not media:
        return "21602"
    if len(text) > MAX_BODY:
        return "21617"
    if status_callback and not status_callback.startswith(("http://", "https://")):
        return "21609"
    return None


def _template_text(content_sid: str, variables: str | None) -> str | None:
    """What stands in for a template: its id and what was filled in; none when unreadable."""
    try:
        filled = json.loads(variables or "{}")
    except ValueError:
        return None
    if not isinstance(filled, dict):
        return None
    return " · ".join([f"[template {content_sid[:8]}…]", *map(str, filled.values())])


def _error(code: str) -> JSONResponse:
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
