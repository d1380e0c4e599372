"""Reads the swap for the other of two shown: "badilisha nipe hiyo bag ingine, pia ya blue".

Two bags were shown, and one was taken; nothing else can be "the other bag".
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.pieces import values, whole
from dukani.agent.local_reader.edits.words import INSTEAD, OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Option

CHANGING = ("~change", "~return")
TOLD = ("category", "colour", "size")


def other_shown(clause: Message) -> list[a.Act]:
    """The Substitute of the line that is of one of the two, by the other; else nothing."""
    changes = clause.tagged(*CHANGING) or clause.says_any(INSTEAD)
    if not changes or clause.asks or clause.tagged("~add") or not _points_at_other(clause):
        return []
    finds = clause.slots.finds
    if any(find.slot not in TOLD or find.denied for find in finds):
        return []
    shown = _shown(clause)
    lines = [x for x in clause.context.cart if x.product_id in {o.product_id for o in shown}]
    if len(shown) != 2 or len(lines) != 1:
        return []
    [other] = [option for option in shown if option.product_id != lines[0].product_id]
    told = values(whole(clause), ("colour", "size"))
    if told.colour and told.colour not in other.colours:
        return []
    piece = a.Target(option=other.number)
    return [a.Substitute(target=a.Target(line=lines[0].number), piece=piece, values=told)]


def _shown(clause: Message) -> list[Option]:
    """The pieces shown; where a kind is named, those of it."""
    kinds = {find.value for find in clause.slots.finds if find.slot == "category"}
    options = {option.product_id: option for option in clause.context.options}
    return [o for o in options.values() if not kinds or kinds == {o.category}]


def _points_at_other(clause: Message) -> bool:
    """Whether "the other", "hiyo ingine" is said, or so of a kind: "hiyo bag ingine"."""
    kinds = {find.end for find in clause.slots.finds if find.slot == "category"}
    for at, token in enumerate(clause.tokens):
        if token.text not in OTHER or not at:
            continue
        before = at - 2 if at in kinds else at - 1
        if before >= 0:
            pointing = clause.tokens[before]
            if pointing.text in ("the", "that") or "@this" in pointing.tags:
                return True
    return False
