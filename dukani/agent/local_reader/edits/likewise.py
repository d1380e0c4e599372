"""Reads an edit said of a second line as well: "green ibaki moja na nyeusi pia"."""

from __future__ import annotations

from collections.abc import Callable

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

TOO = frozenset(("pia", "too", "also", "likewise", "vilevile"))
AND = frozenset(("na", "and", "plus", "&", "hata"))
NAMING = ("name", "category", "colour", "size")
FILLERS = frozenset(("the", "ya", "za", "ile", "zile", "hiyo", "hizo", "one", "ones"))


def likewise(clause: Message, read: Callable[[Message], list[a.Act]]) -> list[a.Act]:
    """The one edit before "and … too", and the same of the other line; else nothing."""
    at = _second_line(clause)
    if at is None or clause.asks:
        return []
    tail = clause.only(find for find in clause.slots.finds if find.start > at)
    if len(tail.lines_said()) != 1:
        return []
    acts = read(clause.clause(0, at))
    only = acts[0] if len(acts) == 1 else None
    if not isinstance(only, a.Set | a.ChangeQuantity | a.Remove) or not only.target.describes:
        return []
    told = target(tail, Group(tail.slots.finds, at, len(clause.tokens)), line=True)
    told = told.model_copy(update={"scope": "one", "pointed": None})
    return [only, only.model_copy(update={"target": told})]


def _second_line(clause: Message) -> int | None:
    """Where "and … too" begins, behind a value, if nothing but a line is named there."""
    if len(clause.context.cart) < 2 or clause.tokens[-1].text not in TOO:
        return None
    joints = [at for at, token in enumerate(clause.tokens) if token.text in AND and at]
    if not joints or not clause.slots.finds:
        return None
    behind = [find for find in clause.slots.finds if find.start > joints[-1]]
    before = [find for find in clause.slots.finds if find.end <= joints[-1]]
    named = {at for find in behind for at in range(find.start, find.end)}
    words = range(joints[-1] + 1, len(clause.tokens) - 1)
    bare = all(at in named or clause.tokens[at].text in FILLERS for at in words)
    told = bool(behind) and all(_names(find) for find in behind)
    listed = bool(before) and before[-1].slot in ("name", "category")  # "hoodie na belt pia"
    return joints[-1] if bare and told and before and not listed else None


def _names(find: Find) -> bool:
    return find.slot in NAMING and not find.denied
