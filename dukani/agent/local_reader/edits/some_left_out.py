"""Reads that some lines are all that is wanted and others are left: "just the L and XL, leave XXL".

Of sizes and colours, which name pieces only beside what is ordered.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.local_reader.edits.leaving import LEAVE
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.others_stay import LEAVING
from dukani.agent.local_reader.edits.words import ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

VALUES = ("colour", "size")


def some_left_out(message: Message) -> list[a.Act]:
    """A Remove of each line left out; nothing unless all that is told is of ordered lines."""
    if len(message.context.cart) < 2 or message.asks or message.context.step in CHOOSING:
        return []
    if (
        message.tagged("~pay")
        or not message.says_any(ONLY)
        or commands_in(message) - {"remove", "keep"}
    ):
        return []
    parts = _parts(message)
    left = [part for part in parts if part.says_any(LEAVE | LEAVING) or part.tagged("~remove")]
    kept = [part for part in parts if part not in left]
    if len(left) != 1 or not kept or not any(part.says_any(ONLY) for part in kept):
        return []
    gone, stay = _told(left[0]), [line for part in kept for line in _told(part)]
    if not gone or not all(map(_told, kept)) or any(line in stay for line in gone):
        return []
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _parts(message: Message) -> list[Message]:
    """The message between its pauses, only what names something."""
    cuts = [at + 1 for at, token in enumerate(message.tokens) if token.pause]
    spans = itertools.pairwise(sorted({0, *cuts, len(message.tokens)}))
    parts = (message.clause(start, end) for start, end in spans)
    return [part for part in parts if part.slots.finds]


def _told(part: Message) -> list[Line]:
    """The lines of the values said, one of each; nothing where a word tells of another thing."""
    finds = [replace(find, denied=False) for find in part.slots.finds]
    slots = {find.slot for find in finds}
    if len(slots) != 1 or not slots <= set(VALUES):
        return []
    lines: list[Line] = []
    for find in finds:
        fitting = [x for x in part.context.cart if getattr(x, find.slot) == find.value]
        if len(fitting) != 1:
            return []
        lines += fitting
    return lines
