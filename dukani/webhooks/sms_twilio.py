"""Twilio's webhook of SMS: what customers write, and delivery statuses of ours.

An account's own token signs it. A sender name may be several boutiques', each with an account of
its own: the signature tells whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response

from dukani.core.errors import BadSignature
from dukani.core.store.credentials import Credentials
from dukani.webhooks.bodies import clean_text, digest, kept_text, read_body
from dukani.webhooks.dependencies import TheWebhooks
from dukani.webhooks.directory import InboundNumber
from dukani.webhooks.inbound import Aside, Inbound
from dukani.webhooks.record import record
from dukani.webhooks.sms_senders import proven_sender
from dukani.webhooks.sms_twilio_reading import read_form, senders_of
from dukani.webhooks.twilio import EMPTY_TWIML, MAX_FIELDS, MAX_FORM, called, envelope_of
from dukani.webhooks.twilio_signature import verify_twilio_signature

router = APIRouter(tags=["webhooks"])


@dataclass(frozen=True, slots=True)
class Call:
    """A verified call, or one that is of no boutique."""

    number: InboundNumber | None
    item: Inbound


async def _call(request: Request, webhooks: TheWebhooks) -> Call:
    """The call, verified with a boutique's token. Raises BadSignature."""
    raw = await read_body(request, most=MAX_FORM)
    envelope = envelope_of(request, webhooks)
    try:
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        pairs = []
    form = {clean_text(name): clean_text(value) for name, value in pairs}
    senders = senders_of(form)
    if not senders:
        return Call(None, _unreadable(raw, envelope))
    url, signature = called(request, webhooks), request.headers.get("x-twilio-signature")

    def proves(keys: Credentials) -> bool:
        token = keys.secrets.get("auth_token", "")
        return verify_twilio_signature(token, url, pairs, signature)

    number, is_known = None, False
    for sender in senders:
        number, known = await proven_sender(webhooks, "twilio_sms", sender, proves)
        is_known = is_known or known
        if number is not None:
            break
    if is_known and number is None:
        raise BadSignature
    item = read_form(
        form,
        account=number.credentials.account if number else senders[0],
        message_id=request.query_params.get("message"),
        digest=digest(raw),
    )
    kept = envelope | {"verified": number is not None}
    return Call(number, item.model_copy(update={"envelope": kept}))


def _unreadable(raw: bytes, envelope: dict[str, str]) -> Aside:
    return Aside(
        provider="twilio_sms",
        account="",
        event_key=f"unreadable:{digest(raw)}",
        raw=kept_text(raw),
        kind="unknown",
        outcome="unreadable",
        envelope=envelope,
    )


@router.post("/webhook/sms/twilio")
@router.post("/webhook/sms/twilio/status")
async def receive(call: Annotated[Call, Depends(_call)], webhooks: TheWebhooks) -> Response:
    """Record an SMS or a status, and answer with empty TwiML: replies go by the API."""
    await record(webhooks, call.number, call.item)
    return Response(EMPTY_TWIML, media_type="text/xml")
