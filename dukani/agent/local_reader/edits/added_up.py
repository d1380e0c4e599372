"""Reads another colour added up to a total: "ongeza teal pia ziwe tatu", with two orange ones."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

HEADS = ("name", "category")
VALUES = ("colour", "size")
TOTAL = frozenset(("are", "theyre", "total", "jumla", "altogether"))


def added_up(clause: Message) -> list[a.Act]:
    """An Add of as many as make up the total, in a colour or size that no line is in."""
    if not clause.tagged("~add") or clause.asks or clause.context.step in CHOOSING:
        return []
    finds = [find for find in clause.slots.finds if not find.denied]
    heads = [find for find in finds if find.slot in HEADS]
    told = [find for find in finds if find.slot in VALUES]
    total = _total(clause, finds)
    if total is None or len({find.slot for find in told}) < len(told):
        return []
    lines = clause.only(heads).lines_said() if heads else _last_piece(clause)
    pieces = {line.product_id for line in lines}
    there = [line for line in lines if all(getattr(line, f.slot) == f.value for f in told)]
    if len(there) == 1 and len([f for f in finds if f.slot == "quantity"]) > 1:
        come_to = a.Values(quantity=total)  # "pink ongeza mbili ziwe tatu"
        return [a.Set(target=a.Target(line=there[0].number), values=come_to, change=True)]
    missing = total - sum(line.quantity for line in lines)
    if len(pieces) != 1 or there or missing < 1 or not told:
        return []
    so_many = {find.slot: find.value for find in (*heads, *told)}
    named = {slot: so_many.pop(slot) for slot in HEADS if slot in so_many}
    values = a.Values(**so_many, quantity=missing)
    return [a.Add(target=a.Target(**named), values=values, another=True)]


def _total(clause: Message, finds: list[Find]) -> int | None:
    """The count they are to come to, said last: "… ziwe tatu", "… to make it 3"."""
    counts = [find for find in finds if find.slot == "quantity"]
    last = counts[-1] if counts else None
    if last is None or any(find.start > last.start for find in finds):
        return None
    before = clause.tokens[max(0, last.start - 2) : last.start]
    reached = any(token.text in SET_TO | SET_TO_BEFORE | TOTAL for token in before)
    return int(str(last.value)) if reached else None


def _last_piece(clause: Message) -> list[Line]:
    """The lines of the piece ordered last."""
    cart = clause.context.cart
    last = next((line for line in cart if line.number == clause.context.last_line), None)
    return [line for line in cart if last is not None and line.product_id == last.product_id]
