"""Turns location messages (map pins) into addresses. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.messages import Message
from dukani.domain.acts import Act, SetAddress, Unclear, Understanding


def with_pin_as_address(understanding: Understanding, written: Sequence[Message]) -> list[Act]:
    """The mind's acts, with the last map pin as the address."""
    pins = [message for message in written if _is_pin(message)]
    if not pins:
        return list(understanding.acts)
    said = [act for act in understanding.acts if isinstance(act, SetAddress)]
    others = [act for act in understanding.acts if not isinstance(act, Unclear | SetAddress)]
    return [*others, _address_of(pins[-1], said[-1].text if said else None)]


def _is_pin(message: Message) -> bool:
    where = message.payload.get("location", message.payload)
    return message.kind == "location" and {"latitude", "longitude"} <= where.keys()


def _address_of(pin: Message, words: str | None) -> SetAddress:
    """The pin's place, followed by the words written beside it: the gate, the floor."""
    place = pin.payload.get("location", pin.payload)
    latitude, longitude = float(place["latitude"]), float(place["longitude"])
    named = str(place.get("place") or f"📍 {latitude},{longitude}")
    text = f"{named}, {words}" if words else named
    return SetAddress(text=text, latitude=latitude, longitude=longitude)
