"""Decides whether a word of a name in view only describes another kind: a "leather belt".

The category said beside it counts first: where Leather Shoes are in view, the belt is none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells

OF = frozenset(("ya", "za", "la", "cha", "vya", "wa"))
DESCRIBING = ("pattern", "occasion")


def describes_another_kind(
    tokens: Sequence[Token], start: int, end: int, words: Sequence[Find], context: TurnContext
) -> bool:
    """Whether a pattern or occasion stands beside a category that no piece in view so named has."""
    token = tokens[start]
    if end - start != 1 or token.kind not in DESCRIBING:
        return False
    beside = {
        find.value for find in words if find.slot == "category" and _beside(find, tokens, start)
    }
    kinds = set(_kinds_named(token.text, context))
    return bool(beside and kinds) and beside.isdisjoint(kinds)


def _beside(find: Find, tokens: Sequence[Token], at: int) -> bool:
    """Whether the category is right behind the word, or before it and a genitive."""
    if find.start == at + 1:
        return not tokens[at].pause
    return find.end == at - 1 and tokens[at - 1].text in OF


def _kinds_named(word: str, context: TurnContext) -> Iterator[str]:
    seen = (*context.options, *context.cart, *((context.focus,) if context.focus else ()))
    return (piece.category for piece in seen if spells(word, piece.name))
