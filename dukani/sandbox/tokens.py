"""Daraja's access tokens."""

from __future__ import annotations

import secrets
import time

from dukani.sandbox.accounts import SandboxAccount

TOKEN_LIFETIME_S = 3599


class Tokens:
    """Who holds which access token."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}

    def grant(self, account: SandboxAccount) -> str:
        """A new token for an account."""
        token = secrets.token_urlsafe(21)
        self._held[token] = (account.key, time.monotonic() + TOKEN_LIFETIME_S)
        return token

    def end(self, authorization: str) -> None:
        """This token is dead before its time."""
        self._held.pop(authorization.removeprefix("Bearer "), None)

    def holder(self, authorization: str) -> str | None:
        """The key of the account whose live token this is."""
        key, ends_at = self._held.get(authorization.removeprefix("Bearer "), (None, 0.0))
        return key if time.monotonic() < ends_at else None
