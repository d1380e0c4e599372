"""Reads values for both pieces shown or ordered: "both in black please", "zote mbili M grey"."""

from __future__ import annotations

from collections import Counter

from dukani.agent.local_reader.edits.pieces import scope_said
from dukani.agent.local_reader.edits.words import BOTH, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

VALUES = frozenset(("colour", "size"))
MAKING = SET_TO - {"be", "ni", "is", "are"}


def both_of_them(clause: Message) -> list[a.Act]:
    """An Add of both options, or a Set of both lines; nothing where a piece is named."""
    told = Counter(find.slot for find in clause.slots.finds)
    shown, cart, focus = clause.context.options, clause.context.cart, clause.context.focus
    of_lines = len(cart) == 2 and clause.says_any(MAKING)
    shown = () if of_lines else shown  # "then make both black", whatever was looked at since
    if len(shown or cart) != 2 or (focus and not of_lines) or not _says_both(clause):
        return []
    if not told or set(told) - VALUES or max(told.values()) > 1 or clause.asks:
        return []
    if any(find.denied for find in clause.slots.finds) or clause.tagged("~remove", "~change"):
        return []
    values = {find.slot: find.value for find in clause.slots.finds}
    both = a.Target(scope="both")
    if not shown:
        return [a.Set(target=both, values=a.Values(**values), change=True)]
    return [a.Add(target=both, values=a.Values(**values))]


def _says_both(clause: Message) -> bool:
    return clause.says_any(BOTH) or scope_said(clause) == "both"
