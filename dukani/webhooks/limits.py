"""What of the limits is counted in this process: strangers, and when the owner was told.

How fast a known number's messages are answered is decided where they are kept (`core/store/pace`).
"""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

# Calls nobody can be held to account for: unknown numbers, unknown payment addresses.
STRANGERS_PER_MINUTE = 60
MAX_BOUTIQUES = 4096
QUIET_S = 600.0  # between looks whether the owner knows of a flood: the database decides


class Limits:
    """Sliding windows, so that no minute's border lets twice as much through."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._stranger = RateLimitItemPerMinute(STRANGERS_PER_MINUTE)
        self._told_at: dict[str, float] = {}

    async def allow_stranger(self, provider: str) -> bool:
        return await self._limiter.hit(self._stranger, "stranger", provider)

    def is_worth_telling(self, boutique_id: str) -> bool:
        """Whether a flood at this boutique may be news: a flood must not cost a look each."""
        now = time.monotonic()
        if now - self._told_at.get(boutique_id, -QUIET_S) < QUIET_S:
            return False
        if len(self._told_at) >= MAX_BOUTIQUES:
            self._told_at.clear()
        self._told_at[boutique_id] = now
        return True
