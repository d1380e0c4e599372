"""Stand-in for Meta's WhatsApp Cloud API: sends messages, and serves contacts' media."""

from __future__ import annotations

import hashlib
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Response
from fastapi.responses import JSONResponse

from dukani.core.clients.meta import HELD_BACK
from dukani.sandbox import meta_events
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.files import file_response
from dukani.sandbox.meta_products import fill_cards
from dukani.sandbox.meta_refusals import Refused
from dukani.sandbox.meta_requests import not_an_offer, read_message
from dukani.sandbox.meta_webhooks import new_wamid
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.world import World

Bearer = Annotated[str, Header(alias="authorization")]
HTTP_STATUS = {
    "0": 401, "1": 500, "2": 503, "3": 500, "10": 403, "190": 401, "200": 403, "368": 403,
    "131000": 500, "131005": 403, "131016": 503, "131031": 403, "133004": 503,
}  # fmt: skip

# Include this router after the others: its paths begin with any version.
router = APIRouter(tags=["meta"])


@router.post("/{version}/{phone_number_id}/messages")
async def send(
    outside: TheOutside,
    version: str,
    phone_number_id: str,
    body: Annotated[dict[str, Any], Body()],
    authorization: Bearer = "",
) -> Response:
    faults = outside.world.faults.meta
    await outside.world.wait_to_answer("meta")
    account = outside.world.accounts.by_phone_number_id(phone_number_id)
    if account is None or authorization != f"Bearer {account.access_token}":
        return graph_error("190", "Invalid OAuth access token.")
    if faults.take("error_next"):
        return graph_error(faults.error_code, f"(#{faults.error_code}) on demand")
    if body.get("status") == "read":
        return _seen(outside.world, account, body)
    held = body.get("type") == "template" and faults.take("hold_next")
    try:
        message = _taken(outside, account, body, held=held)
    except Refused as refused:
        return graph_error(refused.code, str(refused))
    if faults.take("break_next"):
        return Response(status_code=500)
    to = str(body.get("to") or body.get("recipient"))
    return JSONResponse(_accepted(message, to, held=held))


@router.post("/{version}/{phone_number_id}/marketing_messages")
async def send_offer(
    outside: TheOutside,
    version: str,
    phone_number_id: str,
    body: Annotated[dict[str, Any], Body()],
    authorization: Bearer = "",
) -> Response:
    """As `send`, for marketing templates of accounts that were onboarded."""
    account = outside.world.accounts.by_phone_number_id(phone_number_id)
    if account is None or authorization != f"Bearer {account.access_token}":
        return graph_error("190", "Invalid OAuth access token.")
    if why := not_an_offer(account, body, outside.templates):
        return graph_error(*why)
    return await send(outside, version, phone_number_id, body, authorization)


@router.get("/{version}/{media_id}")
async def media(
    outside: TheOutside,
    version: str,
    media_id: str,
    authorization: Bearer = "",
    fields: str = "",
) -> Response:
    if fields.startswith("marketing_messages_"):
        return _onboarding(outside.world, media_id, fields, authorization)
    if outside.world.accounts.by_phone_number_id(media_id) is None and media_id.isdigit():
        await outside.register_neighbours()
    if not _known(outside.world, authorization):
        return graph_error("190", "Invalid OAuth access token.")
    number = outside.world.accounts.by_phone_number_id(media_id)
    if number is not None:
        return _number(number, authorization)
    account = outside.world.accounts.by_access_token(authorization.removeprefix("Bearer "))
    if account is not None and media_id in outside.catalogues.of(account):
        return JSONResponse(outside.catalogues.node(account, media_id))
    await outside.world.wait_to_answer("meta")
    stored = outside.world.file(media_id)
    if stored is None:
        return graph_error("100", "Object with this ID does not exist.")
    return JSONResponse(
        {
            "url": f"{outside.base_url}/{version}/{media_id}/download",
            "mime_type": stored.content_type,
            "sha256": hashlib.sha256(stored.content).hexdigest(),
            "file_size": len(stored.content),
            "id": media_id,
            "messaging_product": "whatsapp",
        }
    )


