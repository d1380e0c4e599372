"""Rate limits: calls of strangers, and notes to the owner of a flood.

With a Redis the API's processes count strangers together, else each by itself; a Redis that is away
leaves each by itself too. The pace of a known number's messages is limited in the database
(`core/store/pace`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from cachetools import TTLCache
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

# Calls to unknown numbers and unknown payment addresses.
STRANGERS_PER_MINUTE = 60
MAX_BOUTIQUES = 4096
QUIET_S = 600.0  # between queries whether the owner was told of a flood
REDIS_S = 0.2  # seconds a Redis may take

log = structlog.get_logger()


class Limits:
    """Sliding windows: a fixed minute would let twice as much through around its border."""

    def __init__(
        self, *, redis_url: str | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = _shared_limiter(redis_url) if redis_url else None
        self._stranger = RateLimitItemPerMinute(STRANGERS_PER_MINUTE)
        self._told: TTLCache[str, bool] = TTLCache(MAX_BOUTIQUES, QUIET_S, timer=clock)

    async def allow_stranger(self, provider: str) -> bool:
        if self._shared is not None:
            try:
                async with asyncio.timeout(REDIS_S):
                    return await self._shared.hit(self._stranger, "stranger", provider)
            except Exception as error:  # a limit must never be why a webhook fails
                log.warning("redis_away", reason=type(error).__name__)
        return await self._own.hit(self._stranger, "stranger", provider)

    def may_be_news(self, boutique_id: str) -> bool:
        """Whether to ask the database if the owner knows of a flood: once in QUIET_S."""
        if boutique_id in self._told:
            return False
        self._told[boutique_id] = True
        return True


def _shared_limiter(url: str) -> SlidingWindowCounterRateLimiter:
    # Imported where it is used: most installations have no Redis.
    from limits.aio.storage import RedisStorage

    storage = RedisStorage(f"async+{url}", implementation="redispy", key_prefix="dukani")
    return SlidingWindowCounterRateLimiter(storage)
