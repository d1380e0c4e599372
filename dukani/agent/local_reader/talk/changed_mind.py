"""Leaves out that the customer thought again: "nimebadilisha mawazo, heels ziwe gold"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

MIND = word_set("remarks", "mind")
AGAIN = frozenset(("again", "tena"))
OWN = frozenset(("my", "yangu", "i", "ive", "have", "nime", "just"))


def without_changed_mind(message: Message) -> Message:
    """The message without "I changed my mind", where a piece or value is told besides."""
    for at, token in enumerate(message.tokens):
        if "~change" not in token.tags:
            continue
        end = at + 1
        while end < len(message.tokens) and message.tokens[end].text in OWN:
            end += 1
        if end == len(message.tokens) or message.tokens[end].text not in MIND:
            continue
        end += 1
        if end < len(message.tokens) and message.tokens[end].text in AGAIN:
            end += 1
        start = at
        while start and message.tokens[start - 1].text in OWN:
            start -= 1
        finds = message.slots.finds
        beside = any(find.end <= start or find.start >= end for find in finds)
        return message.without(start, end) if beside else message
    return message
