"""Reads messages that change an earlier one: Meta's `edit` and `revoke`."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from dukani.domain.message_kinds import Decision, kind_of
from dukani.webhooks.meta_content import name_of
from dukani.webhooks.meta_wire import Message

Raw = dict[str, Any]

_EXCUSED = (Decision.EXCUSE, Decision.EXCUSE_ONCE, Decision.SEND_AGAIN)


def changed_by(raw: Raw) -> str | None:
    """Meta's id of the message that `raw` corrects or deletes; none for other messages."""
    original = _about(raw).get("original_message_id")
    return original if isinstance(original, str) and original else None


def as_corrected(raw: Raw) -> Message | None:
    """The corrected message of an edit; none when the edit does not show the message.

    Of a file that cannot be opened only the new caption counts: the customer was already told
    about the file.
    """
    inner = _about(raw).get("message")
    if not isinstance(inner, dict) or changed_by(raw) is None:
        return None
    kind = str(inner.get("type"))
    content = inner.get(kind)
    if not isinstance(content, dict) or kind in ("edit", "revoke"):
        return None
    shown: Raw = {"type": kind, kind: content}
    if kind_of(name_of(kind, content)).decision in _EXCUSED:
        caption = content.get("caption")
        if not caption:
            return None
        shown = {"type": "text", "text": {"body": caption}}
    if "context" in inner:
        shown["context"] = inner["context"]
    try:
        return Message.model_validate({**raw, **shown})
    except ValidationError:
        return None


def _about(raw: Raw) -> Raw:
    kind = raw.get("type")
    about = raw.get(kind) if kind in ("edit", "revoke") else None
    return about if isinstance(about, dict) else {}
