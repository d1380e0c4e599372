"""Tells edits that the rules read as the questions they are, where the network reads no edit."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.operations import Beside, Operation
from dukani.agent.local_reader.learned.sureness import ABOUT_PIECES
from dukani.domain import acts as a
from dukani.domain.context import TurnContext


def questions_of(
    acts: Sequence[a.Act], meant: Sequence[Operation], context: TurnContext
) -> list[a.Act]:
    """What is asked about the pieces of the edits: to see them, or whether they are there."""
    removed = [act for act in acts if isinstance(act, a.Remove)]
    if removed and not context.cart:
        return [_search(act.target, a.Values()) for act in removed if _is_named(act)]
    wished = [act for act in acts if isinstance(act, a.Add | a.Set)]
    if Beside("look") in meant:
        return [_search(act.target, act.values) for act in wished if _is_named(act)]
    if Beside("ask") in meant:
        return [a.AskStock(target=act.target, values=_to_be_had(act.values)) for act in wished]
    return []


def about_the_piece(others: Sequence[a.Act], acts: Sequence[a.Act]) -> tuple[a.Act, ...]:
    """The questions, of the piece read as wished: "I like the vans. Is it there in red?"."""
    wished = [act.target for act in acts if isinstance(act, a.Add) and not act.target.says_nothing]
    if len(wished) != 1:
        return tuple(others)
    return tuple(
        act.model_copy(update={"target": wished[0]})
        if isinstance(act, ABOUT_PIECES) and act.target.says_nothing
        else act
        for act in others
    )


def _is_named(act: a.Add | a.Set | a.Remove) -> bool:
    return bool(act.target.name or act.target.category)


def _search(target: a.Target, values: a.Values) -> a.Search:
    return a.Search(
        name=target.name,
        category=target.category,
        colour=values.colour or target.colour,
        size=values.size or target.size,
        age=values.age,
    )


def _to_be_had(values: a.Values) -> a.Values:
    return a.Values(colour=values.colour, size=values.size, age=values.age)
