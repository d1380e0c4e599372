"""Twilio's webhook: messages to our numbers, and delivery statuses of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response

from dukani.core.errors import BadSignature, ConfigurationError
from dukani.webhooks.bodies import clean_text, digest, kept_text, read_body
from dukani.webhooks.dependencies import TheWebhooks
from dukani.webhooks.directory import InboundNumber, SharedNumber
from dukani.webhooks.inbound import Aside, Inbound
from dukani.webhooks.record import record
from dukani.webhooks.twilio_reading import account_of, read_form
from dukani.webhooks.twilio_signature import verify_twilio_signature

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'  # replies go by the API
MAX_FIELDS = 200
MAX_FORM = 64 * 1024  # Twilio's largest has 1,600 characters of text and ten addresses of media

router = APIRouter(tags=["webhooks"])


@dataclass(frozen=True, slots=True)
class Call:
    """A verified call, or an unverifiable one to a number of no boutique."""

    number: InboundNumber | SharedNumber | None
    item: Inbound


async def _call(request: Request, webhooks: TheWebhooks) -> Call:
    """The call, verified with the boutique's token. Raises BadSignature."""
    raw = await read_body(request, most=MAX_FORM)
    try:
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        return Call(None, _unreadable(raw))
    form = {clean_text(name): clean_text(value) for name, value in pairs}
    account = account_of(form)
    if not account:
        return Call(None, _unreadable(raw))
    number = await webhooks.directory.find("twilio", account)
    if number is not None:
        _verify(webhooks, number, request, pairs)
    item = read_form(form, message_id=request.query_params.get("message"), digest=digest(raw))
    return Call(number, item)


def _verify(
    webhooks: TheWebhooks,
    number: InboundNumber | SharedNumber,
    request: Request,
    pairs: list[tuple[str, str]],
) -> None:
    token = number.credentials.secrets.get("auth_token")
    if not token:
        raise ConfigurationError(f"{number.credentials.account} has no Twilio auth token")
    # Behind a proxy the request's own address is not the one Twilio called.
    url = webhooks.services.settings.web.public_url.rstrip("/") + request.url.path
    if request.url.query:
        url += f"?{request.url.query}"
    signature = request.headers.get("x-twilio-signature")
    if not verify_twilio_signature(token, url, pairs, signature):
        raise BadSignature


def _unreadable(raw: bytes) -> Aside:
    return Aside(
        provider="twilio",
        account="",
        event_key=f"unreadable:{digest(raw)}",
        raw=kept_text(raw),
        kind="unknown",
        outcome="unreadable",
    )


@router.post("/webhook/whatsapp")
@router.post("/webhook/whatsapp/status")
async def receive(call: Annotated[Call, Depends(_call)], webhooks: TheWebhooks) -> Response:
    """Record a message or a status, and answer with empty TwiML."""
    await record(webhooks, call.number, call.item)
    return Response(EMPTY_TWIML, media_type="text/xml")
