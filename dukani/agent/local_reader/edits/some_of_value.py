"""Reads units of the line that a value names: "2 of the L should be navy", "1 of the 56 in red".

A colour told before of the same units is no further one: "his in cream, so one of the 56 cream".
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING

OF = frozenset(("of", "ya", "za", "la", "cha", "vya", "kati"))
POINTING = frozenset(("the", "those", "hizo", "zile", "hiyo", "ile"))
APART = ("colour", "size")
IN = frozenset(("in", "kwa", "rangi", "colour", "color"))


def some_of_value(clause: Message) -> list[a.Act]:
    """A Split of the one line in that colour or size; nothing where all of it is meant."""
    finds = _said_once([find for find in clause.slots.finds if not find.denied])
    if [find.slot for find in finds] not in (
        ["quantity", "size", "colour"],
        ["quantity", "colour", "size"],
    ):
        return []
    count, old, new = finds
    between = {token.text for token in clause.tokens[count.end : old.start]}
    to_be = [token.text for token in clause.tokens[old.end : new.start]]
    set_to = any(text in SET_TO for text in to_be)
    if not set_to and clause.context.step not in CHOOSING:
        set_to = set(to_be) <= IN and bool(between & POINTING) and old.slot == "size"
    lines = [line for line in clause.context.cart if getattr(line, old.slot) == old.value]
    if not between & OF or not between <= OF | POINTING or not set_to or len(lines) != 1:
        return []
    so_many = int(str(count.value))
    if so_many >= lines[0].quantity or getattr(lines[0], new.slot) == new.value:
        return []
    which = a.Target(**{old.slot: old.value})
    part = a.Values(**{new.slot: new.value, "quantity": so_many})
    return [a.Split(target=which, parts=(part,))]


def _said_once(finds: list[Find]) -> list[Find]:
    """The finds without a value before the count that is told again behind it."""
    count = next((find for find in finds if find.slot == "quantity"), None)
    later = {(f.slot, f.value) for f in finds if count is not None and f.start > count.start}
    return [
        find
        for find in finds
        if count is None or find.start >= count.start or (find.slot, find.value) not in later
    ]
