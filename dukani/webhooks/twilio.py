"""Twilio's webhook: messages to our numbers, and delivery statuses of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response

from dukani.core.errors import BadSignature, ConfigurationError
from dukani.webhooks.bodies import clean_text, digest, kept_text, read_body
from dukani.webhooks.dependencies import TheWebhooks, Webhooks
from dukani.webhooks.directory import InboundNumber, SharedNumber
from dukani.webhooks.inbound import Aside, Inbound
from dukani.webhooks.record import record
from dukani.webhooks.twilio_reading import account_of, read_form
from dukani.webhooks.twilio_signature import verify_twilio_signature

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'  # replies go by the API
MAX_FIELDS = 200
MAX_URL = 500
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
        return Call(None, _unreadable(raw, envelope_of(request, webhooks)))
    form = {clean_text(name): clean_text(value) for name, value in pairs}
    account = account_of(form)
    if not account:
        return Call(None, _unreadable(raw, envelope_of(request, webhooks)))
    number = await webhooks.directory.find("twilio", account)
    if number is not None:
        _verify(webhooks, number, request, pairs)
    item = read_form(form, message_id=request.query_params.get("message"), digest=digest(raw))
    envelope = envelope_of(request, webhooks) | {"verified": number is not None}
    return Call(number, item.model_copy(update={"envelope": envelope}))


def _verify(
    webhooks: TheWebhooks,
    number: InboundNumber | SharedNumber,
    request: Request,
    pairs: list[tuple[str, str]],
) -> None:
    token = number.credentials.secrets.get("auth_token")
    if not token:
        raise ConfigurationError(f"{number.credentials.account} has no Twilio auth token")
    signature = request.headers.get("x-twilio-signature")
    if not verify_twilio_signature(token, called(request, webhooks), pairs, signature):
        raise BadSignature


def called(request: Request, webhooks: Webhooks) -> str:
    """The address that Twilio called: behind a proxy it is not the request's own."""
    url = webhooks.services.settings.web.public_url.rstrip("/") + request.url.path
    return f"{url}?{request.url.query}" if request.url.query else url


def envelope_of(request: Request, webhooks: Webhooks) -> dict[str, str]:
    """What a later reading verifies the form with, when somebody's token is known by then."""
    signature = request.headers.get("x-twilio-signature", "")
    return {"url": called(request, webhooks)[:MAX_URL], "signature": signature[:200]}


def _unreadable(raw: bytes, envelope: dict[str, str]) -> Aside:
    return Aside(
        provider="twilio",
        account="",
        event_key=f"unreadable:{digest(raw)}",
        raw=kept_text(raw),
        kind="unknown",
        outcome="unreadable",
        envelope=envelope,
    )


@router.post("/webhook/whatsapp")
@router.post("/webhook/whatsapp/status")
async def receive(call: Annotated[Call, Depends(_call)], webhooks: TheWebhooks) -> Response:
    """Record a message or a status, and answer with empty TwiML."""
    await record(webhooks, call.number, call.item)
    return Response(EMPTY_TWIML, media_type="text/xml")
