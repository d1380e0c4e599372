"""Reads what the units to come are to be: "make the skirts two, the other one navy, same size"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.as_before import says_same
from dukani.agent.local_reader.edits.words import KEEP, OTHER, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

OTHERS = frozenset(("others", "rest", "zingine", "nyingine", "vingine", "mengine", "ingine"))
HEADS = ("name", "category")
VARIANT = ("colour", "size")


def other_of_them(clause: Message) -> list[a.Act]:
    """The edit of the one line that is to be so many, of which the others get the values said."""
    counts = clause.slots.wanted("quantity")
    at = _other_at(clause) or _some_of_them_at(clause, counts)
    before = [find for find in counts if find.start < at]
    if len(before) != 1 or clause.asks or clause.tagged("~remove", "~show"):
        return []
    line, total = _line_counted(clause, before[0], at), int(str(before[0].value))
    to_be = _values_behind(clause, at, line) if line else {}
    others = _others(clause, at, line, total) if line and to_be else 0
    if line is None or not 0 < others < total or total < line.quantity:
        return []
    return [_told_of(line, total, a.Values(**to_be, quantity=others))]


def _told_of(line: Line, total: int, told: a.Values) -> a.Act:
    """An Add where only the units to come differ, else a Split of the line.

    A value that is not said is that of the line: "make it two, the other one in maroon".
    """
    others = told.quantity or 0
    like_it = {slot: getattr(told, slot) or getattr(line, slot) for slot in VARIANT}
    values = told.model_copy(update=like_it)
    if others == total - line.quantity:
        return a.Add(target=a.Target(name=line.name), values=values, another=True)
    as_is = a.Values(colour=line.colour, size=line.size, quantity=total - others)
    parts = (values,) if total == line.quantity else (as_is, values)
    return a.Split(target=a.Target(line=line.number), parts=parts)


def _other_at(clause: Message) -> int:
    """The place of "the other", unless it says that the rest stays; 0: there is none."""
    for at, token in enumerate(clause.tokens):
        if token.text in OTHER | OTHERS:
            near = clause.tokens[at + 1 : at + 3]
            return 0 if any(one.text in KEEP for one in near) else at
    return 0


def _some_of_them_at(clause: Message, counts: Sequence[Find]) -> int:
    """The place of the second count in "make them four, one in lilac"; "and one" is one more."""
    if len(counts) != 2 or not clause.says_any(SET_TO) or clause.tagged("~add"):
        return 0
    at = counts[1].start
    return at if clause.tokens[at - 1].pause else 0


def _others(clause: Message, at: int, line: Line, total: int) -> int:
    """How many units are told of: as many as said, else those to come, else one; 0: unclear."""
    counted = [find for find in clause.slots.wanted("quantity") if find.start >= at]
    to_come = total - line.quantity
    if counted:
        return int(str(counted[0].value))
    if to_come > 1 and not _plural(clause, at):
        return 0
    return to_come or 1


def _plural(clause: Message, at: int) -> bool:
    return clause.tokens[at].text in OTHERS


def _line_counted(clause: Message, count: Find, at: int) -> Line | None:
    """The only line named before the count, else the one in hand."""
    before = [find for find in clause.slots.finds if find.start < at and find is not count]
    named = [find for find in before if find.slot in HEADS]
    told = {find.slot: find.value for find in before if find.slot not in HEADS}
    if any(find.denied for find in before) or set(told) - set(VARIANT):
        return None
    lines = clause.only(named).lines_said() if named else list(clause.context.cart)
    lines = [x for x in lines if all(getattr(x, slot) == value for slot, value in told.items())]
    last = [line for line in lines if line.number == clause.context.last_line and not named]
    lines = last or lines
    return lines[0] if len(lines) == 1 else None


def _values_behind(clause: Message, at: int, line: Line) -> dict[str, object]:
    """The colour and size told of the others; nothing where more is told, or nothing new."""
    behind = [find for find in clause.slots.finds if find.start >= at]
    told: dict[str, object] = {f.slot: f.value for f in behind if f.slot in VARIANT}
    counted = [find for find in behind if find.slot == "quantity"]
    strange = [find for find in behind if find.denied or find.slot in ("option", "age")]
    of_line = clause.only([find for find in behind if find.slot in HEADS]).lines_said()
    news = {slot for slot, value in told.items() if getattr(line, slot) != value}
    if len(counted) > 1 or strange or line not in of_line or not (news or says_same(clause)):
        return {}
    return told
