"""Reads "I'll pay for the dress and the belt" as checkout where they are the whole order."""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import groups
from dukani.agent.local_reader.edits.words import ANOTHER, JOINERS, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import PAYING

TOLD = frozenset(("name", "category", "colour", "size", "quantity", "pattern"))
OTHERWISE = (
    "~remove", "~change", "~add", "~reduce", "~cancel", "~put", "~show", "~return", "~!pay",
    "~pay+",
)  # fmt: skip


def paying_for_all(clause: Message) -> list[a.Act]:
    """Checkout or PayAgain, where the pieces named are exactly the order's."""
    cart, start = clause.context.cart, _pay_word_at(clause)
    if start is None or not cart or clause.asks or clause.tagged(*OTHERWISE):
        return []
    finds = clause.slots.finds
    if any(find.denied or find.slot not in TOLD or find.start < start for find in finds):
        return []
    if clause.says_any(SET_TO | (ANOTHER - JOINERS)):
        return []
    named: set[int] = set()
    for part in groups(clause):
        count = part.first("quantity")
        lines = clause.only(find for find in part.finds if find is not count).lines_said()
        if not part.heads or not lines:
            return []
        if count is not None and count.value != sum(line.quantity for line in lines):
            return []
        named |= {line.number for line in lines}
    if named != {line.number for line in cart}:
        return []
    return [a.PayAgain() if clause.context.step in PAYING else a.Checkout()]


def _pay_word_at(clause: Message) -> int | None:
    """The place of "pay", or of "send" while a prompt is out."""
    tags = {"~pay", "~send"} if clause.context.step in PAYING else {"~pay"}
    places = (at for at, token in enumerate(clause.tokens) if not token.tags.isdisjoint(tags))
    return next(places, None)
