"""Reads that a piece is fine in the colour or size it is ordered in: "basi huu mweusi sawa"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.judged import AROUND, FINE, FOUND, IS

HEADS = ("name", "category")
BESIDE = word_set("judged", "beside_fine")


def fine_as_ordered(clause: Message) -> bool:
    """Whether nothing else is said, and no other piece is spoken of that it may answer for."""
    context, finds = clause.context, clause.slots.finds
    values = [find for find in finds if find.slot in ("colour", "size")]
    heads = [find for find in finds if find.slot in HEADS]
    if context.focus or context.options or context.question or clause.asks:
        return False
    if len(values) != 1 or len(heads) + 1 != len(finds) or any(find.denied for find in finds):
        return False
    told = {at for find in finds for at in range(find.start, find.end)}
    beside = {
        word
        for at, token in enumerate(clause.tokens)
        if at not in told
        for word in token.text.split()
    }
    if not beside & FINE or not beside <= FOUND | IS | AROUND | BESIDE:
        return False
    [value] = values
    lines = clause.only(heads).lines_said() if heads else context.cart
    return any(getattr(line, value.slot) == value.value for line in lines)
