"""Reads a piece that comes back otherwise than it left: "rudisha sketi, lakini iwe beige".

"Put the peach one back but as a black one" puts in a black one, of the size that left. So too a
piece that she says was taken out: "umetoa jezi? rudisha" undoes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dukani.agent.local_reader.edits.putting_back import ABOUT_RETURNS, BACK, MONEY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import LeftOut
from dukani.domain.steps import PAYING

VALUES = ("colour", "size")
TAKEN_OUT = re.compile(r"(?:u|m)(?:me|li|liyo|lio|liz[oi]|livyo)toa$|removed$")


def back_otherwise(message: Message) -> list[a.Act]:
    """An Add of what left the order with the values it is to have now; else nothing."""
    context = message.context
    taken_out = any(TAKEN_OUT.match(token.text) for token in message.tokens)
    if not context.left_out or context.step in PAYING or (message.asks and not taken_out):
        return []
    if not _comes_back(message) or message.tagged(*ABOUT_RETURNS) or message.says_any(MONEY):
        return []
    if message.says("badala", "instead", "undo") or any(f.denied for f in message.slots.finds):
        return []
    went = _what_left(message)
    if went is None:
        return []
    told = {find.slot: find.value for find in message.slots.finds if find.slot in VALUES}
    new = {slot: value for slot, value in told.items() if getattr(went, slot) != value}
    if not new and taken_out:
        named = a.Target(name=went.name.lower(), colour=went.colour, size=went.size)
        return [a.Add(target=named, back=True)]
    if not new or not _is_sold(message, went, new):
        return []
    values = a.Values(**({"colour": went.colour, "size": went.size} | new), quantity=went.quantity)
    return [a.Add(target=a.Target(name=went.name.lower()), values=values, another=True)]


def _comes_back(message: Message) -> bool:
    verb = message.says_any(BACK) or any("rudish" in token.text for token in message.tokens)
    return verb or (message.says("back") and message.says("put", "bring", "add", "give"))


def _what_left(message: Message) -> LeftOut | None:
    """The one piece that left and is called, by its kind or name, else by the colour said first."""
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    colours = [find for find in message.slots.finds if find.slot == "colour"]
    calling = heads or colours[:1]
    if not calling:
        return None
    called = [one for one in message.context.left_out if message.only(calling).fits(one)]
    return called[0] if len({one.variant_id for one in called}) == 1 else None


def _is_sold(message: Message, went: LeftOut, new: Mapping[str, object]) -> bool:
    pieces = [p for p in message.context.sold.pieces if p.product_id == went.product_id]
    return any(
        new.get("colour", piece.colours[0] if piece.colours else None) in piece.colours
        and new.get("size", went.size) in piece.sizes
        for piece in pieces
    )
