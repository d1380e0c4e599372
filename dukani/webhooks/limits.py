"""What of the limits is counted in this process: strangers, and when the owner was told.

How fast a known number's messages are answered is decided where they are kept (`core/store/pace`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from cachetools import TTLCache
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

# Calls nobody can be held to account for: unknown numbers, unknown payment addresses.
STRANGERS_PER_MINUTE = 60
MAX_BOUTIQUES = 4096
QUIET_S = 600.0  # between looks whether the owner knows of a flood: the database decides


class Limits:
    """Sliding windows, so that no minute's border lets twice as much through."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._stranger = RateLimitItemPerMinute(STRANGERS_PER_MINUTE)
        self._told: TTLCache[str, bool] = TTLCache(MAX_BOUTIQUES, QUIET_S, timer=clock)

    async def allow_stranger(self, provider: str) -> bool:
        return await self._limiter.hit(self._stranger, "stranger", provider)

    def is_worth_telling(self, boutique_id: str) -> bool:
        """Whether a flood at this boutique may be news: a flood must not cost a look each."""
        if boutique_id in self._told:
            return False
        self._told[boutique_id] = True
        return True
