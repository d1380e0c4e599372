"""Reads the content of each kind of Meta message into the fields of `InboundMessage`.

`domain/message_kinds.py` says how each kind is handled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dukani.domain.message_kinds import OTHER, kind_of
from dukani.webhooks.forms import words_of_form
from dukani.webhooks.inbound import MediaRef

MAX_ITEMS = 50  # of a catalogue order; WhatsApp's own carts hold fewer
MAX_CARDS = 10
MAX_NUMBERS = 10
MAX_ID = 200

Content = dict[str, Any]
Fields = dict[str, Any]


def name_of(kind: str, content: Content) -> str:
    """The kind's name in the table of kinds: Meta's `type`, with the subtype after a dot."""
    if kind == "document":
        photo = str(content.get("mime_type") or "").startswith("image/")
        return "document.photo" if photo else kind
    inner = content.get("type") if kind in _WITH_SUBTYPES else None
    return f"{kind}.{inner}" if isinstance(inner, str) and inner else kind


def fields_of(name: str, content: Content) -> Fields:
    """Kind, text and other fields; unreadable content gets the kind `unsupported`."""
    kept_as = kind_of(name).kept_as
    read = _READERS.get(name) or _READERS.get(name.partition(".")[0])
    fields = read(content) if read else {}
    if fields is None or kept_as is None:
        return {"kind": OTHER.kept_as}
    return {"kind": kept_as, **fields}


def _text(content: Content) -> Fields:
    return {"text": content.get("body") or ""}


def _media(content: Content) -> Fields:
    media = MediaRef(
        reference=content.get("id") or "",
        content_type=content.get("mime_type") or "",
        filename=_named(content.get("filename")),
    )
    return {"text": content.get("caption") or "", "media": media}


def _named(value: Any) -> str:
    return value[:300] if isinstance(value, str) else ""


def _reply(content: Content) -> Fields | None:
    """The tapped list row or button."""
    reply = content.get(str(content.get("type")))
    if not isinstance(reply, dict):
        return None
    return {"row_id": reply.get("id"), "text": reply.get("title") or ""}


def _button(content: Content) -> Fields:
    return {"row_id": content.get("payload"), "text": content.get("text") or ""}


def _form(content: Content) -> Fields:
    reply = content.get("nfm_reply")
    return {"text": words_of_form(reply.get("response_json") if isinstance(reply, dict) else None)}


def _location(content: Content) -> Fields | None:
    latitude, longitude = content.get("latitude"), content.get("longitude")
    if latitude is None or longitude is None:
        return None
    named = [content.get("name"), content.get("address")]
    return {
        "latitude": latitude,
        "longitude": longitude,
        "place": ", ".join(part for part in named if isinstance(part, str) and part) or None,
    }


def _order(content: Content) -> Fields:
    """The pieces and numbers ordered. The sender's prices are dropped: the shop's own count."""
    text, items = content.get("text"), content.get("product_items")
    bounded = {"product_items": items[:MAX_ITEMS]} if isinstance(items, list) else {}
    return {
        "text": text if isinstance(text, str) else "",
        "order": content | bounded,
    }


def _contacts(content: Content) -> Fields:
    cards = content.get("items") or []
    return {"contacts": [_card(card) for card in cards[:MAX_CARDS]]}


def _card(card: Any) -> dict[str, Any]:
    """The name on a contact card and its numbers as written, or WhatsApp's id of a number."""
    card = card if isinstance(card, dict) else {}
    name, phones = card.get("name"), card.get("phones")
    numbers = [_number_of(phone) for phone in (phones if isinstance(phones, list) else [])]
    return {
        "name": _named(name.get("formatted_name")) if isinstance(name, dict) else "",
        "phones": [number for number in numbers[:MAX_NUMBERS] if number],
    }


def _number_of(phone: Any) -> str:
    if not isinstance(phone, dict):
        return ""
    written, wa_id = phone.get("phone"), phone.get("wa_id")
    if isinstance(wa_id, str) and wa_id.isdecimal():
        return f"+{wa_id}"[:40]
    return written[:40] if isinstance(written, str) else ""


def referred_product(value: Any) -> dict[str, Any] | None:
    """The catalogue piece that a message asks about, by the shop's own id of the piece."""
    retailer_id = value.get("product_retailer_id") if isinstance(value, dict) else None
    if not isinstance(retailer_id, str) or not retailer_id.strip():
        return None
    return {"retailer_id": retailer_id.strip()[:MAX_ID]}


_WITH_SUBTYPES = ("interactive", "system", "unsupported")
_READERS: dict[str, Callable[[Content], Fields | None]] = {
    "text": _text,
    "image": _media,
    "audio": _media,
    "voice": _media,
    "video": _media,
    "document": _media,
    "sticker": _media,
    "interactive.list_reply": _reply,
    "interactive.button_reply": _reply,
    "interactive.nfm_reply": _form,
    "button": _button,
    "location": _location,
    "order": _order,
    "contacts": _contacts,
}
