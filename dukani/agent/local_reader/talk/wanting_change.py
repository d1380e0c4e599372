"""Tells a change that is wanted without its value: "nibadilishie size ya hiyo set"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.changing_some import changes_some
from dukani.agent.local_reader.parsing.message import Message

ATTRIBUTES = frozenset(("size", "saizi", "colour", "color", "rangi", "sz"))


def wants_a_change(clause: Message) -> bool:
    """Whether a line is to change, and what it is to be must be asked."""
    values = any(clause.slots.wanted(slot) for slot in ("colour", "size", "quantity"))
    mine = clause.tagged("~change") and clause.says_any(ATTRIBUTES) and not values
    return (mine or changes_some(clause)) and bool(clause.context.cart) and not clause.asks
