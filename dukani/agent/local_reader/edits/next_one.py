"""Reads what one more of the only line is to be: of two in the cart, "ya tatu iwe green L"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a


def next_one(clause: Message) -> list[a.Act]:
    """An Add of one more of the only line's piece, in the values said; else nothing.

    Its ordinal must be the one behind the line's quantity, and no number of a piece shown.
    """
    context, slots = clause.context, clause.slots
    finds = [find for find in slots.finds if not find.denied]
    ranks = [find for find in finds if find.slot == "option"]
    if len(context.cart) != 1 or len(ranks) != 1 or clause.asks:
        return []
    (line,), (rank,) = context.cart, ranks
    if rank.value != line.quantity + 1 or any(o.number == rank.value for o in context.options):
        return []
    counts = [find for find in finds if find.slot == "quantity"]
    so_many = (line.quantity, rank.value)  # before, or with this one: "two, the second in grey"
    kept = all(find.value in so_many and find.start < rank.start for find in counts)
    to_be = {find.slot: find.value for find in finds if find.slot in ("colour", "size")}
    behind = all(find.start > rank.start for find in finds if find.slot in to_be)
    said = clause.says_any(SET_TO) or "in" in {token.text for token in clause.tokens}
    if not kept or not to_be or not behind or not said or clause.tagged("~remove"):
        return []
    if len(to_be) + len(counts) + 1 != len(finds):
        return []
    values = a.Values(quantity=1, **to_be)
    return [a.Add(target=a.Target(name=line.name), values=values, another=True)]
