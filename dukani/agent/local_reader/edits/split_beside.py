"""Reads units told apart beside another line's change: "gown size 10, tees: 1 white L, 1 red M"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.edits.besides import goes_on, says_another
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import name_said, values
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

HEADS = ("name", "category")
APART = ("colour", "size", "quantity")


def split_beside(clause: Message) -> list[a.Act]:
    """A Split of the line whose units the parts are, and a Set of each line named once."""
    if len(clause.context.cart) < 2 or clause.asks or clause.tagged("~remove"):
        return []
    if clause.slots.wanted("age") or says_another(clause) or goes_on(clause):
        return []
    parts = _in_colour_before(groups(clause))
    bare = not any(part.heads for part in parts)
    if len(parts) < 3 or not (bare or all(part.heads for part in parts)):
        return []
    by_line: dict[Line, list[Group]] = {}
    for part in parts:
        lines = _lines_of(clause, part)
        if len(lines) != 1:
            return []
        by_line.setdefault(lines[0], []).append(part)
    told = [_told(line, of_it) for line, of_it in by_line.items()]
    acts = [act for act in told if act is not None]
    split = any(isinstance(act, a.Split) for act in acts)
    return acts if split and len(acts) == len(told) > 1 else []


def _in_colour_before(parts: Sequence[Group]) -> list[Group]:
    """The parts of no kind, each in the colour before where it tells none: "lilac S na moja L"."""
    told: list[Group] = []
    for part in parts:
        colour = told[-1].first("colour") if told and not part.heads else None
        lent = () if colour is None or "colour" in part.slots else (colour,)
        told.append(replace(part, finds=(*lent, *part.finds)))
    return told


def _lines_of(clause: Message, part: Group) -> list[Line]:
    """The lines of the part's kind, and called as it is said: a mtandio is no kilemba."""
    if not part.heads:  # "black moja S, lilac moja S na moja L" of one piece in two colours
        colour = part.first("colour")
        alike = len({line.product_id for line in clause.context.cart}) == 1
        lines = [x for x in clause.context.cart if colour and x.colour == colour.value]
        return lines if alike else []
    lines = clause.only(find for find in part.finds if find.slot in HEADS).lines_said()
    name = name_said(clause, part) or ""
    return [x for x in lines if all(word in x.name.lower() for word in name.split())]


def _told(line: Line, parts: Sequence[Group]) -> a.Act | None:
    """What is told of one line; None where the parts are not its units."""
    which = a.Target(line=line.number)
    if len(parts) == 1:
        to_be = values(parts[0], APART)
        return None if to_be.says_nothing else a.Set(target=which, values=to_be, change=True)
    counted = [part.first("quantity") for part in parts]
    counts = [int(str(find.value)) for find in counted if find is not None]
    if counts == [len(parts)] and counted[0] is not None:  # a total: "clutch 2, silver na gold"
        each = [values(part, ("colour", "size")) for part in parts]
        told = tuple(one.model_copy(update={"quantity": 1}) for one in each)
        return a.Split(target=which, parts=told)
    if len(counts) < len(parts) or sum(counts) != line.quantity:
        return None
    return a.Split(target=which, parts=tuple(values(part, APART) for part in parts))
