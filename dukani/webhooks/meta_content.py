"""What each kind of a Meta message holds, as the fields of our own message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dukani.webhooks.inbound import MediaRef

Content = dict[str, Any]
Fields = dict[str, Any]


def fields_of(kind: str, content: Content) -> Fields:
    """Kind, text and the rest; a kind we do not know is kept as unsupported."""
    read = _READERS.get(kind)
    return {"kind": "unsupported"} if read is None else read(content)


def _text(content: Content) -> Fields:
    return {"kind": "text", "text": content.get("body") or ""}


def _media(kind: str) -> Callable[[Content], Fields]:
    def read(content: Content) -> Fields:
        return {
            "kind": kind,
            "text": content.get("caption") or "",
            "media": MediaRef(
                reference=content.get("id") or "", content_type=content.get("mime_type") or ""
            ),
        }

    return read


def _interactive(content: Content) -> Fields:
    reply_type = content.get("type")
    reply = content.get(reply_type) if isinstance(reply_type, str) else None
    if reply_type not in ("list_reply", "button_reply") or not isinstance(reply, dict):
        return {"kind": "unsupported"}
    kind = "list_reply" if reply_type == "list_reply" else "button"
    return {"kind": kind, "row_id": reply.get("id"), "text": reply.get("title") or ""}


def _button(content: Content) -> Fields:
    return {
        "kind": "button",
        "row_id": content.get("payload"),
        "text": content.get("text") or "",
    }


def _location(content: Content) -> Fields:
    latitude, longitude = content.get("latitude"), content.get("longitude")
    if latitude is None or longitude is None:
        return {"kind": "unsupported"}
    named = [content.get("name"), content.get("address")]
    return {
        "kind": "location",
        "latitude": latitude,
        "longitude": longitude,
        "place": ", ".join(part for part in named if isinstance(part, str) and part) or None,
    }


def _order(content: Content) -> Fields:
    return {"kind": "order", "text": content.get("text") or "", "order": content}


def _contacts(_content: Content) -> Fields:
    return {"kind": "contacts"}


_READERS: dict[str, Callable[[Content], Fields]] = {
    "text": _text,
    "image": _media("image"),
    "audio": _media("audio"),
    "video": _media("video"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    "order": _order,
    "contacts": _contacts,
}
