"""Joins a count and the parts it is made of: "two white pairs. Mine is 38 and my mum's 39"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain import acts as a


def counted_out(acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts with a count and the parts that make it up as one Add for each part."""
    told: list[a.Act] = []
    at = 0
    while at < len(acts):
        parts = _parts_of(acts[at], acts[at + 1 :])
        told += parts or [acts[at]]
        at += 1 + len(parts)
    return told


def _parts_of(told: a.Act, following: Sequence[a.Act]) -> list[a.Act]:
    """An Add for each of the next acts that tell of one part; nothing where they make no sum."""
    whole = _counted(told)
    if whole is None:
        return []
    parts: list[a.Act] = []
    left = whole.values.quantity or 0
    for act in following:
        if left == 0 or not isinstance(act, a.Add) or not _tells_a_part(act, whole):
            break
        said = act.values.model_dump(exclude_none=True)
        left -= act.values.quantity or 1
        values = whole.values.model_copy(update={"quantity": None, **said})
        parts.append(whole.model_copy(update={"values": values}))
    return parts if left == 0 and len(parts) > 1 else []


def _counted(act: a.Act) -> a.Add | None:
    """Several pieces wanted: as an Add, also where a bare count was read as a value."""
    if isinstance(act, a.Set) and act == a.Set(values=a.Values(quantity=act.values.quantity)):
        act = a.Add(values=act.values)
    if not isinstance(act, a.Add) or act.another or (act.values.quantity or 0) < 2:
        return None
    return act


def _tells_a_part(act: a.Add, whole: a.Add) -> bool:
    """Whether only a value is told that was not told of all."""
    again = whole.target.model_copy(update={"colour": act.values.colour})
    bare = act.target in (a.Target(), a.Target(colour=act.values.colour), whole.target, again)
    new = (act.values.size and not whole.values.size) or (
        act.values.colour and not whole.values.colour
    )
    return bare and not act.another and bool(new)
