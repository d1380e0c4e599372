"""Reads what is named as the piece that is taken: "hoodie ndio nachukua", "belt is what I want"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.edits.stature import line_of_stature
from dukani.agent.local_reader.edits.words import KEEP, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.steps import CHOOSING

HEADS = ("option", "name", "category")
OWN = ("na", "nita", "nta", "nime")
TAKING = ("~take", "~want", "~buy", "~pay", "~choose")


def emphasised(message: Message) -> int | None:
    """The place of the piece that is named as what is taken."""
    for at in range(1, len(message.tokens)):
        if _is_taken(message.tokens[at : at + 3]):
            named = [f.start for f in message.slots.finds if f.end in (at, at - 1)]
            heads = [f.start for f in message.slots.finds if f.slot in HEADS and f.start in named]
            return max(heads, default=None)
    return None


def stays(clause: Message) -> bool:
    """Whether the clause only says that ordered pieces are what is taken, so nothing changes."""
    if any(token.asked for token in clause.tokens):
        return False
    places = range(1, len(clause.tokens))
    if any(_is_taken(clause.tokens[at : at + 3]) for at in places) and line_of_stature(clause):
        return True  # "kubwa ndio tutachukua"
    if emphasised(clause) is None and not _takes_ordered(clause):
        return False
    heads = all(find.slot in (*HEADS, "colour") for find in clause.slots.finds)
    return heads and bool(clause.lines_said())


def _takes_ordered(clause: Message) -> bool:
    """Whether the customer says of an ordered piece, behind it, that she takes it: "X nachukua"."""
    last = clause.tokens[-1]
    own = last.text.startswith(OWN) and "~take" in last.tags
    told = own and any(find.end == len(clause.tokens) - 1 for find in clause.slots.finds)
    return told and bool(clause.context.cart) and clause.context.step not in CHOOSING


def _is_taken(words: Sequence[Token]) -> bool:
    """Whether "it is what I take" begins here: "ndio nachukua", "is what I want"."""
    texts = [token.text for token in words]
    if texts[:2] == ["is", "what"] and texts[2:] in (["i"], ["ill"], ["im"]):
        return True
    return texts[:1] == ["ndiyo"] and any(not t.tags.isdisjoint(TAKING) for t in words[1:2])


def is_the_one_kept(clause: Message) -> bool:
    """Whether one line is named as what the customer keeps: "teal ndiyo nitabaki nayo"."""
    emphasis = clause.says("ndiyo", "ndio", "ndo") and not clause.says_any(SET_TO)
    return emphasis and customer_keeps(clause) and len(clause.lines_said()) == 1


def customer_keeps(clause: Message) -> bool:
    """Whether the customer keeps nothing else: "punguza nibakie na moja tu ya machungwa"."""
    return any(token.text in KEEP and token.text[:2] in ("ni", "tu") for token in clause.tokens)
