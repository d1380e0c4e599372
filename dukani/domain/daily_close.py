"""The day's close: what should be there, held against what was counted.

For each way of paying, a person who is counted alone answers for what she took; all the rest (the
drawer's float, what was paid out of it, what the assistant took, and whoever is not counted alone)
is counted together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dukani.core.store.takings import Taking

CountedMethod = Literal["cash", "mpesa"]
COUNTED: tuple[CountedMethod, ...] = get_args(CountedMethod)
# Why what was counted is not what should be there. `unknown` is said, not left out.
DifferenceReason = Literal[
    "wrong_change", "not_written_down", "spent", "unclaimed_money", "not_on_statement",
    "counted_late", "unknown",
]  # fmt: skip

Place = tuple[CountedMethod, str | None]  # None: all who are not counted alone


@dataclass(frozen=True, slots=True)
class PaidOut:
    """Taken from the drawer during the day, and for what."""

    what: str
    amount_minor: int


def should_be_there(
    takings: Iterable[Taking],
    *,
    float_minor: int,
    paid_out: Sequence[PaidOut],
    alone: Iterable[Place] = (),
) -> dict[Place, int]:
    """What to expect in each place; `alone` names the persons who are counted by themselves.

    The places of a method always add up to the method's money, whoever is counted alone.
    """
    counted_alone = set(alone)
    expected: dict[Place, int] = {(method, None): 0 for method in COUNTED}
    expected |= dict.fromkeys(counted_alone, 0)
    expected["cash", None] += float_minor - sum(one.amount_minor for one in paid_out)
    for taking in takings:
        for method in COUNTED:
            if taking.method == method:
                whose = (method, taking.user_id)
                place = whose if whose in counted_alone else (method, None)
                expected[place] += taking.sum_minor
    return expected


def came_since(then: Mapping[Place, int], now: Mapping[Place, int]) -> dict[CountedMethod, int]:
    """By how much each method's money is another now; without those that stayed."""
    changed = {
        method: sum(sum_ for place, sum_ in now.items() if place[0] == method)
        - sum(sum_ for place, sum_ in then.items() if place[0] == method)
        for method in COUNTED
    }
    return {method: sum_ for method, sum_ in changed.items() if sum_}
