"""Keeps what left the order, so that a piece can be put back as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dukani.domain.pieces import LeftOut, Line
from dukani.graph.state import State

KEPT = 6  # the newest


def left_out_in(state: State) -> tuple[LeftOut, ...]:
    """What left the order, the newest first; what an older program kept without names is not."""
    kept = state.get("left_out") or []
    return tuple(LeftOut(**one) for one in reversed(kept) if isinstance(one, dict))


def left_out_of(
    state: State, before: Sequence[Line], after: Sequence[Line], *, swapped: bool = False
) -> list[dict[str, Any]]:
    """The units that have left and are not in the order again, oldest first.

    Where units of one line became a new line, of the same piece or by a swap, that line stands in
    their place.
    """
    had = {line.variant_id: line for line in before}
    now = Counter({line.variant_id: line.quantity for line in after})
    lost = Counter({id_: line.quantity for id_, line in had.items()}) - now
    gained = now - Counter({id_: line.quantity for id_, line in had.items()})
    instead = _instead(lost, gained, had, after, swapped=swapped)
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


def _instead(
    lost: Counter[str],
    gained: Counter[str],
    had: Mapping[str, Line],
    after: Sequence[Line],
    *,
    swapped: bool,
) -> str | None:
    """The one line that came in the place of the one that lost units."""
    if not len(gained) == len(lost) == 1 or next(iter(gained)) in had:
        return None
    went, came = had[next(iter(lost))], next(x for x in after if x.variant_id in gained)
    return came.variant_id if swapped or came.product_id == went.product_id else None


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
