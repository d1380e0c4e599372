"""Parses Twilio's form fields into a message or a delivery status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError

from dukani.domain.message_kinds import KINDS, kind_of
from dukani.webhooks.inbound import (
    Aside,
    DeliveryStatus,
    Inbound,
    InboundMessage,
    MediaRef,
    NamelessMessage,
)
from dukani.webhooks.parts import names_of, own_id

# `queued`, `sending` and other statuses before `sent` are not used.
STATUSES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
}

# Kinds that are only a text message when the file is missing.
_NEED_A_FILE = ("text", "image", "audio", "voice", "video", "document", "sticker", "location")
MAX_MEDIA = 10  # of one message
_OF_AN_ADVERT = ("ReferralSourceId", "ReferralHeadline", "ReferralBody", "ReferralSourceUrl")

Form = Mapping[str, str]


def is_status(form: Form) -> bool:
    return form.get("MessageStatus", "received") not in ("received", "receiving")


def account_of(form: Form) -> str:
    """Our number: the recipient of an inbound message, the sender of one a status is about."""
    return _address(form.get("From" if is_status(form) else "To", ""))


def read_form(form: Form, *, message_id: str | None, digest: str) -> Inbound:
    """The message or status in a form; `message_id` stood in a status callback's address."""
    try:
        if is_status(form):
            return _status(form, message_id)
        return _message(form)
    except ValidationError:
        return Aside(
            provider="twilio",
            account=account_of(form),
            event_key=f"unreadable:{digest}",
            raw=dict(form),
            kind="status" if is_status(form) else "message",
            outcome="unreadable",
        )


def _status(form: Form, message_id: str | None) -> Inbound:
    sid = form.get("MessageSid", "")
    about: dict[str, Any] = {
        "provider": "twilio",
        "account": account_of(form),
        "event_key": f"{sid}:{form['MessageStatus']}",
        "raw": dict(form),
    }
    status = STATUSES.get(form["MessageStatus"])
    if status is None:
        return Aside(**about, kind="status", outcome="ignored")
    return DeliveryStatus(
        **about,
        provider_id=sid,
        message_id=own_id(message_id),
        status=status,
        error_code=form.get("ErrorCode") or None,
    )


def _message(form: Form) -> Inbound:
    files = _files(form)
    media = files[0] if files else None
    name = _kind_name(form, media)
    kept_as = kind_of(name).kept_as
    if kept_as is None:
        return _kept(form, kind=name)
    names = names_of(form.get("From"), form.get("ExternalUserId"), form.get("WaId"))
    place = ", ".join(part for part in (form.get("Label"), form.get("Address")) if part)
    text = form.get("Body") or form.get("ButtonText") or form.get("ListTitle") or ""
    about: dict[str, Any] = {
        "provider": "twilio",
        "account": account_of(form),
        "event_key": form.get("MessageSid", ""),
        "raw": dict(form),
        "kind": kept_as,
        "text": text,
    }
    if not names:
        return NamelessMessage(**about)
    return InboundMessage(
        **about,
        phone=names.phone,
        wa_user_id=names.wa_user_id,
        name=form.get("ProfileName"),
        media=media,
        more_media=tuple(files[1:]),
        reply_to=form.get("OriginalRepliedMessageSid") or None,
        row_id=form.get("ListId") or form.get("ButtonPayload") or None,
        latitude=_number(form, "Latitude"),
        longitude=_number(form, "Longitude"),
        place=place or None,
        referral={name: form[name] for name in sorted(form) if name.startswith("Referral")}
        if any(form.get(name) for name in _OF_AN_ADVERT)
        else None,
    )


def _kept(form: Form, *, kind: str) -> Aside:
    return Aside(
        provider="twilio",
        account=account_of(form),
        event_key=form.get("MessageSid", ""),
        raw=dict(form),
        kind=kind[:60],
        outcome="ignored",
    )


def _kind_name(form: Form, media: MediaRef | None) -> str:
    """The kind's name in the table of kinds, told by the fields more than by Twilio's type."""
    given = form.get("MessageType", "")
    if media is not None:
        return _media_name(media, given)
    if form.get("Latitude") and form.get("Longitude"):
        return "location"
    if form.get("ListId"):
        return "interactive.list_reply"
    if form.get("ButtonPayload") or form.get("ButtonText"):
        return "button"
    if given in KINDS and given not in _NEED_A_FILE:
        return given
    return "text" if form.get("Body") else "unsupported"


def _media_name(media: MediaRef, given: str) -> str:
    """The kind of a file, by its content type: stickers and cards come as plain files."""
    family, _, subtype = media.content_type.lower().partition("/")
    if given == "sticker":
        return "sticker"
    if subtype.partition(";")[0] in ("vcard", "x-vcard"):
        return "contacts"
    if family == "image":
        return "document.photo" if given == "document" else "image"
    return family if family in ("audio", "video") else "document"


def _files(form: Form) -> list[MediaRef]:
    """All files of the message, by their addresses: `NumMedia` may be missing."""
    if form.get("NumMedia", "1") == "0":
        return []
    return [
        MediaRef(reference=url, content_type=form.get(f"MediaContentType{number}", ""))
        for number in range(MAX_MEDIA)
        if (url := form.get(f"MediaUrl{number}"))
    ]


def _number(form: Form, name: str) -> Any:
    """The field as sent; pydantic's model decides whether it is a number."""
    return form.get(name) or None


def _address(value: str) -> str:
    return value.removeprefix("whatsapp:").strip()
