"""Reads a count that is too many and the one wanted: "3 black is too many, make it 1"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

LINE = ("name", "category", "colour", "size")
MANY = frozenset(("many", "nyingi", "mingi", "mengi"))
NEED = frozenset(("need", "nahitaji", "sihitaji", "hatuhitaji"))
NOT = frozenset(("dont", "sihitaji", "hatuhitaji", "sidhani"))


def too_many(message: Message) -> list[a.Act]:
    """A Set of the line's count to the last one said; nothing where no line is named."""
    counts = [find for find in message.slots.finds if find.slot == "quantity"]
    if len(counts) != 2 or message.asks or not message.context.cart:
        return []
    first, last = counts
    behind = {token.text for token in message.tokens[first.end : last.start]}
    before = {token.text for token in message.tokens[: first.start]}
    unneeded = bool(before & NEED) and bool(before & NOT)
    if not (behind & MANY or unneeded) or last.denied:
        return []
    named = [replace(f, denied=False) for f in message.slots.finds if f.slot in LINE]
    part = message.only(named)
    lines = part.lines_said() if named else list(message.context.cart)
    if len(lines) != 1 or any(find.start > last.start for find in named):
        return []
    told = target(part, whole(part), line=True) if named else a.Target(line=lines[0].number)
    told = told.model_copy(update={"scope": "one", "pointed": None})
    return [a.Set(target=told, values=a.Values(quantity=int(str(last.value))), change=True)]
