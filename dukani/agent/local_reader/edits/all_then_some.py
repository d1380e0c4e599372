"""Reads what all units of a line are to be, and some of them besides: "zote L, moja red"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.edits.words import ALL, ANOTHER, BOTH, JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

HEADS = ("name", "category")
APART = ("colour", "size")


def all_then_some(clause: Message) -> list[a.Act]:
    """A Set of the line and a Split of it; nothing where other lines may be meant."""
    if not clause.says_any(ALL | BOTH) or clause.asks or clause.context.step in CHOOSING:
        return []
    if clause.tagged("~add", "~remove") or clause.says_any(ANOTHER):
        return []
    finds = [find for find in clause.slots.finds if not find.denied]
    heads = [find for find in finds if find.slot in HEADS]
    count = next((find for find in finds if find.slot == "quantity"), None)
    if count is None or not _begins_part(clause, count):
        return []
    of_all = [find for find in finds if find.slot in APART and find.end <= count.start]
    of_some = [find for find in finds if find.start > count.start]
    line = _line(clause, heads)
    if line is None or line.quantity <= int(str(count.value)) or not (of_all and of_some):
        return []
    if any(find.slot not in APART for find in of_some) or _twice(of_all) or _twice(of_some):
        return []
    told = target(clause, Group(tuple(heads), 0, count.start), HEADS, line=True)
    told = told.model_copy(update={"scope": "one", "pointed": None})
    every = {find.slot: find.value for find in of_all}
    some = every | {find.slot: find.value for find in (count, *of_some)}
    return [
        a.Set(target=told, values=a.Values(**every), change=True),
        a.Split(target=told, parts=(a.Values(**some),)),
    ]


def _begins_part(clause: Message, count: Find) -> bool:
    """Whether the count begins a part of its own: behind a comma, "and" or "but"."""
    before = clause.tokens[count.start - 1] if count.start else None
    return before is not None and (bool(before.pause) or before.text in JOINERS)


def _line(clause: Message, heads: Sequence[Find]) -> Line | None:
    """The one line that may be meant: the one named, or the only one."""
    lines = clause.only(heads).lines_said() if heads else clause.context.cart
    return lines[0] if len(lines) == 1 else None


def _twice(finds: Sequence[Find]) -> bool:
    """Whether a slot is said twice."""
    return len({find.slot for find in finds}) < len(finds)
