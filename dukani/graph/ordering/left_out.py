"""Keeps which lines left the order, so that a piece can be put back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.domain.pieces import Line
from dukani.graph.state import State

KEPT = 6  # the newest


def left_out_of(state: State, before: Sequence[Line], after: Sequence[Line]) -> list[list[Any]]:
    """[variant id, quantity] of what left the order and is not in it now, oldest first."""
    now = {line.variant_id for line in after}
    went = [one for one in state.get("left_out") or [] if one[0] not in now]
    went += [[line.variant_id, line.quantity] for line in before if line.variant_id not in now]
    return went[-KEPT:]
