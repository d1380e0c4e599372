"""Tells what a stretch of a message names, and where its words begin.

In "toa shati na kofia iwe nyeusi" the words behind "toa" name a piece up to "na", the joint before
"iwe", where its clause begins.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.edits.words import ALL, JOINERS
from dukani.agent.local_reader.parsing.message import Message

HEADS = ("option", "name", "category")
POINTING = ALL | word_set("edits", "with_object")  # "itoe" takes it out


def names_something(message: Message, start: int, end: int | None) -> bool:
    """Whether this stretch names a piece or a value, or points at one."""
    return has_find(message, start, end) or has_demonstrative(message, start, end)


def has_find(message: Message, start: int, end: int | None) -> bool:
    """Whether a piece or a value is named in this stretch; without `end`, to the end."""
    stop = len(message.tokens) if end is None else end
    return any(start <= find.start < stop for find in message.slots.finds)


def has_head(message: Message, start: int, end: int | None) -> bool:
    """Whether a piece is named in this stretch: the "shati" of "toa shati nyeupe"."""
    stop = len(message.tokens) if end is None else end
    return any(f.slot in HEADS and start <= f.start < stop for f in message.slots.finds)


def has_demonstrative(message: Message, start: int, end: int | None) -> bool:
    """Whether this stretch points at a piece: "hiyo", "all"."""
    return any(
        not token.tags.isdisjoint(("@this", "@all")) or token.text in POINTING
        for token in message.tokens[start:end]
    )


def joint_before(message: Message, start: int, at: int) -> int | None:
    """The place where the command's clause begins: its last comma or joining word."""
    for here in range(at, start, -1):
        if message.tokens[here].text in JOINERS and here != at:
            return here
        if message.tokens[here - 1].pause:
            return here
    return piece_before(message, start, at)


def piece_before(message: Message, start: int, at: int) -> int | None:
    """The piece right before a verb that comes last: "black punguza moja white ongeza moja"."""
    finds = [find for find in message.slots.finds if start <= find.start and find.end <= at]
    if len(finds) > 3 and finds[-1].slot == "quantity":
        finds = finds[:-1]  # "L moja ipunguke XL moja iongezeke"
    elif not finds or finds[-1].end != at:
        return None
    if len(finds) < 3:
        return None
    ordered = [find.slot == "quantity" for find in finds[-3:]] == [False, True, False]
    alike = finds[-3].slot == finds[-1].slot  # "make purple 3 orange stays 1"
    first = start if alike else finds[-3].end
    verb = any(op_at(message, here) for here in range(first, finds[-1].start))
    return finds[-1].start if ordered and verb else None
