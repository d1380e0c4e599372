"""Rate limits counted in this process: calls of strangers, and notes to the owner of a flood.

The pace of a known number's messages is limited in the database (`core/store/pace`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from cachetools import TTLCache
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

# Calls to unknown numbers and unknown payment addresses.
STRANGERS_PER_MINUTE = 60
MAX_BOUTIQUES = 4096
QUIET_S = 600.0  # between queries whether the owner was told of a flood


class Limits:
    """Sliding windows: a fixed minute would let twice as much through around its border."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._stranger = RateLimitItemPerMinute(STRANGERS_PER_MINUTE)
        self._told: TTLCache[str, bool] = TTLCache(MAX_BOUTIQUES, QUIET_S, timer=clock)

    async def allow_stranger(self, provider: str) -> bool:
        return await self._limiter.hit(self._stranger, "stranger", provider)

    def may_be_news(self, boutique_id: str) -> bool:
        """Whether to ask the database if the owner knows of a flood: once in QUIET_S."""
        if boutique_id in self._told:
            return False
        self._told[boutique_id] = True
        return True
