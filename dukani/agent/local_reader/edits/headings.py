"""Leaves out a name that heads a list of pieces: "batik for the family: mama M, baba XL"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.naming import spells


def without_heading(clause: Message, found: Sequence[Group]) -> list[Group]:
    """The groups without the first, where each of the others is called by its name as well."""
    first, rest = (found[0], list(found[1:])) if found else (None, [])
    heading = first.first("name") if first and _only_names(first) else None
    if heading is None or len(rest) < 2:
        return list(found)
    named = [_named(clause, heading, group) for group in rest]
    told = [group for group in named if group is not None]
    return told if len(told) == len(rest) else list(found)


def _only_names(first: Group) -> bool:
    """Whether nothing but a name is said here; a value said behind for all is not its own."""
    own = {find.slot for find in first.finds if find.start < first.end}
    return own <= {"name", "category"} and "quantity" not in first.slots


def _named(clause: Message, heading: Find, group: Group) -> Group | None:
    """The group, called by the heading too; None where no piece sold is called by both."""
    name = group.first("name")
    if name is None or name.value == heading.value:
        return None
    both = f"{heading.value} {name.value}"
    if not any(spells(both, piece.name) for piece in clause.context.sold.pieces):
        return None
    others = tuple(find for find in group.finds if find is not name)
    return replace(group, finds=(replace(name, value=both), *others))
