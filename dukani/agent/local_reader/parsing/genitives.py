"""Joins values that a genitive makes one: "flat za strap", "shughuli ya kanisa"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells

OF = word_set("slots", "made_of")


def joined(tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext) -> list[Find]:
    """The finds in order, with two names of one piece as one and an event by what it is of."""
    kept: list[Find] = []
    for find in finds:
        last = next((one for one in reversed(kept) if one.slot == find.slot), None)
        if last is None or not _linked(tokens, last, find):
            kept.append(find)
        elif find.slot == "occasion":
            kept[kept.index(last)] = find
        elif find.slot == "name" and _of_one_piece(last, find, context):
            both = replace(last, value=f"{last.value} {find.value}", end=find.end)
            kept[kept.index(last)] = both
        else:
            kept.append(find)
    return kept


def _linked(tokens: Sequence[Token], last: Find, find: Find) -> bool:
    """Whether only a genitive stands between: "sandals flat za strap"."""
    return find.start == last.end + 1 and tokens[last.end].text in OF


def _of_one_piece(last: Find, find: Find, context: TurnContext) -> bool:
    """Whether a piece sold is called by both names."""
    sold = (piece.name for piece in context.sold.pieces)
    return any(spells(str(last.value), name) and spells(str(find.value), name) for name in sold)
