"""Reads a line counted anew whose further unit differs: "hoodie ziwe mbili, ingine iwe black L"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import OTHER, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

HEADS = ("name", "category", "pattern")
VALUES = ("colour", "size")


def other_of_them(clause: Message) -> list[a.Act]:
    """An Add of the line's piece in the other values, or a Split where the line has so many.

    A value that is not said is that of the line: "make it two, the other one in maroon".
    """
    places = [at for at, token in enumerate(clause.tokens) if token.text in OTHER]
    if not places or not clause.context.cart or clause.asks or clause.tagged("~remove"):
        return []
    at = places[-1]
    count = _count_set(clause, at)
    line = _line_counted(clause, at) if count else None
    behind = [find for find in clause.slots.finds if find.start > at and not find.denied]
    told = {find.slot: find.value for find in behind if find.slot in VALUES}
    more = next((int(str(find.value)) for find in behind if find.slot == "quantity"), 1)
    if count is None or line is None or not told or len(told) + (more > 1) != len(behind):
        return []
    to_be: dict[str, object] = {slot: told.get(slot, getattr(line, slot)) for slot in VALUES}
    values = a.Values(**to_be, quantity=more)
    if line.quantity == count:
        return [a.Split(target=a.Target(line=line.number), parts=(values,))]
    if line.quantity + more != count:
        return []
    return [a.Add(target=a.Target(name=line.name), values=values, another=True)]


def _count_set(clause: Message, end: int) -> int | None:
    """The count of two or more that the line is set to before this place."""
    before = [find for find in clause.slots.finds if find.start < end and not find.denied]
    counts = [find for find in before if find.slot == "quantity"]
    if len(counts) != 1 or any(find.slot not in (*HEADS, "quantity") for find in before):
        return None
    set_to = any(token.text in SET_TO for token in clause.tokens[: counts[0].start])
    count = int(str(counts[0].value))
    return count if set_to and count > 1 else None


def _line_counted(clause: Message, end: int) -> Line | None:
    """The one line named before this place; without a name the only one, or the last spoken of."""
    heads: list[Find] = [
        find for find in clause.slots.finds if find.slot in HEADS and find.start < end
    ]
    cart = clause.context.cart
    lines = clause.only(heads).lines_said() if heads else list(cart)
    if not heads and len(cart) > 1:
        lines = [line for line in cart if line.number == clause.context.last_line]
    return lines[0] if len(lines) == 1 else None
