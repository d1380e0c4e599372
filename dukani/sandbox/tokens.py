"""Issues and checks the access tokens of the sandbox's Daraja."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from cachetools import TTLCache

from dukani.sandbox.accounts import SandboxAccount

TOKEN_LIFETIME_S = 3599
MOST_TOKENS = 10_000


class Tokens:
    """The accounts of the access tokens."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._held: TTLCache[str, str] = TTLCache(MOST_TOKENS, TOKEN_LIFETIME_S, timer=clock)

    def grant(self, account: SandboxAccount) -> str:
        """A new token for an account."""
        token = secrets.token_urlsafe(21)
        self._held[token] = account.key
        return token

    def end(self, authorization: str) -> None:
        """Invalidate a token before its time."""
        self._held.pop(authorization.removeprefix("Bearer "), None)

    def holder(self, authorization: str) -> str | None:
        """The key of a valid token's account."""
        return self._held.get(authorization.removeprefix("Bearer "))
