"""Reads changes of a line from one value to another: "ya grey iwe nyeupe"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import single, target, values
from dukani.agent.local_reader.edits.swap_parts import (
    CONNECTORS,
    GONE,
    part_between,
    swap_verb,
)
from dukani.agent.local_reader.edits.words import ALL, BOTH, JOINERS, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING

FOR_ANOTHER = frozenset(("for", "to", "into", "with", "by", "kwa", "iwe"))
VALUES = ("colour", "size", "quantity", "age")
VARIANT = ("colour", "size", "quantity")
PLACES = {("instead", "of"), ("badala", "ya"), ("badala", "za"), ("place", "of")}
ENGLISH_SET = frozenset(("make", "making", "be"))


def set_from_to(clause: Message) -> list[a.Act]:
    """The change of a line's colour or size to another: "ya grey iwe nyeupe", also while choosing.

    "Make the grey one white" needs no verb between the two. Another value may be set with it: "hiyo
    ya M iwe nyeupe L".
    """
    finds = [find for find in clause.slots.finds if not find.denied]
    said = [find for find in finds if find.slot in VALUES]
    named, new = _parted_at_change(clause, said)
    if not _replaces(named, new) or clause.asks or clause.tagged("~add", "~remove"):
        return []
    old = named[-1]
    heads = [find for find in finds if find.slot in ("name", "category")]
    fitting = clause.only(heads).lines_said() if heads else clause.context.cart
    so_far = any(all(getattr(line, f.slot) == f.value for f in named) for line in fitting)
    if not so_far or not is_set_from(clause, old, new[0]):
        return []
    told = target(clause, Group((*heads, *named), 0, old.end), line=True)
    scope = told.scope if clause.says_any(ALL | BOTH) else "one"
    told = told.model_copy(update={"scope": scope, "pointed": None})
    to_be = {find.slot: find.value for find in new}
    return [a.Set(target=told, values=a.Values(**to_be), change=True)]


def _parted_at_change(clause: Message, said: list[Find]) -> tuple[list[Find], list[Find]]:
    """The values that name the line, and its new ones: "ya grey M | iwe black"."""
    sets = next((at for at, token in enumerate(clause.tokens) if token.text in SET_TO), 0)
    named = [find for find in said if find.end <= sets and find.slot in ("colour", "size")]
    apart = len(named) == 2 and named[0].slot != named[1].slot and len(said) > 2
    count = 2 if apart else 1
    return said[:count], said[count:]


def _replaces(named: list[Find], new: list[Find]) -> bool:
    """Whether a value that names the line is said anew, at most with one of the other slot.

    Where both values name it, its count may be new: "ya grey M ziwe mbili".
    """
    slots = [find.slot for find in new]
    if not named or named[0].slot not in ("colour", "size") or len(slots) != len(set(slots)):
        return False
    if len(named) > 1 and slots == ["quantity"]:
        return True
    anew = any(f.slot == one.slot and f.value != one.value for f in new for one in named)
    return set(slots) <= {"colour", "size"} and anew


def set_from_denied(clause: Message) -> list[a.Act]:
    """The change of a line whose value is denied while choosing: "38 in silver then, not the gold".

    The piece looked at must be the line's, and the value no answer about it taken back.
    """
    context = clause.context
    old = next((find for find in clause.slots.finds if find.denied), None)
    if old is None or context.step not in CHOOSING or clause.asks or clause.tagged("~add"):
        return []
    new = {find.slot: find.value for find in clause.slots.finds if not find.denied}
    if old.slot not in ("colour", "size") or old.slot not in new or not set(new) <= set(VARIANT):
        return []
    if context.question != "take_it" and old.value in (context.spoken_colour, context.spoken_size):
        return []
    lines = [line for line in context.cart if getattr(line, old.slot) == old.value]
    looked_at = {option.product_id for option in clause.in_view}
    if len(lines) != 1 or (looked_at and lines[0].product_id not in looked_at):
        return []
    told = a.Target(**{old.slot: old.value})
    return [a.Set(target=told, values=a.Values(**new), change=True)]


def set_in_place(clause: Message) -> list[a.Act]:
    """The change of a line named behind "instead of": "instead of the skirt the navy one in 12"."""
    at = _place(clause)
    heads = [find for find in clause.slots.finds if find.slot in ("name", "category")]
    if at is None or clause.asks or not clause.context.cart:
        return []
    if not heads or any(find.start < at for find in heads):
        return []
    last = max(find.end for find in heads)
    new = [f for f in clause.slots.finds if f.start >= last and f.slot in ("colour", "size")]
    old = [f for f in clause.slots.finds if f.slot == "colour" and at < f.start < last]
    which = [replace(find, denied=False) for find in (*heads, *old)]
    lines = clause.only(which).lines_said()
    if len(lines) != 1 or not new or all(getattr(lines[0], f.slot) == f.value for f in new):
        return []
    told = a.Values(**{find.slot: find.value for find in new})
    return [a.Set(target=a.Target(line=lines[0].number), values=told, change=True)]


def _place(clause: Message) -> int | None:
    """The place of the words "instead of"."""
    pairs = itertools.pairwise(token.text for token in clause.tokens)
    return next((at for at, pair in enumerate(pairs) if pair in PLACES), None)


def value_in_place(clause: Message) -> list[a.Act]:
    """The change of a value named right behind "instead of": "badala ya nyeupe dress iwe pink"."""
    slots, at = ("colour", "size"), _place(clause)
    if at is None or clause.asks or not clause.context.cart:
        return []
    old = next((f for f in clause.slots.finds if f.start == at + 2 and f.slot in slots), None)
    if old is None:
        return []
    heads = [replace(f, denied=False) for f in clause.slots.finds if f.slot in ("name", "category")]
    if not heads or any(find.start < at for find in heads):
        return []
    new = [f for f in clause.slots.finds if f.slot in slots and f.value != old.value]
    lines = [x for x in clause.only(heads).lines_said() if getattr(x, old.slot) == old.value]
    if len(lines) != 1 or old.slot not in {find.slot for find in new}:
        return []
    told = a.Values(**{find.slot: find.value for find in new})
    return [a.Set(target=a.Target(line=lines[0].number), values=told, change=True)]


def two_values(finds: list[Find]) -> tuple[Find, Find] | None:
    """The two colours or two sizes, where they are all the values said."""
    said = [find for find in finds if find.slot in VALUES]
    if len(said) != 2 or said[0].slot != said[1].slot or said[0].value == said[1].value:
        return None
    return (said[0], said[1]) if said[0].slot in ("colour", "size") else None


def is_set_from(clause: Message, old: Find, new: Find) -> bool:
    """Whether the first value is set to the second: "… iwe …", "make the … one …"."""
    between = [token.text for token in clause.tokens[old.end : new.start]]
    between = between[1:] if between[:1] in (["one"], ["ones"]) else between
    behind = any(text in SET_TO for text in between) or between in (["to"], ["into"], ["kwenda"])
    ahead = any(token.text in ENGLISH_SET for token in clause.tokens[: old.start])
    named = clause.tokens[old.end].text in ("one", "ones") and new.start == old.end + 1
    return behind or (ahead and named)


def is_otherwise(clause: Message, old: Group, new: Group) -> bool:
    """Whether one line named takes another value: "swap the shirt for the blue one in XL"."""
    lines = clause.only(old.finds).lines_said() if old.heads else []
    told = [find for find in new.finds if find.slot in ("colour", "size")]
    return len(lines) == 1 and any(getattr(lines[0], f.slot) != f.value for f in told)


def counts_each(clause: Message, at: int, old: Group, new: Group) -> bool:
    """Whether both values only name lines, each with its count: "white to one and lilac to two"."""
    count = new.first("quantity")
    if count is None:
        return False
    if clause.tokens[at].text in JOINERS and old.first("quantity") is not None:
        return True  # "change, make the white one and the lilac two"
    later = [find.start for find in new.finds if find.slot in ("colour", "size")]
    between = range(count.end, min(later))
    joined = any(clause.tokens[here].text in JOINERS for here in between)
    return count.start < min(later) and (joined or bool(clause.tokens[count.end - 1].pause))


def value_swapped(clause: Message) -> list[a.Act]:
    """A Set that replaces one value by another: "swap brown for black", "badilisha XL iwe L"."""
    verb = swap_verb(clause)
    if verb is None or not clause.context.cart:
        return []
    for at in range(verb + 1, len(clause.tokens)):
        if clause.tokens[at].text not in CONNECTORS:
            continue
        old, new = part_between(clause, verb, at), part_between(clause, at, len(clause.tokens))
        # "hoodie ya grey ibadilishe iwe …"
        old = old if old.finds else part_between(clause, 0, verb)
        if _names_some(clause, old):
            return []
        before = {find.slot: find.value for find in old.finds if find.slot in ("colour", "size")}
        same = [find for find in new.finds if before.get(find.slot, find.value) != find.value]
        anew = same or (clause.tokens[at].text in FOR_ANOTHER and is_otherwise(clause, old, new))
        if anew and not new.heads and not counts_each(clause, at, old, new):
            told = single(target(clause.only(old.finds), old, GONE, line=True))
            return [a.Set(target=told, values=values(new), change=True)]
    return []


def _names_some(clause: Message, old: Group) -> bool:
    """Whether only some units of a line are named: "change one of the red ones to blue"."""
    count = old.first("quantity")
    lines = clause.only(old.finds).lines_said() if count else []
    return count is not None and any(line.quantity > int(str(count.value)) for line in lines)
