"""Leaves out a size that all of the order has already: "nyeupe mbili na nyeusi moja, zote 30"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.message import Message

LEADS = ALL | BOTH | {"in", "size", "saizi", "za", "ya", "are", "ni"}


def without_size_of_all(message: Message) -> Message:
    """The message without such a size at its end, behind a pause; unchanged where it tells more."""
    cart, tokens = message.context.cart, message.tokens
    if len(cart) < 2 or len(message.slots.finds) < 2:
        return message
    last = message.slots.finds[-1]
    sizes = {line.size for line in cart}
    if last.slot != "size" or last.end != len(tokens) or sizes != {last.value}:
        return message
    start = last.start
    while start and not tokens[start - 1].pause and tokens[start - 1].text in LEADS:
        start -= 1
    said = {token.text for token in tokens[start : last.start]}
    parted = start > 0 and tokens[start - 1].pause and not said.isdisjoint(ALL | BOTH)
    return message.without(start, last.end) if parted else message
