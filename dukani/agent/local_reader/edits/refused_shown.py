"""Reads that another piece is wanted than one shown, while there is an order: it loses no line.

"Not the jordans, vans black 42": no jordans are ordered, so nothing is swapped.
"""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.edits.group import HEADS, Group
from dukani.agent.local_reader.edits.groups import groups
from dukani.agent.local_reader.edits.pieces import definite_colour, target, values
from dukani.agent.local_reader.edits.words import INSTEAD
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.domain.pieces import Option

VALUES = ("colour", "size")
LOOKING = ("show", "have", "more_options", "cheaper")


def refused_shown(clause: Message) -> list[a.Act]:
    """Adds of what is wanted where a piece shown is refused that no line is; else nothing."""
    refused = [find for find in clause.slots.finds if find.denied]
    heads = [replace(find, denied=False) for find in refused if find.slot in HEADS]
    if not heads or not clause.context.cart or clause.asks or clause.has(*LOOKING):
        return []
    if clause.says_any(INSTEAD) or clause.tagged("~change", "~remove") or _of_line(clause, heads):
        return []
    focus = clause.context.focus
    if focus is not None and _is_called(focus, heads):
        return []  # the piece asked about is given up for another
    shown = [option for option in clause.context.options if _is_called(option, heads)]
    others = {find.slot for find in refused if find.slot in VALUES}
    adds = [_wanted(clause, part, shown, bool(others & part.slots)) for part in groups(clause)]
    return [act for act in adds if act] if shown and all(adds) else []


def _of_line(clause: Message, heads: list[Find]) -> bool:
    return any(find.slot == "option" for find in heads) or bool(clause.only(heads).lines_said())


def _wanted(clause: Message, part: Group, shown: list[Option], anew: bool) -> a.Add | None:
    """The piece named instead, or the same one in another value: "not the casio in black, gold"."""
    if part.heads:
        own = clause.only(part.finds)
        slots = (*HEADS, "colour") if definite_colour(clause, part) else HEADS
        told = target(own, part, slots).model_copy(update={"scope": "one", "pointed": None})
        return a.Add(target=told, values=values(part))
    if not anew or len({option.product_id for option in shown}) != 1:
        return None
    return a.Add(target=a.Target(name=shown[0].name), values=values(part))


def _is_called(option: Option, heads: list[Find]) -> bool:
    return all(
        (find.slot == "name" and spells(str(find.value), option.name))
        or (find.slot == "category" and find.value == option.category)
        for find in heads
    )
