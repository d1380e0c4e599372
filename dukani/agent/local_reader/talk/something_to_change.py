"""Hears at a total that something is to change, not yet to what: "kuna kitu nataka kubadilisha"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

STILL = ("still", "bado", "late", "kuchelewa")
SHOWN = ("awaiting_confirmation", "payment_initiated", "payment_failed")
SOMETHING = frozenset(("something", "kitu", "vitu", "things", "jambo", "thing"))
PLACE = frozenset(("address", "adress", "anwani", "location", "place", "mahali"))
BEHIND_PLACE = frozenset(("yangu", "ya", "delivery", "first", "kwanza", "kidogo"))
NONE = frozenset(("hakuna", "hamna", "sina", "nothing", "dont", "not"))


def something_to_change(message: Message) -> list[a.Act]:
    """Decline, so that it is asked what; nothing where the change or a piece is told."""
    if message.context.step in SHOWN and _asks_if_it_still_can(message):
        return [a.Unclear()]
    if message.context.step != "awaiting_confirmation" or "?" in message.raw:
        return []
    if not message.tagged("~change") or message.slots.finds or message.says_any(NONE):
        return []
    return [a.Decline()] if message.says_any(SOMETHING) or _ends_with_place(message) else []


def _asks_if_it_still_can(message: Message) -> bool:
    """Whether it is asked if a change is still in time: "can that still change or is it too late".

    It can, and is asked for in words.
    """
    if message.slots.finds or not (
        message.tagged("~change") or message.says("changed", "kubadilika")
    ):
        return False
    return message.says(*STILL) and message.says(
        "can", "naweza", "inaweza", "unaweza", "late", "could"
    )


def _ends_with_place(message: Message) -> bool:
    """Whether no place is told behind "change the address"."""
    at = next((i for i, token in enumerate(message.tokens) if token.text in PLACE), None)
    behind = message.tokens[at + 1 :] if at is not None else ()
    small = all(t.text in BEHIND_PLACE or "@stopword" in t.tags for t in behind)
    return at is not None and small
