"""Gives a piece the size of the one before it: "skirt navy 12 na blazer size hiyo hiyo"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.edits.as_before import SAME_SLOTS, says_same
from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.parsing.message import Message


def with_same_size(clause: Message, parts: Sequence[Group]) -> list[Group]:
    """The groups, each that says "same size" with the size of the group before it."""
    if len(parts) < 2 or not says_same(clause):
        return list(parts)
    sized = list(parts[:1])
    for before, part in itertools.pairwise(parts):
        size = sized[-1].first("size")
        own = {"size", "age"} & part.slots
        if size is not None and not own and _says_same_size(clause, before, part):
            part = replace(part, finds=(*part.finds, size))
        sized.append(part)
    return sized


def _says_same_size(clause: Message, before: Group, part: Group) -> bool:
    """Whether "same size", or "the same in white", is said behind the piece before."""
    start = max(find.end for find in before.finds if find.start < before.end)
    tokens = clause.tokens[min(start, part.start) : part.end]
    said = replace(clause, tokens=tokens)
    in_colour = "colour" in part.slots and not said.says_any(SAME_SLOTS["colour"])
    return says_same(said) and (in_colour or said.says_any(SAME_SLOTS["size"]))
