"""How far a recipient's message has come, by all that was told of it. Pure.

Providers tell statuses late, twice and in any order, so the state is computed from all of them and
never from the last. What arrived has arrived: `delivered` after `failed` counts, and `read` counts
without `delivered`. A message that failed may be tried anew, as another message: only the current
try can fail or be on its way, but any of them may have arrived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dukani.domain.campaigns import RecipientState

Status = Literal["accepted", "sent", "delivered", "read", "failed"]

_ARRIVED: tuple[Literal["read"], Literal["delivered"]] = ("read", "delivered")


@dataclass(frozen=True, slots=True)
class Told:
    """One status; `message` is the provider's id of what it is about."""

    message: str
    status: Status
    code: str | None = None


def next_state(state: RecipientState, told: Iterable[Told], *, current: str | None) -> Told | None:
    """What decides the state now, whatever the order of `told`; None: nothing does.

    `current` is the provider's id of the current try's message, if it is known.
    """
    known = list(told)
    for status in _ARRIVED:
        arrived = min(
            (one for one in known if one.status == status),
            key=lambda one: one.message,
            default=None,
        )
        if arrived is not None:
            return arrived
    # Who is planned is not posted to in this try: an earlier one can only have arrived.
    if state == "planned" or current is None:
        return None
    of_this_try = {one.status: one for one in known if one.message == current}
    under_way: tuple[Status, ...] = ("failed", "sent", "accepted")
    return next((of_this_try[status] for status in under_way if status in of_this_try), None)
