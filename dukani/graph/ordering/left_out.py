"""Keeps which lines left the order, so that a piece can be put back as it was."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.pieces import Line
from dukani.graph.state import State

KEPT = 6  # the newest


def left_out_of(state: State, before: Sequence[Line], after: Sequence[Line]) -> list[list[str]]:
    """[product id, colour, size] of what left the order and is not in it now, oldest first."""
    now = [_told(line) for line in after]
    before_now = [*(state.get("left_out") or []), *(_told(line) for line in before)]
    went = [one for one in before_now if one not in now]
    return [one for at, one in enumerate(went) if one not in went[at + 1 :]][-KEPT:]


def _told(line: Line) -> list[str]:
    return [line.product_id, line.colour, line.size]
