"""Gives each child told of first its piece: "one is 4, one is 7, a navy tracksuit and a dress"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.edits.group import Group


def with_ages_paired(chunks: Sequence[Group]) -> list[Group]:
    """The chunks, with ages told first joined in turn to as many pieces named behind them."""
    aged = list(itertools.takewhile(lambda chunk: chunk.slots == {"age"}, chunks))
    pieces = list(chunks[len(aged) :])
    if len(aged) < 2 or len(aged) != len(pieces):
        return list(chunks)
    if any(not part.heads or "age" in part.slots for part in pieces):
        return list(chunks)
    return [
        replace(part, finds=(*part.finds, *child.finds))
        for child, part in zip(aged, pieces, strict=True)
    ]
