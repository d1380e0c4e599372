"""Reads counts of what is ordered beside a new colour or size: "nyekundu mbili na njano moja"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import values
from dukani.agent.local_reader.edits.words import SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

COUNTED = ({"colour", "quantity"}, {"size", "quantity"})


def counted_beside_new(clause: Message, parts: Sequence[Group]) -> list[a.Act]:
    """The counts of ordered colours or sizes beside new ones: "nyekundu mbili tu na njano moja"."""
    if len(parts) < 2 or not all(part.slots in COUNTED for part in parts):
        return []
    if _becomes_another(clause, parts):
        return []
    there = [_of_a_line(clause, part) for part in parts]
    pieces = {line.product_id for line in clause.context.cart}
    if not any(there) or len(pieces) > 1:
        return []
    return [
        _recounted(part) if ordered else a.Add(values=values(part), another=True)
        for part, ordered in zip(parts, there, strict=True)
    ]


def _becomes_another(clause: Message, parts: Sequence[Group]) -> bool:
    """Whether a colour or size is set, and no count: "red mbili ziwe yellow"."""
    finds = sorted((f for part in parts for f in part.finds), key=lambda find: find.start)
    for before, after in itertools.pairwise(finds):
        between = clause.tokens[before.end : after.start]
        said = any(t.text in SET_TO | SET_TO_BEFORE or "~change" in t.tags for t in between)
        if said and after.slot != "quantity":
            return True
    return False


def _of_a_line(clause: Message, part: Group) -> bool:
    """Whether a line has the colour or size that the part counts."""
    said = [find for find in part.finds if find.slot != "quantity"]
    return any(all(getattr(x, f.slot) == f.value for f in said) for x in clause.context.cart)


def _recounted(part: Group) -> a.Set:
    """The new count of the line that the colour or size names."""
    which = values(part, ("colour", "size")).model_dump(exclude_none=True)
    return a.Set(target=a.Target(**which), values=values(part, ("quantity",)), change=True)
