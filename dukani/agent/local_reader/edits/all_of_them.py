"""Reads that every piece shown is taken: "add both", "zote tatu nyeupe size L"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.as_before import VARIANT
from dukani.agent.local_reader.edits.pieces import scope_said
from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite

BRIEF = 3
THEM = frozenset(("of", "them", "these", "hizi", "hizo"))
FEW = 5  # pieces that "all" takes
TAKING = ("~take", "~buy", "~add", "~put")  # "give me all of them" may be to look at
OF_VALUES = word_set("edits", "of_a_value")


def all_of_them(clause: Message) -> bool:
    """Whether every shown piece is taken, of a few: "add both", "nachukua zote mbili"."""
    options = len(clause.context.options)
    if clause.slots.wanted("option"):
        return False  # "ya pili, 54 au 58 zote sawa"
    scope = scope_said(clause)
    both = options == 2 and scope == "both" and clause.tagged("~give", "~want", *TAKING)
    bare = options == 2 and clause.says_any(BOTH) and len(clause.tokens) <= 2
    taken = clause.tagged(*TAKING) or len(clause.tokens) <= BRIEF or _only_values(clause)
    pointed = clause.tagged("~want") and definite(clause)
    every = 1 < options <= FEW and scope == "all" and (taken or pointed)
    return (both or every or bare) and not clause.asks and not clause.has("show", "more_options")


def _only_values(clause: Message) -> bool:
    """Whether nothing is said but all and their values: "zote tatu nyeupe size L"."""
    told = {at for f in clause.slots.finds if f.slot in VARIANT for at in range(f.start, f.end)}
    return bool(told) and all(
        at in told
        or token.text in ALL | BOTH | OF_VALUES | THEM
        or token.kind in ("number", "mark")
        or "~give" in token.tags
        for at, token in enumerate(clause.tokens)
    )
