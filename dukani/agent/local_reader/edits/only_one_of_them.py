"""Reads that only one of several lines of a kind is wanted: "only one trouser, the cream one"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

VALUES = ("colour", "size")
POINTING = frozenset(("the", "ya", "za", "la", "cha", "vya", "ile", "hiyo", "lile", "kile"))


def only_one_of_them(clause: Message) -> list[a.Act]:
    """A Remove of the other lines of the kind; nothing unless the one that stays is pointed at."""
    tokens, cart = clause.tokens, clause.context.cart
    if len(cart) < 2 or clause.asks or clause.context.step in CHOOSING:
        return []
    counts = clause.slots.wanted("quantity")
    if len(counts) != 1 or counts[0].value != 1 or not clause.says_any(ONLY):
        return []
    pauses = (at + 1 for at in range(counts[0].end - 1, len(tokens) - 1) if tokens[at].pause)
    start = next(pauses, None)
    if start is None or tokens[start].text not in POINTING:
        return []
    which = clause.clause(start, len(tokens))
    of_kind = clause.clause(0, start)
    among = of_kind.lines_said() if _names_kind(of_kind) else [*cart]
    kept = [line for line in among if _is_described(which, line)]
    if len(kept) != 1 or kept[0].quantity != 1 or any(f.denied for f in clause.slots.finds):
        return []
    gone = [line for line in among if line != kept[0]]
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _names_kind(part: Message) -> bool:
    return any(find.slot in ("name", "category") for find in part.slots.finds)


def _is_described(which: Message, line: Line) -> bool:
    """Whether the words that point at the one to stay fit the line, and say something of it."""
    told = [find for find in which.slots.finds if find.slot in (*VALUES, "name", "category")]
    valued = (getattr(line, f.slot) == f.value for f in told if f.slot in VALUES)
    return bool(told) and all(valued) and which.fits(line)
