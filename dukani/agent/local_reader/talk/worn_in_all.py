"""Gives every piece wished the size told once: "navaa 44, nipe loafers nyeusi na derby brown"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells
from dukani.domain.pieces import SoldPiece
from dukani.domain.sizes import ONE_SIZE, size_said


def worn_in_all(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, each piece put in without a size in the one that is worn, if it comes in it.

    Not where another person is spoken of: "I wear 42, runners for me and loafers for my dad".
    """
    sizes = [act for act in acts if isinstance(act, a.TellSize) and act.size and not act.fit]
    if len(sizes) != 1 or context.question in ("size", "colour"):
        return list(acts)
    wished = [act for act in acts if not _only_tells(act, sizes[0])]
    persons = sum(word in RELATION_WORDS for word in words_of(text))
    several = persons > (sizes[0].whose == "theirs")
    if several or not any(isinstance(act, a.Add) for act in wished):
        return list(acts)
    return [_in_size(act, sizes[0], context) for act in wished]


def _only_tells(act: a.Act, told: a.TellSize) -> bool:
    """Whether the act has nothing but what was told of the size: the "navaa 44" of a list."""
    if not isinstance(act, a.Add | a.Set):
        return False
    bare = act.target in (a.Target(), a.Target(category=told.target.category))
    return bare and act.values == a.Values(size=told.size)


def _in_size(act: a.Act, told: a.TellSize, context: TurnContext) -> a.Act:
    if not isinstance(act, a.Add) or act.values.size or act.values.age is not None:
        return act
    pieces = [piece for piece in context.sold.pieces if _is_called(piece, act.target)]
    worn = told.target.category
    of_kind = worn is None or all(piece.category == worn for piece in pieces)
    sizes = {size_said(str(told.size), piece.sizes) for piece in pieces}
    if not pieces or not of_kind or None in sizes or ONE_SIZE in sizes:
        return act
    return act.model_copy(update={"values": act.values.model_copy(update={"size": told.size})})


def _is_called(piece: SoldPiece, target: a.Target) -> bool:
    named = target.name is None or spells(target.name, piece.name)
    kind = target.category is None or piece.category == target.category
    return named and kind and bool(target.name or target.category)
