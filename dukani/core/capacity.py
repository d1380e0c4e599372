"""How many turns may wait for the outside world at once, by what they wait for.

A turn fetches photos and sends its first answer itself, which saves a job for each. So that one
slow provider, or one who sends photos that drip, does not hold every slot of a worker, there is
only so much room for it, and only so much of that for one boutique. Without room the queue does
it later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from dukani.core.channels import MessagingProvider
from dukani.core.work_slots import MOST_ASIDE

FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 30.0


class Capacity:
    """At most `slots` at once, `per_boutique` of them for one boutique."""

    def __init__(self, slots: int, per_boutique: int) -> None:
        self._slots = slots
        self._per_boutique = per_boutique
        self._inside: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def has_for(self, boutique_id: str) -> bool:
        """Whether one more of the boutique's may come in."""
        within = self._inside.total() < self._slots
        return within and self._inside[boutique_id] < self._per_boutique

    @contextmanager
    def held(self, boutique_id: str) -> Iterator[None]:
        """One slot is taken for the length of the block."""
        self._inside[boutique_id] += 1
        try:
            yield
        finally:
            self._inside[boutique_id] -= 1
            self._inside += Counter()  # forget whoever holds nothing
            self._refused.pop(boutique_id, None)

    def wait(self, boutique_id: str) -> timedelta:
        """How long to stay away when there was no room: the longer, the more wait already."""
        self._refused[boutique_id] += 1
        share = self._refused[boutique_id] / self._per_boutique
        return timedelta(seconds=min(FIRST_WAIT_S * share, LONGEST_WAIT_S))


def _by_provider() -> dict[MessagingProvider, Capacity]:
    return {"twilio": Capacity(10, 5), "meta": Capacity(10, 5)}


@dataclass(frozen=True, slots=True)
class Capacities:
    """Of one process. Together less than the slots of turns, so that some only think; who waits
    for a mind holds none of those.
    """

    media: Capacity = field(default_factory=lambda: Capacity(6, 2))
    minds: Capacity = field(default_factory=lambda: Capacity(MOST_ASIDE, MOST_ASIDE // 2))
    sending: dict[MessagingProvider, Capacity] = field(default_factory=_by_provider)
