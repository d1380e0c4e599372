"""Makes Meta's envelope again around one event, so that a stored event is read as when it came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dukani.webhooks.meta_wire import Value

# Where a field's list of events stands in its value.
_LISTS = {
    "smb_message_echoes": "message_echoes",
    "user_preferences": "user_preferences",
    "user_id_update": "user_id_update",
}
_MOST_OF_CARDS = 1024  # characters of the senders' cards: one has a hundred


def envelope_of(field: str, value: Value, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What the event itself does not say: its number, its field and list, its sender's card."""
    part = _LISTS.get(field) or _part_of_messages(value, raw)
    cards = _cards(value, raw) if part == "messages" else []
    return {"account": value.metadata.phone_number_id, "field": field, "list": part, "cards": cards}


def envelope_of_change(field: str, waba_id: str) -> dict[str, Any]:
    """Of a change that is kept whole, because no event in it is known to us."""
    return {"field": field, "waba": waba_id}


def _part_of_messages(value: Value, raw: Mapping[str, Any]) -> str:
    return "statuses" if any(raw is one for one in value.statuses) else "messages"


def _cards(value: Value, raw: Mapping[str, Any]) -> list[Any]:
    """The sender's; none where they are too long to be a person's."""
    names = _names_in(raw, "from", "from_user_id")
    cards = [
        card
        for card in value.contacts
        if isinstance(card, dict)
        and (len(value.messages) == 1 or names & _names_in(card, "wa_id", "user_id"))
    ]
    return cards if len(str(cards)) <= _MOST_OF_CARDS else []


def _names_in(raw: Mapping[str, Any], *fields: str) -> set[str]:
    return {raw[field] for field in fields if isinstance(raw.get(field), str)}


def body_again(envelope: Mapping[str, Any], raw: Mapping[str, Any]) -> bytes:
    """A body of Meta's with this one event, as `read_webhook` takes it."""
    value = raw
    if "list" in envelope:
        value = {
            "metadata": {"phone_number_id": envelope["account"]},
            "contacts": envelope["cards"],
            envelope["list"]: [raw],
        }
    change = {"field": envelope["field"], "value": value}
    body = {"entry": [{"id": envelope.get("waba", ""), "changes": [change]}]}
    return json.dumps(body).encode()
