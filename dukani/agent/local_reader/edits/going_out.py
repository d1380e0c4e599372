"""Reads the one line that goes where only a count stays: "acha moja tu, ile ya M itoke"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

LEAVING = KEEP | {"acha", "wacha", "leave"}
LINE = ("name", "category", "colour", "size", "pattern")


def going_out(message: Message) -> list[a.Act]:
    """A Remove of the one line named; the count said before is of no line, but how many stay."""
    at = next((i for i in range(1, len(message.tokens)) if _goes(message, i)), None)
    if at is None or message.asks or len(message.context.cart) < 2:
        return []
    part = message.clause(at + 1, len(message.tokens))
    said = {find.slot: find.value for find in part.slots.finds if not find.denied}
    lines = [x for x in part.lines_said() if said.get("size", x.size) == x.size]
    if not said or not set(said) <= set(LINE) or len(lines) != 1:
        return []
    told = target(part, whole(part), LINE)
    return [a.Remove(target=told.model_copy(update={"scope": "one", "pointed": None}))]


def _goes(message: Message, at: int) -> bool:
    """Whether a piece is taken out here, and before it is only said how many stay."""
    token, before = message.tokens[at], message.tokens[at - 1]
    if "~remove" not in token.tags or not before.pause:
        return False
    texts = {earlier.text for earlier in message.tokens[:at]}
    counted = [find.slot for find in message.slots.finds if find.start < at] == ["quantity"]
    return counted and bool(texts & LEAVING) and bool(texts & ONLY)
