"""Parses Twilio's form fields of SMS into a message or a delivery status.

As WhatsApp's (`twilio_reading.py`), with plain numbers. `MessagingServiceSid` is there where a
service sends or receives; `OptOutType` (STOP, START, HELP) where Twilio has answered the word
itself. By default it does so for the English words of STOPS, and sends nothing to that phone until
START (help.twilio.com, "Twilio support for opt-out keywords"; not tried live).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from dukani.webhooks.inbound import Aside, DeliveryStatus, Inbound, InboundSms
from dukani.webhooks.parts import own_id
from dukani.webhooks.twilio_reading import STATUSES, is_status

Form = Mapping[str, str]

HANDLED_BY_TWILIO = frozenset((
    "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "start", "unstop",
))  # fmt: skip


def senders_of(form: Form) -> list[str]:
    """Our sender by the names that the form has for it: the service, then the number or name."""
    own = form.get("From" if is_status(form) else "To", "").strip()
    return [name for name in (form.get("MessagingServiceSid", "").strip(), own) if name]


def read_form(form: Form, *, account: str, message_id: str | None, digest: str) -> Inbound:
    """The SMS or status in a form; `message_id` stood in a status callback's address."""
    kind = "status" if is_status(form) else "message"
    about: dict[str, Any] = {"provider": "twilio_sms", "account": account, "raw": dict(form)}
    try:
        return _status(form, about, message_id) if kind == "status" else _sms(form, about)
    except ValidationError:
        return Aside(**about, event_key=f"unreadable:{digest}", kind=kind, outcome="unreadable")


def _status(form: Form, about: dict[str, Any], message_id: str | None) -> Inbound:
    sid, told = form.get("MessageSid", ""), form["MessageStatus"]
    status = STATUSES.get(told)
    if status is None:
        return Aside(**about, event_key=f"{sid}:{told}", kind="status", outcome="ignored")
    return DeliveryStatus(
        **about,
        event_key=f"{sid}:{told}",
        provider_id=sid,
        message_id=own_id(message_id),
        status=status,
        error_code=form.get("ErrorCode") or None,
    )


def _sms(form: Form, about: dict[str, Any]) -> Inbound:
    text = form.get("Body", "")
    told = bool(form.get("OptOutType")) or text.strip().lower() in HANDLED_BY_TWILIO
    return InboundSms(
        **about,
        event_key=form.get("MessageSid", ""),
        phone=form.get("From", "").strip(),
        text=text,
        told_by_provider=told,
    )
