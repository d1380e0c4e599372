"""Keeps what left the order, so that a piece can be put back as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dukani.domain.pieces import LeftOut, Line
from dukani.graph.state import State

KEPT = 6  # the newest


def left_out_in(state: State) -> tuple[LeftOut, ...]:
    """What left the order, the newest first; what an older program kept without names is not."""
    kept = state.get("left_out") or []
    return tuple(LeftOut(**one) for one in reversed(kept) if isinstance(one, dict))


def left_out_of(
    state: State, before: Sequence[Line], after: Sequence[Line]
) -> list[dict[str, Any]]:
    """The units that have left and are not in the order again, oldest first.

    Where one line went and one came, the one stands in the place of the other.
    """
    had = {line.variant_id: line for line in before}
    now = Counter({line.variant_id: line.quantity for line in after})
    lost = Counter({id_: line.quantity for id_, line in had.items()}) - now
    gained = now - Counter({id_: line.quantity for id_, line in had.items()})
    instead = next(iter(gained)) if len(gained) == len(lost) == 1 else None
    earlier = [
        one
        for went in reversed(left_out_in(state))
        if (one := _as_it_stands(went, lost, gained, instead)) is not None
    ]
    went = [
        LeftOut(**had[id_].model_dump() | {"quantity": units, "replaced_by": instead})
        for id_, units in lost.items()
    ]
    newest = [one for one in earlier if one.variant_id not in lost] + went
    return [one.model_dump(mode="json") for one in newest[-KEPT:]]


def _as_it_stands(
    went: LeftOut, lost: Counter[str], gained: Counter[str], instead: str | None
) -> LeftOut | None:
    """What is still out, and which line stands in its place now."""
    units = went.quantity - gained[went.variant_id]
    if units < 1:
        return None
    place = went.replaced_by
    place = instead if place is not None and place in lost else place
    return went.model_copy(update={"quantity": units, "replaced_by": place})
