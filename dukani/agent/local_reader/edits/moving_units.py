"""Reads units moved from one line to another: "take 1 off the black and put it on the white"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

NAMING = ("colour", "size")
TAKING = ("~remove", "~reduce")
PUTTING = ("~put", "~add")
TAKEN = frozenset(("take", "move", "hamisha", "hamishia"))


def moving_units(message: Message) -> list[a.Act]:
    """One line's count less and another's more; nothing where a line is not told by one value."""
    finds = [find for find in message.slots.finds if not find.denied]
    counts = [find for find in finds if find.slot == "quantity"]
    named = [find for find in finds if find.slot in NAMING]
    if len(counts) != 1 or len(named) != 2 or len(finds) != 3 or message.asks:
        return []
    source, goal = named
    if source.slot != goal.slot or counts[0].start > goal.start or not _moves(message, named):
        return []
    lines = [_line(message, find) for find in named]
    count = int(str(counts[0].value))
    if None in lines or source.value == goal.value:
        return []
    return [
        a.ChangeQuantity(target=a.Target(**{source.slot: source.value}), by=-count),
        a.ChangeQuantity(target=a.Target(**{goal.slot: goal.value}), by=count),
    ]


def _moves(message: Message, named: list[Find]) -> bool:
    """Whether a verb takes from the first, and one behind it puts "it" on the second."""
    source, goal = named
    first = message.tokens[: goal.start]
    taken = any(not token.tags.isdisjoint(TAKING) or token.text in TAKEN for token in first)
    puts = [
        at
        for at in range(source.end, goal.start)
        if not message.tokens[at].tags.isdisjoint(PUTTING)
    ]
    if not taken or not puts:
        return False
    between = {token.text for token in message.tokens[puts[-1] + 1 : goal.start]}
    return bool(between & {"on", "to", "kwa", "kwenye"})


def _line(message: Message, find: Find) -> int | None:
    lines = [x.number for x in message.context.cart if getattr(x, find.slot) == find.value]
    return lines[0] if len(lines) == 1 else None
