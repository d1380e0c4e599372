"""Shows what a provider sent without what names or finds a person, and without secrets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dukani.core.observability.masking import MASK, mask_text, masked, without

_NAMES = frozenset(("profilename", "formatted_name", "first_name", "last_name"))
_LEAST_OF_A_PHONE = 10**8  # Daraja tells a phone as a number


def masked_payload(payload: Any) -> Any:
    """The payload with phones, names, places, addresses and secrets masked; words stay."""
    return _without_numbers(without(masked(payload), set(_names(payload))))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key.lower() in _NAMES or key == "name"):
                yield inner
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)


def _without_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: MASK if key.lower() in _NAMES else _without_numbers(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_without_numbers(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and value >= _LEAST_OF_A_PHONE:
        return mask_text(str(value))
    return value
