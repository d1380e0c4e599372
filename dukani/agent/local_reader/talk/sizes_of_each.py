"""Gives each size told behind a piece to that piece: "the linen one for both. 38 and 40"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain import acts as a


def sizes_of_each(acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with one Add of the piece per size in the place of the piece and of bare sizes.

    Only of a piece told without a size or a count of several, with two sizes or more behind it.
    """
    adds = [act for act in acts if isinstance(act, a.Add)]
    if len(adds) < 3 or not _lacks_size(adds[0]) or not all(map(_is_bare_size, adds[1:])):
        return list(acts)
    head, sized = adds[0], adds[1:]
    if (head.values.quantity or 1) not in (1, len(sized)):
        return list(acts)
    folded: list[a.Act] = []
    for act in acts:
        if isinstance(act, a.Add) and act is not head:
            told = {"size": act.values.size, "quantity": act.values.quantity or 1}
            values = head.values.model_copy(update=told)
            whose = act.for_whom or head.for_whom
            folded.append(head.model_copy(update={"values": values, "for_whom": whose}))
        elif act is not head:
            folded.append(act)
    return folded


def _lacks_size(add: a.Add) -> bool:
    values, target = add.values, add.target
    named = target.name or target.category or target.option is not None
    return bool(named) and values.size is None and values.age is None and target.size is None


def _is_bare_size(add: a.Add) -> bool:
    """Whether nothing but a size is told, perhaps with a count."""
    values = add.values
    told = a.Values(size=values.size, quantity=values.quantity)
    return values.size is not None and values == told and add.target == a.Target()
