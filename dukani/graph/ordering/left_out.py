"""Keeps which lines left the order, so that a piece can be put back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.domain.pieces import Line
from dukani.graph.state import State

KEPT = 6  # the newest


def left_out_of(state: State, before: Sequence[Line], after: Sequence[Line]) -> list[list[Any]]:
    """[product id, colour, size, quantity] of what left and is not in the order, oldest first."""
    now = [_variant_of(_told(line)) for line in after]
    before_now = [*(state.get("left_out") or []), *(_told(line) for line in before)]
    went = [one for one in before_now if _variant_of(one) not in now]
    newest = {_variant_of(one): at for at, one in enumerate(went)}
    return [one for at, one in enumerate(went) if newest[_variant_of(one)] == at][-KEPT:]


def _told(line: Line) -> list[Any]:
    return [line.product_id, line.colour, line.size, line.quantity]


def _variant_of(one: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(one[:3])
