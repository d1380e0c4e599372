"""Reads undo: "undo", "irudishe", "put it back as it was"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import HEADS
from dukani.agent.local_reader.edits.pieces import name_said, whole
from dukani.agent.local_reader.edits.putting_back import (
    ABOUT_RETURNS,
    GOING,
    GOING_BACK,
    last_for_former,
    left_and_wanted,
    putting_back,
)
from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.agent.local_reader.parsing.vocabulary import names_sold
from dukani.domain import acts as a


def undoing(clause: Message) -> list[a.Act]:
    """Undo, or an edit that restores a piece; with an empty cart "rudisha" asks about returns."""
    context = clause.context
    if back := left_and_wanted(clause):
        return back
    if _wants_replaced_back(clause):
        return [a.Undo()]
    if back := last_for_former(clause) or putting_back(clause):
        return back
    if not clause.has("undo") or clause.asks or _says_what_to_be(clause):
        return []
    started = bool(context.cart) or context.focus is not None or bool(context.options)
    if not started or clause.tagged(*ABOUT_RETURNS):
        return []
    named = [find for find in clause.slots.wanted("category") if find.slot in HEADS]
    in_cart = bool(named) and bool(clause.lines_said())
    if in_cart and clause.has("remove_item") and not clause.says("undo", "unendo"):
        return []  # "put the bag back": from the cart to the shelf
    return [a.Undo()]


def _says_what_to_be(clause: Message) -> bool:
    """Whether a value is told for it to have: "rudisha heels ziwe black kama mwanzo"."""
    valued = clause.slots.wanted("colour") or clause.slots.wanted("size")
    return bool(valued) and clause.says_any(SET_TO)


def _wants_replaced_back(clause: Message) -> bool:
    """Whether a piece that was replaced is wanted back: "go back to the hoodie I had"."""
    texts = [token.text for token in clause.tokens]
    told = clause.says_any(GOING) and ("back" in texts or clause.says_any(GOING_BACK))
    if not told or not clause.context.cart or clause.asks:
        return False
    name = name_said(clause, whole(clause))
    names = [line.name.lower() for line in clause.context.cart]
    sold = [one.lower() for one in names_sold(clause.context)]
    if name is None:
        return _kind_is_gone(clause)
    return not any(name in one for one in names) and any(name in one for one in sold)


def _kind_is_gone(clause: Message) -> bool:
    """Whether the kind wanted back is sold, but neither ordered nor shown: "back to the skirt"."""
    kinds = clause.slots.wanted("category")
    if len(kinds) != 1 or not definite(clause, kinds[0]):
        return False
    kind = kinds[0].value
    sold = any(piece.category == kind for piece in clause.context.sold.pieces)
    return sold and kind not in clause.shown and not clause.lines_said()
