"""Reads "not that one, the other one": "sio hiyo, ile nyingine"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.pieces import pointed_at
from dukani.agent.local_reader.edits.words import OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.negation import DENIERS
from dukani.domain import acts as a

OTHER_ONE = a.Target(pointed="other")


def other_one(clause: Message) -> list[a.Act]:
    """A Substitute of the piece spoken of by the other one shown, or an Add of the other one."""
    if len(clause.context.options) < 2 or clause.asks or clause.slots.finds:
        return []
    refused = clause.says_any(DENIERS) or clause.tagged("@no", "~!want")
    if not (refused and clause.says_any(OTHER) and _points(clause)):
        return []
    spoken_of = clause.context.focus is not None or bool(clause.context.cart)
    return [a.Substitute(piece=OTHER_ONE)] if spoken_of else [a.Add(target=OTHER_ONE)]


def _points(clause: Message) -> bool:
    return clause.tagged("@this") or pointed_at(clause) == "other"
