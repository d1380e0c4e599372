"""Reads what is preferred to an ordered piece: "i prefer the tote to it", "bora X kuliko Y"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import definite_colour, target, values, whole
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

PREFER = word_set("hesitating", "rather")
THAN = frozenset(("to", "over", "than", "kuliko"))
HEADS = ("option", "name", "category")
SLOTS = ("name", "category", "colour", "size")


def preferring(clause: Message) -> list[a.Act]:
    """A Substitute of an ordered piece by the one that is preferred to it."""
    prefers = next((i for i, t in enumerate(clause.tokens) if t.text in PREFER), None)
    if prefers is None or clause.asks or not clause.context.cart:
        return []
    than = next(
        (i for i, t in enumerate(clause.tokens) if i > prefers and t.text in THAN),
        len(clause.tokens),
    )
    wanted = clause.clause(prefers + 1, than)
    gone = clause.clause(than + 1, len(clause.tokens))
    if not any(find.slot in HEADS for find in wanted.slots.finds):
        return []
    if not any(find.slot in SLOTS for find in gone.slots.finds) or not gone.lines_said():
        return []
    slots = ("name", "category", "colour") if definite_colour(wanted, whole(wanted)) else HEADS
    piece = target(wanted, whole(wanted), slots).model_copy(update={"scope": "one"})
    line = target(gone, whole(gone), line=True).model_copy(update={"scope": "one"})
    return [a.Substitute(target=line, piece=piece, values=values(whole(wanted)))]
