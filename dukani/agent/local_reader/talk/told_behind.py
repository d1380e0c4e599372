"""Looks once for what is told in two parts: "white shirts for my husband, long sleeve".

And asks of the piece that a remark is of: "mum would love that dress. Do you have it in L?".
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.describing import is_of_kind
from dukani.domain.naming import spells


def as_told_behind(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """One search, where words of names of that kind follow by themselves.

    "Shirts? And the casio" looks for two: no shirt is called so.
    """
    joined: list[a.Act] = []
    for act in acts:
        before = joined[-1] if joined else None
        if (both := _named_of_kind(message, before, act)) is not None:
            joined[-1] = both
        else:
            joined.append(act)
    return joined


def _named_of_kind(message: Message, kind: a.Act | None, named: a.Act) -> a.Search | None:
    """The search for the kind by the name told behind it; None where no piece of it has that."""
    if not isinstance(kind, a.Search) or not isinstance(named, a.Search):
        return None
    name, category = named.name, kind.category
    if name is None or category is None or kind.name or kind.text:
        return None
    if named.model_copy(update={"name": None, "evidence": None}) != a.Search():
        return None
    called_so = any(
        spells(name, piece.name) and is_of_kind(category, piece.category, piece.name)
        for piece in message.context.sold.pieces
    )
    return kind.model_copy(update={"name": name}) if called_so else None


def asked_of_what_is_told(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The question alone, of the kind in view that is pointed at before it; no search for it.

    Nor is everything shown for "just checking. The vans are how much?".
    """
    if message.has("browse") and any(isinstance(act, a.AskPrice | a.AskStock) for act in acts):
        return [act for act in acts if act != a.Search()]
    if len(acts) != 2 or not message.tagged("@this"):
        return list(acts)
    named, asked = acts
    if not isinstance(named, a.Search) or not isinstance(asked, a.AskPrice | a.AskStock):
        return list(acts)
    bare = named.model_copy(update={"category": None, "text": None, "evidence": None}) == a.Search()
    if not bare or named.category is None or not asked.target.says_nothing:
        return list(acts)
    context = message.context
    shown = [(one.category, one.name) for one in (*context.options, context.focus) if one]
    ordered = [(line.category, line.name) for line in context.cart]
    if not any(is_of_kind(named.category, kind, name) for kind, name in (*shown, *ordered)):
        return list(acts)
    return [asked.model_copy(update={"target": a.Target(category=named.category)})]
