"""Reads what is preferred to an ordered piece: "i prefer the tote to it", "bora X kuliko Y".

So too an ordered piece preferred in other values: "I'd rather have the skirt in size 14".
"""

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
    if valued := _in_other_values(clause, prefers):
        return valued
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


def _in_other_values(clause: Message, prefers: int) -> list[a.Act]:
    """A Set of an ordered piece to the colour or size that is preferred for it."""
    finds = [find for find in clause.slots.finds if find.start > prefers]
    slots = [find.slot for find in finds]
    once = len(set(slots)) == len(slots) and set(slots) <= set(SLOTS)
    heads = [find for find in finds if find.slot in HEADS]
    valued = {"colour", "size"} & set(slots)
    denied = any(find.denied for find in clause.slots.finds)
    if not once or not heads or not valued or denied or finds[0] not in heads:
        return []
    if len(finds) < len(clause.slots.finds) or clause.tagged("~add") or clause.says_any(THAN):
        return []
    named = clause.only(heads)
    if not named.lines_said():
        return []
    line = target(named, whole(named), line=True).model_copy(update={"scope": "one"})
    to_be = values(whole(clause), ("colour", "size"))
    return [a.Set(target=line, values=to_be, change=True)]
