"""Reads a value for both pieces shown: "both in black please", "zote mbili ziwe L"."""

from __future__ import annotations

from collections import Counter

from dukani.agent.local_reader.edits.pieces import scope_said
from dukani.agent.local_reader.edits.words import BOTH
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

VALUES = frozenset(("colour", "size"))


def both_of_them(clause: Message) -> list[a.Act]:
    """An Add of both options in the one colour or size said; nothing where a piece is named."""
    told = Counter(find.slot for find in clause.slots.finds)
    if len(clause.context.options) != 2 or clause.context.focus or not _says_both(clause):
        return []
    if not told or set(told) - VALUES or max(told.values()) > 1 or clause.asks:
        return []
    if any(find.denied for find in clause.slots.finds) or clause.tagged("~remove", "~change"):
        return []
    values = {find.slot: find.value for find in clause.slots.finds}
    return [a.Add(target=a.Target(scope="both"), values=a.Values(**values))]


def _says_both(clause: Message) -> bool:
    return clause.says_any(BOTH) or scope_said(clause) == "both"
