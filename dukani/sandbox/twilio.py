"""Stand-in for Twilio's REST API: sends and lists messages, and serves contacts' media."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBasicCredentials
from pydantic import BaseModel, Field

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.files import file_response
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.twilio_answers import Credentials, refusal
from dukani.sandbox.twilio_requests import Refused, Wanted, read_message
from dukani.sandbox.twilio_sms import list_sms, take_sms
from dukani.sandbox.twilio_webhooks import API
from dukani.sandbox.world import World

router = APIRouter(prefix=f"/{API}/Accounts/{{sid}}", tags=["twilio"])


class Asked(BaseModel):
    """The query parameters of a list of messages."""

    to: str = Field("", alias="To")
    sender: str = Field("", alias="From")
    sent_after: datetime | None = Field(None, alias="DateSent>")
    page_size: int = Field(50, alias="PageSize", ge=1, le=1000)
    page: int = Field(0, alias="Page", ge=0)

    @property
    def our_number(self) -> str:
        return self.sender.removeprefix("whatsapp:")

    @property
    def since(self) -> float:
        return self.sent_after.timestamp() if self.sent_after else 0.0

    def next_page(self) -> str:
        asked = self.model_copy(update={"page": self.page + 1})
        return urlencode(asked.model_dump(mode="json", by_alias=True, exclude_none=True))


@router.post("/Messages.json")
async def create_message(
    outside: TheOutside,
    sid: str,
    credentials: Credentials,
    wanted: Annotated[Wanted, Depends()],
) -> Response:
    if not wanted.to.startswith("whatsapp:"):
        return await take_sms(outside, sid, credentials, wanted)
    faults = outside.world.faults.twilio
    await outside.world.wait_to_answer("twilio")
    if _allowed(outside.world, sid, credentials) is None:
        return refusal("20003")
    if faults.take("error_next"):
        return refusal(faults.error_code)
    account = outside.world.accounts.by_twilio(sid, wanted.number)
    if account is None:
        return refusal("63007")
    try:
        message = _taken(outside, account, wanted)
    except Refused as refused:
        return refusal(refused.code)
    if faults.take("break_next"):
        return Response(status_code=500)
    return JSONResponse(_resource(account, message), status_code=201)


@router.get("/Messages.json")
async def list_messages(
    outside: TheOutside,
    sid: str,
    credentials: Credentials,
    asked: Annotated[Asked, Query()],
) -> Response:
    """The messages a number sent to a contact, or received; newest first, in pages."""
    world = outside.world
    if not f"{asked.to}{asked.sender}".startswith("whatsapp:"):
        return list_sms(outside, sid, credentials, to=asked.to, sender=asked.sender)
    account = world.accounts.by_twilio(sid, asked.our_number)
    if account is None and asked.sender == "":
        account = world.accounts.by_twilio(sid, asked.to.removeprefix("whatsapp:"))
    if account is None or _allowed(world, sid, credentials) is None:
        return refusal("20003")
    found = [m for m in _listed(world, account, asked) if m.at >= asked.since]
    page = found[asked.page * asked.page_size :][: asked.page_size]
    more = len(found) > (asked.page + 1) * asked.page_size
    following = f"/{API}/Accounts/{sid}/Messages.json?{asked.next_page()}"
    listed = [_resource(account, m) for m in page]
    return JSONResponse({"messages": listed, "next_page_uri": following if more else None})


@router.get("/Messages/{message_sid}/Media.json")
async def list_media(
    outside: TheOutside, sid: str, message_sid: str, credentials: Credentials
) -> Response:
    account = _allowed(outside.world, sid, credentials)
    if account is None:
        return refusal("20003")
    message = outside.world.find(account.key, message_sid)
    stored = outside.world.file(message.media) if message and message.media else None
    media = []
    if stored is not None:
        uri = f"/{API}/Accounts/{sid}/Messages/{message_sid}/Media/{stored.id}.json"
        media = [{"sid": stored.id, "content_type": stored.content_type, "uri": uri}]
    return JSONResponse({"media_list": media, "next_page_uri": None})


@router.get("/Messages/{message_sid}/Media/{media_id}")
async def media(
    outside: TheOutside, sid: str, message_sid: str, media_id: str, credentials: Credentials
) -> Response:
    await outside.world.wait_to_answer("twilio")
    if _allowed(outside.world, sid, credentials) is None:
        return refusal("20003")
    stored = outside.world.file(media_id)
    if stored is None:
        raise HTTPException(404)
    return file_response(stored)


def _listed(world: World, account: SandboxAccount, asked: Asked) -> list[ChatMessage]:
    if asked.sender:
        chats = [world.chat(account.key, asked.to.removeprefix("whatsapp:"))]
    else:
        chats = [chat for _, chat in world.chats_of(account.key)]
    sent = bool(asked.sender)
    found = [
        m for chat in chats for m in chat.messages.values() if (m.author == "boutique") == sent
    ]
    return sorted(found, key=lambda message: message.at, reverse=True)


def _taken(outside: Outside, account: SandboxAccount, wanted: Wanted) -> ChatMessage:
    """The message of an accepted send, now on its way to the phone. Raises Refused."""
    message, media_url = read_message(account, wanted, outside.templates)
    if not wanted.content_sid and not outside.world.window_open(account, wanted.contact):
        if outside.world.faults.twilio.window == "answer":
            raise Refused("63016")
        message.error = "63016"
    outside.courier.start(outside.twilio.carry(account, message, media_url))
    return message


def those_allowed(
    world: World, sid: str, credentials: HTTPBasicCredentials | None
) -> list[SandboxAccount]:
    """Every number of the account that these credentials are of."""
    given = (credentials.username, credentials.password) if credentials else ("", "")
    return [
        one
        for one in world.accounts
        if one.provider == "twilio"
        and one.account_sid == sid
        and given == (one.account_sid, one.auth_token)
    ]


def _allowed(
    world: World, sid: str, credentials: HTTPBasicCredentials | None
) -> SandboxAccount | None:
    account = world.accounts.by_twilio(sid)
    if account is None or credentials is None:
        return None
    given = (credentials.username, credentials.password)
    return account if given == (account.account_sid, account.auth_token) else None


def _resource(account: SandboxAccount, message: ChatMessage) -> dict[str, object]:
    now = format_datetime(datetime.fromtimestamp(message.at, UTC))
    uri = f"/{API}/Accounts/{account.account_sid}/Messages/{message.id}"
    inbound = message.author != "boutique"
    ours, theirs = f"whatsapp:{account.number}", f"whatsapp:{message.contact}"
    sending = "queued" if message.status == "sending" else message.status
    has_media = message.media is not None if inbound else message.kind in ("image", "document")
    return {
        "account_sid": account.account_sid,
        "api_version": API,
        "body": message.text,
        "date_created": now,
        "date_sent": now if inbound else None,
        "date_updated": now,
        "direction": "inbound" if inbound else "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": theirs if inbound else ours,
        "messaging_service_sid": None,
        "num_media": str(int(has_media)),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.id,
        "status": "received" if inbound else sending,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": ours if inbound else theirs,
        "uri": f"{uri}.json",
    }
