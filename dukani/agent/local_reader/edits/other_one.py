"""Reads "not that one, the other one", "sio hiyo, ile nyingine", "not the tee, the other two"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.other_of_them import OTHERS
from dukani.agent.local_reader.edits.pieces import pointed_at, values, whole
from dukani.agent.local_reader.edits.words import OTHER
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.negation import DENIERS
from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.domain.pieces import Option

OTHER_ONE = a.Target(pointed="other")
HEADS = ("name", "category", "option")
VALUES = ("colour", "size")


def other_one(clause: Message) -> list[a.Act]:
    """A Substitute of the piece spoken of by the other one shown, or an Add of the other one."""
    if len(clause.context.options) < 2 or clause.asks:
        return []
    if clause.slots.finds:
        return _others_than(clause)
    refused = clause.says_any(DENIERS) or clause.tagged("@no", "~!want")
    if not (refused and clause.says_any(OTHER) and _points(clause)):
        return []
    spoken_of = clause.context.focus is not None or bool(clause.context.cart)
    return [a.Substitute(piece=OTHER_ONE)] if spoken_of else [a.Add(target=OTHER_ONE)]


def _points(clause: Message) -> bool:
    return clause.tagged("@this") or pointed_at(clause) == "other"


def _others_than(clause: Message) -> list[a.Act]:
    """Adds of all pieces shown but the one refused, in the values said."""
    refused = [find for find in clause.slots.finds if find.denied and find.slot in HEADS]
    wanted = [find for find in clause.slots.finds if not find.denied]
    if not refused or any(find.slot not in (*VALUES, "quantity") for find in wanted):
        return []
    if clause.context.step != "products_found" or clause.tagged("~show", "~change"):
        return []
    others = [o for o in clause.context.options if not _is_called(o, refused)]
    if len(others) == len(clause.context.options) or not _counts(clause, len(others)):
        return []
    told = values(whole(clause.only(wanted)), VALUES)
    return [a.Add(target=a.Target(option=other.number), values=told) for other in others]


def _counts(clause: Message, left: int) -> bool:
    """Whether "the others" are as many as are left: "the other two", "zile zingine"."""
    if not clause.says_any(OTHER | OTHERS):
        return False
    counts = clause.slots.wanted("quantity")
    if counts:
        return [int(str(find.value)) for find in counts] == [left]
    return left > 0 and (left == 1 or clause.says_any(OTHERS))


def _is_called(option: Option, heads: list[Find]) -> bool:
    """Whether what is refused fits a piece shown."""
    return any(
        (find.slot == "option" and find.value == option.number)
        or (find.slot == "name" and spells(str(find.value), option.name))
        or (find.slot == "category" and find.value == option.category)
        for find in heads
        if not _only_kind_of_name(find, heads)
    )


def _only_kind_of_name(find: Find, heads: list[Find]) -> bool:
    """Whether a kind is part of a name that is refused: the shoes of "jordans"."""
    named = [one for one in heads if one.slot == "name"]
    return find.slot == "category" and any(n.start <= find.start < n.end for n in named)
