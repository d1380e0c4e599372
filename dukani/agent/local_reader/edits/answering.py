"""Reads the answer to "which one?": a bare kind, name or colour."""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import groups
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.edits.words import ANOTHER, KEEP, ONLY, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

WHICH = ("which", "which_line")
PIECE = ("name", "category", "colour", "pattern")
OTHERWISE = ("~remove", "~change", "~add", "~reduce", "~cancel", "~pay", "~return", "@all")
LONGEST = 6


def answering(clause: Message) -> list[a.Act]:
    """An Add of the piece the answer names; nothing where the words do something else."""
    if clause.context.question not in WHICH or clause.asks or len(clause.tokens) > LONGEST:
        return []
    if clause.tagged(*OTHERWISE) or clause.says_any(SET_TO | KEEP | ONLY | (ANOTHER - {"another"})):
        return []
    if (
        clause.has("show", "have", "more_options", "deny", "remove_item")
        or clause.slots.exclusions()
    ):
        return []
    piece = whole(clause)
    described = piece.slots & set(PIECE)
    if not described or not piece.slots <= {*PIECE, "size", "age"} or len(groups(clause)) != 1:
        return []
    told = target(clause, piece, PIECE).model_copy(update={"scope": "one", "pointed": None})
    return [a.Add(target=told, values=values(piece))]
