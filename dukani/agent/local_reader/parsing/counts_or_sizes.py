"""Tells the count "2x" from the size 2X: "2x hoodie cream XL", but "hoodie cream 2x"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.domain.context import TurnContext

WRITTEN = re.compile(r"\dx")
OF_VALUE = frozenset(("in", "size", "saizi", "ya", "za", "la", "cha", "vya", "wa", "of", "a", "an"))
VALUES = ("category", "garment", "colour", "size", "mark")


def counts_so_many(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether "2x" opens a piece, and so counts it; behind a kind or a colour it is a size."""
    if not WRITTEN.fullmatch(tokens[at].text):
        return False
    if at + 1 == len(tokens) or tokens[at].pause:
        return False
    before = tokens[at - 1] if at else None
    if before is None or before.pause:
        return True
    if before.kind in VALUES or before.text in OF_VALUE:
        return False
    return not any(before.text in name.lower().split() for name in context.sold.names)


def is_only_a_size(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether "2x" is the size and counts nothing: "hoodie cream 2x"."""
    written = tokens[at].kind == "size" and WRITTEN.fullmatch(tokens[at].text) is not None
    return written and not counts_so_many(tokens, at, context)
