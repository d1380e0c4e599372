"""Takes out a line refused for more of another: "no grey, let me just do 3 black L".

The black ones are in the order already, so that the grey line becomes no black one: it goes, and
the black one is so many. "Not grey, navy" beside no navy line changes the grey one.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

SLOTS = ("colour", "size")
TAKEN_OUT = ("~remove", "~!want", "~!take")
SCRAPS = frozenset(("scrap", "scratch", "ditch", "forget", "skip", "sahau"))


def refused_for_ordered(clause: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, a change of a refused line into another line as a Remove and that one's Set."""
    change = acts[0] if len(acts) == 1 else None
    if not isinstance(change, a.Set) or not change.change or not _refuses(clause, change.target):
        return list(acts)
    told, to_be = change.target, change.values
    gone = [line for line in clause.context.cart if _is_named(line, told)]
    if len(gone) != 1 or to_be.quantity is None:
        return list(acts)
    said = {slot: value for slot in SLOTS if (value := getattr(to_be, slot))}
    meant = [
        line
        for line in clause.context.cart
        if line is not gone[0]
        and line.product_id == gone[0].product_id
        and all(getattr(line, slot) == value for slot, value in said.items())
    ]
    if len(meant) != 1 or not said or to_be.age is not None:
        return list(acts)
    so_many = a.Values(quantity=to_be.quantity)
    kept = a.Set(target=a.Target(line=meant[0].number), values=so_many, change=True)
    return [a.Remove(target=a.Target(line=gone[0].number)), kept]


def _refuses(clause: Message, told: a.Target) -> bool:
    """Whether the value that names the line is denied: "no grey", "sitaki grey", not "grey iwe"."""
    named = {value for slot in SLOTS if (value := getattr(told, slot))}
    finds = [find for find in clause.slots.finds if find.slot in SLOTS and find.value in named]
    denied = any(find.denied for find in finds)
    out = denied or clause.tagged(*TAKEN_OUT) or clause.says_any(SCRAPS)
    return len(named) == 1 and out and not (clause.says_any(SET_TO - {"do"}) and not denied)


def _is_named(line: Line, told: a.Target) -> bool:
    if told.line or told.option or told.scope != "one":
        return False
    kind = told.category in (None, line.category)
    name = told.name is None or told.name in line.name.lower()
    return kind and name and all(getattr(told, s) in (None, getattr(line, s)) for s in SLOTS)
