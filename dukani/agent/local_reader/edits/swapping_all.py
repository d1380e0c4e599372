"""Reads swaps of all lines: "swap both for the tote", "… for the shuka, one red one blue"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import target, values
from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

HEADS = ("name", "category", "pattern")


def swaps_all(clause: Message, verb: int, connector: int) -> bool:
    """Whether "both" or "all" stands for several lines, with no piece named before "for"."""
    between = clause.tokens[verb + 1 : connector]
    named = any(find.start < connector and not find.denied for find in clause.slots.finds)
    told = any(token.text in ALL | BOTH for token in between)
    return told and not named and len(clause.context.cart) > 1


def all_swapped(clause: Message, wanted: Group) -> list[a.Act]:
    """The new piece in place of all lines.

    Told in parts ("one red one blue") it is added in each; else each line of one piece becomes it,
    in its own count, and lines of different pieces make room for one.
    """
    lines = clause.context.cart
    piece = target(clause.only(wanted.heads), wanted, HEADS)
    piece = piece.model_copy(update={"scope": "one", "pointed": None})
    gone: list[a.Act] = [a.Remove(target=a.Target(line=line.number)) for line in lines]
    parts = [part for part in groups(clause.only(wanted.finds)) if part.slots & {"colour", "size"}]
    if len(parts) > 1:
        return [*gone, *(a.Add(target=piece, values=values(part)) for part in parts)]
    if len({line.product_id for line in lines}) > 1:
        return [*gone, a.Add(target=piece, values=values(wanted))]
    return [
        a.Substitute(target=a.Target(line=line.number), piece=piece, values=values(wanted))
        for line in lines
    ]
