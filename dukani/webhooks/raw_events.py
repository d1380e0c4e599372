"""Makes a row of `webhook_events` of an inbound item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dukani.domain.message_kinds import NAMELESS
from dukani.webhooks.inbound import (
    Aside,
    DeliveryStatus,
    IdentityChange,
    Inbound,
    InboundMessage,
    NamelessMessage,
    Preference,
)


def event_of(item: Inbound) -> dict[str, Any]:
    """The fields of `webhook_events` that the item gives."""
    raw: Mapping[str, Any] = item.raw
    return {
        "provider": item.provider,
        "event_key": item.event_key,
        "kind": kind_of(item),
        "payload": raw,
        "envelope": item.envelope,
    }


def kind_of(item: Inbound) -> str:
    """What the item is: a message, a status, …"""
    match item:
        case Aside() | IdentityChange():
            return item.kind
        case NamelessMessage():
            return NAMELESS
        case DeliveryStatus():
            return "status"
        case Preference():
            return "preference"
        case InboundMessage(by_staff=True):
            return "staff_message"
        case _:
            return "message"
