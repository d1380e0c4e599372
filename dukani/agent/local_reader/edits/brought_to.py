"""Reads a "drop" that brings: "drop it at the neighbour's", "drop them off with my sister"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

DROPS = frozenset(("drop", "leave", "acha", "wacha", "iache", "ziache", "niachie"))
IT = frozenset(("it", "them", "that", "this", "off", "everything", "order", "hiyo", "hizo"))
NO_PLACE = frozenset(("once", "least", "all", "last", "this", "that"))  # "drop it at once"
WHERE = frozenset(("at", "with", "kwa", "kwenye"))


def brought_to(message: Message) -> list[a.Act]:
    """A note for the shop where only a place to bring it is said, and no address is asked for."""
    if not message.tokens or not message.context.cart or message.asks or message.slots.finds:
        return []
    if message.context.step == "awaiting_delivery_address":
        return []
    brings = message.tokens[0].text in DROPS and is_brought_to(message)
    if not brings or any(token.pause for token in message.tokens[:-1]):
        return []
    return [a.SetNote(text=message.raw)]


def is_brought_to(message: Message) -> bool:
    """Whether only the place follows "drop it"; not "drop the one at 2,000"."""
    tokens = message.tokens
    for at, token in enumerate(tokens):
        if token.text not in DROPS:
            continue
        here = at + 1
        while here < len(tokens) and tokens[here].text in IT and not tokens[here - 1].pause:
            here += 1
        told = tokens[here : here + 2]
        if len(told) == 2 and told[0].text in WHERE and told[1].kind != "number":
            named = any(find.start == here + 1 for find in message.slots.finds)
            return not named and told[1].text not in NO_PLACE
    return False
