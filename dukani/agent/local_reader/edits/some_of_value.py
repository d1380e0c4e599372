"""Reads units of the line that a value names: "2 of the L should be navy"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

OF = frozenset(("of", "ya", "za", "la", "cha", "vya", "kati"))
POINTING = frozenset(("the", "those", "hizo", "zile", "hiyo", "ile"))
APART = ("colour", "size")


def some_of_value(clause: Message) -> list[a.Act]:
    """A Split of the one line in that colour or size; nothing where all of it is meant."""
    finds = [find for find in clause.slots.finds if not find.denied]
    if [find.slot for find in finds] not in (
        ["quantity", "size", "colour"],
        ["quantity", "colour", "size"],
    ):
        return []
    count, old, new = finds
    between = {token.text for token in clause.tokens[count.end : old.start]}
    set_to = any(token.text in SET_TO for token in clause.tokens[old.end : new.start])
    lines = [line for line in clause.context.cart if getattr(line, old.slot) == old.value]
    if not between & OF or not between <= OF | POINTING or not set_to or len(lines) != 1:
        return []
    so_many = int(str(count.value))
    if so_many >= lines[0].quantity or getattr(lines[0], new.slot) == new.value:
        return []
    which = a.Target(**{old.slot: old.value})
    part = a.Values(**{new.slot: new.value, "quantity": so_many})
    return [a.Split(target=which, parts=(part,))]
