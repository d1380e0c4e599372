"""Reads a stored webhook event a second time, as when it came.

The event's payload and what was kept beside it (`envelope`) make the provider's call again, and the
provider's own reader reads it: what has been learnt to be read since is read now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from dukani.core.errors import UnreadableWebhook
from dukani.core.store.webhook_events import WebhookEvent
from dukani.webhooks import sms_africastalking_reading, sms_twilio_reading
from dukani.webhooks.bodies import clean_text, digest
from dukani.webhooks.inbound import Aside, Inbound, InboundMessage
from dukani.webhooks.meta_again import body_again
from dukani.webhooks.meta_reading import read_webhook
from dukani.webhooks.twilio_reading import account_of, read_form


def items_of(event: WebhookEvent) -> list[Inbound]:
    """What a message's webhook told, read now. Raises UnreadableWebhook."""
    read = READ_AGAIN.get(event.provider)
    if read is None:
        raise UnreadableWebhook(f"nothing reads what {event.provider} told a second time")
    return [_as_of_then(item, event.created_at) for item in read(event)]


def _of_meta(event: WebhookEvent) -> list[Inbound]:
    text = unread(event.payload)
    if text is not None and event.envelope is None:
        return read_webhook(text.encode())
    if event.envelope is None:
        raise UnreadableWebhook("the number it came to was not kept with it")
    return read_webhook(body_again(event.envelope, event.payload))


def _of_twilio(event: WebhookEvent) -> list[Inbound]:
    form = form_of(event.payload)
    if not account_of(form):
        raise UnreadableWebhook("it names no number of ours")
    return [read_form(form, message_id=_told_id(event), digest=_digest(form))]


def _of_twilio_sms(event: WebhookEvent) -> list[Inbound]:
    form = form_of(event.payload)
    senders = sms_twilio_reading.senders_of(form)
    if not senders:
        raise UnreadableWebhook("it names no sender of ours")
    item = sms_twilio_reading.read_form(
        form, account=senders[-1], message_id=_told_id(event), digest=_digest(form)
    )
    return [item]


def _of_africastalking(event: WebhookEvent) -> list[Inbound]:
    account = str((event.envelope or {}).get("account", ""))
    if not account:
        raise UnreadableWebhook("the sender it came to was not kept with it")
    body = urlencode(form_of(event.payload)).encode()
    return [sms_africastalking_reading.read_body_of(body, account=account)]


READ_AGAIN: Mapping[str, Callable[[WebhookEvent], list[Inbound]]] = {  # of every MessagingProvider
    "meta": _of_meta,
    "twilio": _of_twilio,
    "twilio_sms": _of_twilio_sms,
    "africastalking": _of_africastalking,
}


def _told_id(event: WebhookEvent) -> str | None:
    """Our id of the message, from the address that a status was told at."""
    called = urlsplit(str((event.envelope or {}).get("url", "")))
    return parse_qs(called.query).get("message", [None])[0]


def _digest(form: Mapping[str, str]) -> str:
    return digest(repr(sorted(form.items())).encode())


def form_of(payload: Mapping[str, Any]) -> dict[str, str]:
    """The fields of Twilio's form. Raises UnreadableWebhook."""
    text = unread(payload)
    if text is None:
        return {name: str(value) for name, value in payload.items()}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=1000)
    except ValueError as error:
        raise UnreadableWebhook("not a form") from error
    return {clean_text(name): clean_text(value) for name, value in pairs}


def unread(payload: Mapping[str, Any]) -> str | None:
    """The beginning of a body that nobody could read; None for a payload that was read."""
    body = payload.get("body")
    return body if set(payload) == {"body"} and isinstance(body, str) else None


def _as_of_then(item: Inbound, came_at: datetime) -> Inbound:
    """A message without a time of its own is as old as its event, not new."""
    if isinstance(item, InboundMessage) and item.sent_at is None:
        return item.model_copy(update={"sent_at": came_at})
    return item


def is_idle(item: Inbound) -> bool:
    """Whether nothing would be done with the item."""
    return isinstance(item, Aside)
