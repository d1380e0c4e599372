"""Reads a count corrected beside the one it had: "orange sio mbili, tatu", "not 2 black, 3"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

NAMING = ("colour", "size", "name", "category")


def recounting(clause: Message) -> list[a.Act]:
    """A Set of the one line that the other words name, though a "not" may stand before them."""
    counts = [find for find in clause.slots.finds if find.slot == "quantity"]
    which = [find for find in clause.slots.finds if find not in counts]
    denied = [find for find in counts if find.denied]
    slots = [find.slot for find in which]
    if len(counts) != 2 or len(denied) != 1 or not which or clause.asks:
        return []
    if len(set(slots)) != len(slots) or not set(slots) <= set(NAMING):
        return []
    named = tuple(replace(find, denied=False) for find in which)
    lines = clause.only(named).lines_said()
    if len(lines) != 1 or any(f.slot == "size" and f.value != lines[0].size for f in which):
        return []
    told = target(clause, Group(named, named[0].start, named[-1].end), line=True)
    so_many = next(find.value for find in counts if not find.denied)
    return [a.Set(target=told, values=a.Values(quantity=int(str(so_many))), change=True)]
