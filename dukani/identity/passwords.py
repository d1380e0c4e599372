"""Passwords: hashed with argon2id, in threads, and few at a time, since each takes 19 MB."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dukani.identity.errors import AuthRefused

SHORTEST = 8
LONGEST = 256
AT_ONCE = 4
# The least of the OWASP password storage cheat sheet.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class Passwords:
    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """The hash to keep. Raises AuthRefused for a password that is too weak."""
        require_strong(password)
        async with self._slots:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password; without a hash it is not, after as long a time."""
        async with self._slots:
            if hashed is None:
                await asyncio.to_thread(_matches, await self._nobodys_hash(), password)
                return False
            return await asyncio.to_thread(_matches, hashed, password)

    async def _nobodys_hash(self) -> str:
        if self._nobodys is None:
            self._nobodys = await asyncio.to_thread(_HASHER.hash, "nobody's password")
        return self._nobodys


def is_outdated(hashed: str) -> bool:
    """Whether a hash was made with other costs than are used now."""
    return _HASHER.check_needs_rehash(hashed)


def require_strong(password: str) -> None:
    if SHORTEST <= len(password) <= LONGEST:
        return
    raise AuthRefused(
        f"Password should be at least {SHORTEST} characters, and at most {LONGEST}.",
        code="weak_password",
        status=422,
        weak_password={"reasons": ["length"]},
    )


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
