"""A token bucket as one moment: when its next token is free. Pure.

Each message takes the next free moment. Nothing is saved up but a `burst`: in any span of time at
most so many messages more leave than the rate allows, and a job that woke late catches up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Bucket:
    """`next_at` is the next free moment, none when nothing was taken yet; `each` is between two."""

    next_at: datetime | None
    each: timedelta
    burst: int = 1

    def free(self, now: datetime) -> int:
        """How many may leave now."""
        ahead = now - self._from(now)
        return 0 if ahead < timedelta(0) else int(ahead / self.each) + 1

    def wait(self, now: datetime) -> timedelta:
        """Until one may leave."""
        return max(self._from(now) - now, timedelta(0))

    def after(self, taken: int, now: datetime) -> datetime:
        """The next free moment once so many more have left."""
        return self._from(now) + self.each * taken

    def _from(self, now: datetime) -> datetime:
        earliest = now - self.each * (self.burst - 1)
        return max(self.next_at, earliest) if self.next_at else now


def every(per_minute: float) -> timedelta:
    return timedelta(minutes=1) / per_minute
