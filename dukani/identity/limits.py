"""Rate limits of the auth service: by address, by account, and by both.

Phones of a whole network share an address here, so an address may do a lot; one account at one
address may try few passwords, and an account as a whole some more, lest it be guessed from many
addresses. With a Redis the processes count together, else each by itself.
"""

from __future__ import annotations

import asyncio
import time

import structlog
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from dukani.core.errors import TooManyRequests

log = structlog.get_logger()

REDIS_S = 0.2

ATTEMPTS_HERE = RateLimitItemPerMinute(10, 10)  # passwords for one account from one address
ATTEMPTS = RateLimitItemPerHour(100)  # for one account
SIGN_INS = RateLimitItemPerMinute(100, 5)  # from one address
REFRESHES = RateLimitItemPerMinute(600, 5)
SIGNUPS = RateLimitItemPerHour(20)
VERIFICATIONS = RateLimitItemPerMinute(60, 5)
MAILS = RateLimitItemPerHour(5)  # to one address of mail
INVITATIONS_TO = RateLimitItemPerHour(5)  # to one address of mail
INVITATIONS = RateLimitItemPerHour(30)  # of one boutique
MAILS_ASKED = RateLimitItemPerHour(60)  # from one address


class AuthLimits:
    """Moving windows. A Redis that is away leaves each process to itself."""

    def __init__(self, *, redis_url: str | None = None) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None

    async def take(self, limit: RateLimitItem, *whose: str) -> None:
        """Count one. Raises TooManyRequests, which says when the next may come."""
        key = (limit.namespace, *whose)
        if self._shared is not None:
            try:
                async with asyncio.timeout(REDIS_S):
                    return await _take(self._shared, limit, *key)
            except TooManyRequests:
                raise
            except Exception as error:  # a limit must never be why nobody can sign in
                log.warning("redis_away", reason=type(error).__name__)
        return await _take(self._own, limit, *key)

    async def password_attempt(self, *, address: str, email: str) -> None:
        await self.take(SIGN_INS, "sign-in", address)
        await self.take(ATTEMPTS_HERE, "attempt", address, email)
        await self.take(ATTEMPTS, "attempt", email)

    async def mail(self, *, address: str, email: str) -> None:
        await self.take(MAILS_ASKED, "mail", address)
        await self.take(MAILS, "mail", email)

    async def invitation(self, *, email: str, whose: str | None) -> None:
        """Of an owner, who may not fill a stranger's mailbox, nor everybody's."""
        if whose is not None:
            await self.take(INVITATIONS, "invitation", whose)
        await self.take(INVITATIONS_TO, "invitation-to", email)


async def _take(limiter: MovingWindowRateLimiter, limit: RateLimitItem, *key: str) -> None:
    if await limiter.hit(limit, *key):
        return
    window = await limiter.get_window_stats(limit, *key)
    raise TooManyRequests(retry_after_s=max(1.0, window.reset_time - time.time()))


def _redis(url: str) -> Storage:
    # Imported where it is used: most installations have no Redis.
    from limits.aio.storage import RedisStorage

    return RedisStorage(f"async+{url}", implementation="redispy", key_prefix="dukani-auth")
