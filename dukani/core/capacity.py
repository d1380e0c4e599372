"""Limits how many turns wait for photos, language models and providers at once (a bulkhead).

A turn fetches photos and sends its first answer itself, which saves a job for each. The limits,
of one process and of one boutique in it, keep a slow provider or a slow photo from occupying every
slot of a worker. Beyond the limit the queue does the work later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import get_args

from dukani.core.channels import MessagingProvider, WhatsAppProvider
from dukani.core.work_slots import MOST_ASIDE

FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 30.0


class Capacity:
    """A limit of `slots` at once, `per_boutique` of them for one boutique."""

    def __init__(self, slots: int, per_boutique: int) -> None:
        self._slots = slots
        self._per_boutique = per_boutique
        self._inside: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def has_for(self, boutique_id: str) -> bool:
        """Whether a slot is free for the boutique."""
        within = self._inside.total() < self._slots
        return within and self._inside[boutique_id] < self._per_boutique

    @contextmanager
    def held(self, boutique_id: str) -> Iterator[None]:
        """Take one slot for the length of the block."""
        self._inside[boutique_id] += 1
        try:
            yield
        finally:
            self._inside[boutique_id] -= 1
            self._inside += Counter()  # drops boutiques with a count of 0
            self._refused.pop(boutique_id, None)

    def wait(self, boutique_id: str) -> timedelta:
        """The delay until the next try when no slot is free; longer after more refused tries."""
        self._refused[boutique_id] += 1
        share = self._refused[boutique_id] / self._per_boutique
        return timedelta(seconds=min(FIRST_WAIT_S * share, LONGEST_WAIT_S))


def _by_provider() -> dict[MessagingProvider, Capacity]:
    return {provider: Capacity(10, 5) for provider in get_args(WhatsAppProvider)}


@dataclass(frozen=True, slots=True)
class Capacities:
    """The limits of one process.

    Those of media and sending together are below the slots of turns, so that some slots stay free
    of waiting. A turn that waits for a language model holds no slot. A turn sends no SMS.
    """

    media: Capacity = field(default_factory=lambda: Capacity(6, 2))
    minds: Capacity = field(default_factory=lambda: Capacity(MOST_ASIDE, MOST_ASIDE // 2))
    sending: dict[MessagingProvider, Capacity] = field(default_factory=_by_provider)
