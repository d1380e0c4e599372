"""Reads lines that are cancelled, where the order stays: "cancel the 35", "futa zile nyeupe"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.stretches import HEADS
from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.steps import CHOOSING

VALUES = ("colour", "size")


def cancels_lines(clause: Message) -> bool:
    """Whether what is cancelled names lines of the cart, by the piece or by a value they have."""
    told = [find for find in clause.slots.finds if find.slot in (*HEADS, *VALUES)]
    if not clause.tagged("~cancel", "~erase") or not told or clause.says_any(SET_TO):
        return False
    if commands_in(clause) - {"remove"} or any(find.denied for find in told):
        return False
    headed = any(find.slot in HEADS for find in told)
    if not headed and clause.context.step in CHOOSING and clause.context.focus is not None:
        return False  # "cancel 35" takes back a size of the piece looked at
    said = {find.slot: find.value for find in told if find.slot in VALUES}
    lines = [
        line
        for line in clause.lines_said()
        if all(getattr(line, slot) == value for slot, value in said.items())
    ]
    whole = clause.tagged("@order") and len(lines) == len(clause.context.cart)
    return bool(lines) and not whole
