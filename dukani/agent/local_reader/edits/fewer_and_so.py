"""Reads how many of a line are left and what those are to be: "reduce it to one, make it pink".

"Make one skirt pink" leaves the others as they are; here the others go.
"""

from __future__ import annotations

import itertools

from dukani.agent.local_reader.edits.words import KEEP, ONLY, SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

HEADS = ("name", "category")
VALUES = ("colour", "size")
LOWERS = {("bring", "down"), ("come", "down"), ("go", "down"), ("down", "to"), ("cut", "to")}
TO = SET_TO | SET_TO_BEFORE | KEEP


def fewer_and_so(message: Message) -> list[a.Act]:
    """A Set of the line's count and value; nothing where the count is of those that go."""
    if message.asks or not message.context.cart or message.tagged("~add", "~remove", "@person"):
        return []
    if not (message.tagged("~reduce") or _lowers(message)):
        return []
    finds = message.slots.finds
    counts = [find for find in finds if find.slot == "quantity"]
    if len(counts) != 1 or any(find.denied for find in finds) or not _is_left(message, counts[0]):
        return []
    heads = [find for find in finds if find.slot in HEADS]
    values = {find.slot: find.value for find in finds if find.slot in VALUES}
    later = all(find.start > counts[0].start for find in finds if find.slot in VALUES)
    line, count = _line(message, heads), int(str(counts[0].value))
    if line is None or not values or not later or len(heads) + len(values) + 1 != len(finds):
        return []
    if not 0 < count < line.quantity or all(getattr(line, s) == v for s, v in values.items()):
        return []
    to_be = a.Values(quantity=count, **values)
    told = a.Target(line=line.number) if heads or len(message.context.cart) > 1 else a.Target()
    return [a.Set(target=told, values=to_be, change=True)]


def _lowers(message: Message) -> bool:
    return any((one.text, two.text) in LOWERS for one, two in itertools.pairwise(message.tokens))


def _is_left(message: Message, count: Find) -> bool:
    """Whether so many are to be left: "to one", "iwe moja"; not "reduce by one"."""
    before = [t.text for t in message.tokens[: count.start] if t.text not in ONLY][-1:]
    return bool(before) and before[0] in TO


def _line(message: Message, heads: list[Find]) -> Line | None:
    """The one line named; else the one spoken of last, or the only one."""
    cart = message.context.cart
    if heads:
        lines = message.only(heads).lines_said()
    else:
        last = [line for line in cart if line.number == message.context.last_line]
        lines = last or [*cart]
    return lines[0] if len(lines) == 1 else None
