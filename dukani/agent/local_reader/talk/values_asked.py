"""Reads what sizes or colours a piece comes in, asked of it by name or number.

"What sizes is the denim one", of two skirts shown, asks for no cloth; "what size should I take in
the denim" asks which one fits.
"""

from __future__ import annotations

import itertools

from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.agent.local_reader.talk.questions import stock_question
from dukani.domain import acts as a

WHICH = frozenset(("what", "which", "gani", "zipi", "ipi"))
SIZES_AND_COLOURS = frozenset((
    "sizes", "size", "saizi", "colour", "colours", "color", "colors", "rangi",
))  # fmt: skip
FITTING = frozenset((
    "should", "need", "fit", "fits", "wear", "inanifaa", "nivae", "itanifaa", "yangu", "my", "i",
))  # fmt: skip
COMMANDS = ("~want", "~give", "~take", "~add", "~put", "~change", "~remove", "~buy", "~show")


def values_asked(clause: Message) -> list[a.Act]:
    """An AskStock of the piece shown whose sizes or colours are asked for."""
    if not something_shown(clause) or clause.tagged(*COMMANDS) or clause.says_any(FITTING):
        return []
    if clause.has("ask_price", "ask_size", "checkout", "more_options") or not _asks_which(clause):
        return []
    slots = {find.slot for find in clause.slots.finds if not find.denied}
    pointed = slots & {"name", "option"} and slots <= {"name", "option", "category"}
    return stock_question(clause) if pointed else []


def _asks_which(clause: Message) -> bool:
    """Whether a word for "which" stands beside one for sizes or colours."""
    pairs = itertools.pairwise(token.text for token in clause.tokens)
    return any(
        (one in WHICH and other in SIZES_AND_COLOURS)
        or (one in SIZES_AND_COLOURS and other in WHICH)
        for one, other in pairs
    )
