"""Reads lines that go out of the order: "ile ya M itoke", "the teal one should go"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

GOES = word_set("edits", "goes_out")
MUST = frozenset(("should", "must", "can"))
LINE = ("name", "category", "colour", "size", "pattern")


def going_out(message: Message) -> list[a.Act]:
    """A Remove of the one line named; what is said before is only how many stay.

    "Wacha moja tu, ile ya M itoke": one stays, so the count is of no line.
    """
    at = next((i for i in range(1, len(message.tokens)) if _goes(message, i)), None)
    if at is None or message.asks or len(message.context.cart) < 2:
        return []
    start = _start_of_piece(message, at)
    part = message.clause(start, at)
    said = {find.slot: find.value for find in part.slots.finds if not find.denied}
    others = [find for find in message.slots.finds if not start <= find.start < at]
    if not said or not set(said) <= set(LINE) or any(f.slot != "quantity" for f in others):
        return []
    lines = [x for x in part.lines_said() if said.get("size", x.size) == x.size]
    if len(lines) != 1 or any(find.start > at for find in others):
        return []
    told = target(part, whole(part), LINE)
    return [a.Remove(target=told.model_copy(update={"scope": "one", "pointed": None}))]


def _goes(message: Message, at: int) -> bool:
    token, before = message.tokens[at], message.tokens[at - 1]
    ends = at + 1 == len(message.tokens) or bool(token.pause)
    return token.text in GOES or (token.text == "go" and before.text in MUST and ends)


def _start_of_piece(message: Message, at: int) -> int:
    """The place behind the last comma or joint before the verb."""
    for here in range(at - 1, 0, -1):
        if message.tokens[here - 1].pause or message.tokens[here - 1].text in JOINERS:
            return here
    return 0
