"""Reads a new colour or size of the line that the other names: "make the 4-5 white"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import IT, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING

POINTING = frozenset(("the", "ya", "za", "wa", "la", "cha", "vya", "ile", "hiyo", "zile", "hizo"))


def named_by_value(clause: Message) -> list[a.Act]:
    """A Set of the one line that has the value pointed at, where none has the other."""
    context = clause.context
    if len(context.cart) < 2 or clause.asks or clause.says_any(IT):
        return []
    if context.step in CHOOSING and not _asked_about_a_line(clause):
        return []
    if not (clause.says_any(SET_TO) or clause.tagged("~change")):
        return []
    slots = sorted(find.slot for find in clause.slots.finds)
    if slots not in (["colour", "size"], ["colour", "colour"], ["size", "size"]):
        return []
    old, new = sorted(clause.slots.finds, key=lambda find: not _lines_with(clause, find))
    if old.slot == new.slot or _lines_with(clause, new):
        old, new = sorted(clause.slots.finds, key=lambda find: find.start)
        if not _in_order(clause, old, new):
            return []
    if old.denied or new.denied or _lines_with(clause, old) != 1:
        return []
    before = clause.tokens[old.start - 1].text if old.start else ""
    if before not in POINTING:
        return []
    which, to_be = {old.slot: old.value}, {new.slot: new.value}
    return [a.Set(target=a.Target(**which), values=a.Values(**to_be), change=True)]


def _in_order(clause: Message, old: Find, new: Find) -> bool:
    """Whether a line's value has the new one right behind it: "make the black white"."""
    verb = clause.tokens[max(0, old.start - 2)]
    sets = verb.text in SET_TO or "~change" in verb.tags
    return sets and old.start > 1 and new.start == old.end


def _asked_about_a_line(clause: Message) -> bool:
    """Whether the piece last asked about is ordered, and nothing is to be chosen now."""
    focus, question = clause.context.focus, clause.context.question
    ordered = {line.product_id for line in clause.context.cart}
    return question is None and focus is not None and focus.product_id in ordered


def _lines_with(clause: Message, find: Find) -> int:
    """How many lines have this colour or size."""
    return sum(getattr(line, find.slot) == find.value for line in clause.context.cart)
