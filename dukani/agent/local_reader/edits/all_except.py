"""Reads what is done to all lines but some: "toa zote isipokuwa kofia", "zote ziwe L ila polo"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.edits.pieces import single, target
from dukani.agent.local_reader.edits.words import EXCEPT, KEEP, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

VALUES = ("colour", "size", "quantity")


def all_except(clause: Message) -> list[a.Act]:
    """The removal with an exception: "toa zote isipokuwa kofia", "I want all except the hat"."""
    places = [at for at, token in enumerate(clause.tokens) if token.text in EXCEPT]
    if not places or not clause.tagged("@all") or not clause.context.cart:
        return []
    removes = clause.tagged("~remove", "~erase", "~cancel") or clause.has("clear_cart")
    removes |= any(op_at(clause, at) == "remove" for at in range(places[-1]))  # "take out all but"
    if not removes and any(token.text in SET_TO for token in clause.tokens[places[-1] :]):
        return []  # "zote L lakini polo iwe navy"
    finds = [replace(find, denied=False) for find in clause.slots.finds if find.start > places[-1]]
    to_be = {
        f.slot: f.value for f in clause.slots.finds if f.slot in VALUES and f.end <= places[-1]
    }
    if not removes and to_be and clause.says_any(SET_TO):
        if any(find.slot == "quantity" for find in finds):
            return _all_but_so_many(clause, finds, a.Values(**to_be))
        return _others_changed(clause.only(finds), a.Values(**to_be))
    group = Group(tuple(finds), places[-1] + 1, len(clause.tokens))
    told = single(target(clause.only(finds), group, line=True))
    if not (told.describes or told.line):
        return []
    if several := _all_but_several(clause.only(finds)):
        return several
    if not removes and (clause.has("want", "add_to_cart") or clause.says_any(KEEP)):
        return [a.Remove(target=told)]
    return [a.Remove(target=a.Target(scope="all", but=told))]


def _others_changed(excepted: Message, values: a.Values) -> list[a.Act]:
    """A Set of each line but those excepted: "zote ziwe L isipokuwa polo"."""
    sizes = {find.value for find in excepted.slots.finds if find.slot == "size"}
    kept = {x.number for x in excepted.lines_said() if not sizes or x.size in sizes}
    kept = kept if excepted.slots.finds else set()
    others = [line.number for line in excepted.context.cart if line.number not in kept]
    return [a.Set(target=a.Target(line=n), values=values, change=True) for n in others]


def _all_but_so_many(clause: Message, excepted: list[Find], values: a.Values) -> list[a.Act]:
    """The Split of the one line that changes, less the units excepted: "zote XL ila mbili"."""
    told = values.model_dump(exclude_none=True)
    lines = [x for x in clause.context.cart if any(getattr(x, k) != v for k, v in told.items())]
    if len(excepted) != 1 or len(lines) != 1:
        return []
    changed = lines[0].quantity - int(str(excepted[0].value))
    if changed < 1:
        return []
    part = values.model_copy(update={"quantity": changed})
    return [a.Split(target=a.Target(line=lines[0].number), parts=(part,))]


def _all_but_several(excepted: Message) -> list[a.Act]:
    """A Remove of each line outside several exceptions: "toa vyote isipokuwa dera na kilemba"."""
    parts = groups(excepted)
    kept = [excepted.only(part.finds).lines_said() for part in parts]
    if len(parts) < 2 or not all(kept):
        return []
    stay = {line.number for lines in kept for line in lines}
    gone = [line for line in excepted.context.cart if line.number not in stay]
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]
