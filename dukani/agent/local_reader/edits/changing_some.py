"""Tells where some units are to change and it is not said how: "badilisha moja"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import ONLY, SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.message import Message

COUNTS = ("quantity", "qty", "idadi")


def changes_some(clause: Message) -> bool:
    """Whether nothing but fewer units than a line has are said to change."""
    finds = clause.slots.finds
    if not clause.tagged("~change") or {find.slot for find in finds} != {"quantity"}:
        return False
    if clause.says_any(SET_TO | SET_TO_BEFORE | ONLY) or clause.says(*COUNTS):
        return False
    held = max((line.quantity for line in clause.context.cart), default=0)
    return int(str(finds[-1].value)) < held
