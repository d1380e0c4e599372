"""Swaps the piece of the person spoken of: "mama hataki yake. hiyo yake toa, uweke kofia nyeusi".

What goes is named by whose it is alone, so that the piece put in must not be taken for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.of_wearer import (
    GENITIVE,
    OWN,
    POINTING,
    PRONOUNS,
    is_person,
    says_whose,
)
from dukani.agent.local_reader.edits.persons_pieces import HEADS, lines_of_person
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.without_asides import message_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

PUTS = ("~put", "~give")
BESIDE = 5  # words between "toa" and "uweke"


def put_in_persons_place(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, the one edit as a swap of the person's only line."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    if not edits or not any(line.worn_by for line in context.cart) or not says_whose(text):
        return list(acts)
    message = message_of(text, context)
    at = _puts_behind_removal(message)
    lines = _lines_named(text, message, at) if at else []
    if at is None or len(lines) != 1:
        return list(acts)
    part = message.clause(at, len(message.tokens))
    heads = [find for find in part.slots.finds if find.slot in HEADS]
    if not heads or any(find.denied for find in part.slots.finds):
        return list(acts)
    piece = target(part, whole(part), HEADS).model_copy(update={"pointed": None, "scope": "one"})
    gone = a.Target(line=lines[0].number)
    swap = a.Substitute(target=gone, piece=piece, values=values(whole(part)))
    others = [act for act in acts if act not in edits and not isinstance(act, a.SetWearer)]
    return [swap, *others]


def _lines_named(text: str, message: Message, at: int) -> list[Line]:
    """The lines of whom is spoken of before, where no piece is named right before "toa"."""
    start = next((i for i in range(at, 0, -1) if message.tokens[i - 1].pause), 0)
    if any(start <= find.start < at for find in message.slots.finds):
        return []
    said = {token.text for token in message.tokens[start:at]}
    if said & OWN:
        return [line for line in message.context.cart if not (line.worn_by or line.shares)]
    return lines_of_person(text, message.context)


def _puts_behind_removal(message: Message) -> int | None:
    """The place of "uweke" behind "toa", with at most whose it is between: "toa ya mama uweke"."""
    for at, token in enumerate(message.tokens):
        if "~remove" not in token.tags:
            continue
        for here in range(at + 1, min(at + 1 + BESIDE, len(message.tokens))):
            tags = message.tokens[here].tags
            if not tags.isdisjoint(PUTS):
                return here
            text = message.tokens[here].text
            if text not in JOINERS | GENITIVE | POINTING | PRONOUNS | OWN and not is_person(text):
                break
    return None
