"""Reads a count that is too many and the one wanted: "3 black is too many, make it 1"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.edits.moving_units import moving_units
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.words import SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

LINE = ("name", "category", "colour", "size")
MANY = frozenset(("many", "nyingi", "mingi", "mengi"))
TO = SET_TO | SET_TO_BEFORE | {"ibaki", "zibaki", "ibakie"}
NEED = frozenset(("need", "nahitaji", "sihitaji", "hatuhitaji"))
NOT = frozenset(("dont", "sihitaji", "hatuhitaji", "sidhani"))


def too_many(message: Message) -> list[a.Act]:
    """A Set of the line's count to the last one said; nothing where no line is named."""
    counts = [find for find in message.slots.finds if find.slot == "quantity"]
    if message.asks or not message.context.cart:
        return []
    if len(counts) == 1:
        return moving_units(message) or _some_less(message, counts[0])
    if len(counts) != 2:
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


def _some_less(message: Message, count: Find) -> list[a.Act]:
    """Fewer of the line that is too many: "black nyingi, toa moja"."""
    before = message.tokens[: count.start]
    many = next((at for at, token in enumerate(before) if token.text in MANY), len(before))
    taken = any("~remove" in t.tags or "~reduce" in t.tags for t in before[many:])
    named = [find for find in message.slots.finds if find.slot in LINE and not find.denied]
    lines = message.only(named).lines_said()
    if not taken or not named or len(lines) != 1 or any(find.end > many for find in named):
        return []
    if any(token.text in TO for token in message.tokens[count.start - 1 : count.start]):
        return []  # "punguza iwe moja"
    less = int(str(count.value))
    return [a.Remove(target=a.Target(line=lines[0].number), quantity=less)]
