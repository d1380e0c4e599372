"""Pairs pieces with values told behind in the same order: "polo na linen, navy na white"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.edits.group import HEADS, Group

VALUES = frozenset(("colour", "size", "age"))


def paired(found: Sequence[Group]) -> list[Group]:
    """The groups, the first half each with the values of its fellow in the second half."""
    half = len(found) // 2
    pieces, told = found[:half], found[half:]
    if half < 2 or len(found) % 2 or not all(map(_only_named, pieces)):
        return list(found)
    slots = {frozenset(group.slots) for group in told}
    if len(slots) != 1 or not next(iter(slots)) <= VALUES:
        return list(found)
    if len({tuple(str(f.value) for f in group.finds) for group in pieces}) != half:
        return list(found)
    return [
        replace(piece, finds=(*piece.finds, *values.finds))
        for piece, values in zip(pieces, told, strict=True)
    ]


def _only_named(group: Group) -> bool:
    return bool(group.heads) and group.slots <= set(HEADS)
