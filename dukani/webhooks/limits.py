"""How much one sender and one boutique may receive a minute, counted in this process."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from dukani.core.settings import Limits as LimitSettings

# Calls nobody can be held to account for: unknown numbers, unknown payment addresses.
STRANGERS_PER_MINUTE = 60
STOPS_PER_MINUTE = 3  # a stop is heard over the limit, but it is no way around it


class Limits:
    """Sliding windows, so that no minute's border lets twice as much through."""

    def __init__(self, settings: LimitSettings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._sender = RateLimitItemPerMinute(settings.sender_per_minute)
        self._boutique = RateLimitItemPerMinute(settings.boutique_per_minute)
        self._stop = RateLimitItemPerMinute(STOPS_PER_MINUTE)
        self._stranger = RateLimitItemPerMinute(STRANGERS_PER_MINUTE)

    async def allow(self, boutique_id: str, sender: str) -> bool:
        """Count one message. A sender over the limit does not use up the boutique's."""
        return await self._limiter.hit(
            self._sender, "sender", boutique_id, sender
        ) and await self._limiter.hit(self._boutique, "boutique", boutique_id)

    async def allow_stop(self, boutique_id: str, sender: str) -> bool:
        return await self._limiter.hit(self._stop, "stop", boutique_id, sender)

    async def allow_stranger(self, provider: str) -> bool:
        return await self._limiter.hit(self._stranger, "stranger", provider)
