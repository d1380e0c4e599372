"""Leaves out that somebody wants none any more: "Njeri has dropped out, so only one red".

He is counted no more, but "dropped" takes nothing out of the order, nor is "boy mmoja" a piece.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

STEPS = word_set("stepped_out", "steps")
OUT = frozenset(("out",))
STEPPED_OUT = word_set("stepped_out", "stepped_out")
SO = word_set("stepped_out", "so")
VALUES = ("colour", "size", "name", "category")
LONGEST = 8  # words that tell of it


def without_stepped_out(message: Message) -> Message:
    """The message without who stepped out, where the rest counts a piece anew."""
    if message.asks or not message.context.cart:
        return message
    for at in range(len(message.tokens)):
        end = _end(message, at)
        if end is None:
            continue
        start = _start(message, at)
        rest = message.without(start, end)
        told = {find.slot for find in rest.slots.finds}
        inside = {find.slot for find in message.slots.finds if start <= find.start < end}
        if end - start <= LONGEST and "quantity" in told and inside <= {"quantity"}:
            return rest
    return message


def _end(message: Message, at: int) -> int | None:
    """Where the words for stepping out end that begin here; None where none do."""
    texts = [token.text for token in message.tokens[at : at + 3]]
    if texts[0] in STEPPED_OUT:
        end = at + 1
    elif texts[0] in STEPS and texts[1:2] and texts[1] in OUT:
        end = at + 2
    else:
        return None
    while end < len(message.tokens) and message.tokens[end].text in SO:
        end += 1
    return end


def _start(message: Message, at: int) -> int:
    """Where the clause of the person begins: behind a pause or what is counted."""
    while at and not message.tokens[at - 1].pause:
        at -= 1
    return at
