"""Reads swaps of all lines: "swap both for the tote", "… for the shuka, one red one blue".

"Badala ya masweta yote mawili nipe koti" makes room for one new piece.
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import HEADS, Group, groups
from dukani.agent.local_reader.edits.pieces import name_said, single, target, values
from dukani.agent.local_reader.edits.swap_parts import (
    CONNECTORS,
    is_line,
    mostly_called,
    part_between,
    swap_verb,
)
from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

CALLED = ("name", "category", "pattern")


def all_exchanged(clause: Message) -> list[a.Act]:
    """The swap of all lines for a piece named: "swap both for the tote"."""
    verb = swap_verb(clause)
    for at in range(verb + 1 if verb is not None else len(clause.tokens), len(clause.tokens)):
        if clause.tokens[at].text not in CONNECTORS or not _swaps_all(clause, verb or 0, at):
            continue
        wanted = part_between(clause, at, len(clause.tokens))
        called = (name_said(clause.only(wanted.finds), wanted) or "").split()
        ordered = any(mostly_called(line.name.lower(), called) for line in clause.context.cart)
        if wanted.heads and not (is_line(clause, wanted) and ordered):
            return _all_swapped(clause, wanted)
    return []


def _swaps_all(clause: Message, verb: int, connector: int) -> bool:
    """Whether "both" or "all" stands for several lines, with no piece named before "for"."""
    between = clause.tokens[verb + 1 : connector]
    named = any(find.start < connector and not find.denied for find in clause.slots.finds)
    told = any(token.text in ALL | BOTH for token in between)
    return told and not named and len(clause.context.cart) > 1


def _all_swapped(clause: Message, wanted: Group) -> list[a.Act]:
    """The new piece in place of all lines.

    Told in parts ("one red one blue") it is added in each; else each line of one piece becomes it,
    in its own count, and lines of different pieces make room for one.
    """
    lines = clause.context.cart
    piece = target(clause.only(wanted.heads), wanted, CALLED)
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


def replaces_all(clause: Message, gone: Group) -> bool:
    """Whether several lines are replaced: "badala ya masweta yote mawili"."""
    near = clause.tokens[gone.start : max(f.end for f in gone.finds) + 1] if gone.finds else ()
    told = any(token.text in ALL | BOTH for token in near)
    return told and len(clause.only(gone.finds).lines_said()) > 1


def all_for_one(clause: Message, gone: Group, wanted: Group) -> list[a.Act]:
    """A Remove of each line of that kind, and an Add of the new piece."""
    lines = clause.only(gone.finds).lines_said()
    piece = single(target(clause.only(wanted.finds), wanted, HEADS))
    removed = [a.Remove(target=a.Target(line=line.number)) for line in lines]
    return [*removed, a.Add(target=piece, values=values(wanted))]