@router.get("/{version}/{media_id}/download")
async def download(
    outside: TheOutside, version: str, media_id: str, authorization: Bearer = ""
) -> Response:
    await outside.world.wait_to_answer("meta")
    stored = outside.world.file(media_id) if _known(outside.world, authorization) else None
    return file_response(stored) if stored else Response(status_code=404)


@router.get("/{version}/{waba_id}/subscribed_apps")
async def subscribed_apps(
    outside: TheOutside, version: str, waba_id: str, authorization: Bearer = ""
) -> Response:
    account = outside.world.accounts.by_access_token(authorization.removeprefix("Bearer "))
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    if account.waba_id != waba_id:
        return graph_error("100", "Object with this ID does not exist.")
    app = {"name": "Dukani", "id": "300000000000001", "link": "https://example.com"}
    return JSONResponse({"data": [{"whatsapp_business_api_data": app}]})


def _onboarding(world: World, waba_id: str, field: str, authorization: str) -> Response:
    account = world.accounts.by_access_token(authorization.removeprefix("Bearer "))
    if account is None or account.waba_id != waba_id:
        return graph_error("100", "Object with this ID does not exist.")
    return JSONResponse({"id": waba_id, field: account.marketing_status})


def _number(account: SandboxAccount, authorization: str) -> Response:
    """A phone number's node, for its own token only."""
    if authorization != f"Bearer {account.access_token}":
        return graph_error("100", "Object with this ID does not exist.")
    node = {
        "id": account.phone_number_id,
        "display_phone_number": account.number,
        "verified_name": account.name,
        "status": "CONNECTED",
    }
    return JSONResponse(node)


def _taken(
    outside: Outside, account: SandboxAccount, body: dict[str, Any], *, held: bool
) -> ChatMessage:
    """The message of an accepted send, now on its way to the phone. Raises Refused."""
    message, media_url = read_message(account, new_wamid(), body, outside.templates)
    fill_cards(outside.catalogues, account, message)
    if body["type"] != "template" and not outside.world.window_open(account, message.contact):
        if outside.world.faults.meta.window == "answer":
            raise Refused("131047", "Re-engagement message")
        message.error = "131047"
    outside.courier.start(outside.meta.carry(account, message, media_url, held=held))
    return message


def _known(world: World, authorization: str) -> bool:
    token = authorization.removeprefix("Bearer ")
    return bool(token) and world.accounts.by_access_token(token) is not None


def _seen(world: World, account: SandboxAccount, body: dict[str, Any]) -> Response:
    """Mark a message as read by the boutique; with a typing indicator show it as typing."""
    message = world.find(account.key, str(body.get("message_id")))
    if message is None:
        return graph_error("100", "Invalid parameter: message_id")
    world.advance(message, "read")
    if body.get("typing_indicator"):
        world.typing(account.key, message.contact)
    return JSONResponse({"success": True})


def _accepted(message: ChatMessage, given: str, *, held: bool) -> dict[str, Any]:
    phone = meta_events.contact_phone(message.contact)
    who = {"wa_id": phone} if phone else {"user_id": message.contact}
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": given, **who}],
        "messages": [{"id": message.id, "message_status": HELD_BACK if held else "accepted"}],
    }


def graph_error(code: str, details: str) -> Response:
    """An error in the Graph API's format; `http_502` is one of a proxy before the API."""
    if code.startswith("http_"):
        return Response(status_code=int(code.removeprefix("http_")))
    error = {
        "message": f"(#{code}) {details}",
        "type": "OAuthException",
        "code": int(code) if code.isdigit() else 1,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": uuid.uuid4().hex[:11],
    }
    return JSONResponse({"error": error}, status_code=HTTP_STATUS.get(code, 400))
