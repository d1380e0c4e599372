"""Leaves out what was only thought at first: "i was thinking L but maybe XL is better"."""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

THOUGHT = word_set("remarks", "thought")  # "nilikuwa", "nilidhani"
WAS = {("was", "thinking"), ("i", "thought"), ("had", "thought"), ("nilikuwa", "nafikiria")}
BUT = frozenset(("but", "lakini", "ila", "though", "bt"))
VALUES = frozenset(("colour", "size", "quantity", "option"))


def without_first_thought(message: Message) -> Message:
    """The message from the "but" on, where the same kind of value is said again behind it."""
    texts = [token.text for token in message.tokens]
    pairs = itertools.pairwise(texts)
    begun = next((i for i, pair in enumerate(pairs) if pair in WAS), None)
    if begun is None:
        begun = next((i for i, text in enumerate(texts) if text in THOUGHT), None)
    but = next(
        (i for i, t in enumerate(texts) if begun is not None and i > begun and t in BUT), None
    )
    if begun is None or but is None:
        return message
    before = [find for find in message.slots.finds if begun <= find.start < but]
    after = {find.slot for find in message.slots.finds if find.start > but and not find.denied}
    slots = {find.slot for find in before}
    if not slots or not slots <= VALUES or not slots & after:
        return message
    return message.without(begun, but + 1)
