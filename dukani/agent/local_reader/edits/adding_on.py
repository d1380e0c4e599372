"""Tells where something is added behind a change: "just one, and add a grey M"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import ONLY, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.steps import CHOOSING


def adds_another(message: Message, start: int, joint: int | None, at: int) -> bool:
    """Whether a colour or size is added to a count that is set: "just one, and add a grey M"."""
    finds = message.slots.finds
    added = any(find.slot in ("colour", "size") and find.start > at for find in finds)
    if joint is None or not added:
        return False
    before = {find.slot for find in finds if start <= find.start < joint}
    return before == {"quantity"} and message.clause(start, joint).says_any(SET_TO | ONLY)


def adds_so_many(message: Message, start: int, at: int) -> bool:
    """Whether so many of the line just changed are added: "make it black and add 2"."""
    context = message.context
    finds = [find for find in message.slots.finds if find.start >= start and not find.denied]
    set_to = {find.slot for find in finds if find.end <= at}
    added = {find.slot for find in finds if find.start > at}
    told = bool(set_to & {"colour", "size"}) and "quantity" not in set_to
    return bool(context.cart) and context.step not in CHOOSING and told and added == {"quantity"}
