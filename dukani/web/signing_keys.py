"""The public keys that sign access tokens, as a JSON Web Key Set (RFC 7517) publishes them.

The set is fetched when it is first needed, again when it is old, and again when a token names a key
that is not in it: a rotated key then counts at once, while the old one counts as long as it is
published. How often the set is fetched for unknown keys is limited, because anybody can name one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import httpx
import jwt
import structlog
from jwt import PyJWK

from dukani.core.errors import ProviderUnavailable

log = structlog.get_logger()

KEPT_S = 600.0  # a key that is withdrawn counts no longer than this
BETWEEN_FETCHES_S = 5.0
FETCH_TIMEOUT_S = 5.0
# Public keys only: a shared secret is never published.
_KINDS = {("EC", "P-256"): "ES256", ("RSA", None): "RS256"}

FetchKeys = Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]


class SigningKeys:
    """The keys by their id. `fetch` returns the JWKs; an error of it keeps the keys known so far.

    Each key has one algorithm, so that a token cannot choose another for it.
    """

    def __init__(self, fetch: FetchKeys, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching = asyncio.Lock()

    async def get(self, kid: str) -> PyJWK | None:
        """The key with this id; None if there is none.

        Raises ProviderUnavailable when no keys could be fetched yet.
        """
        if kid not in self._keys or self._is_old():
            await self._refresh(kid)
        return self._keys.get(kid)

    def _is_old(self) -> bool:
        return self._fetched_at is None or self._clock() - self._fetched_at > KEPT_S

    async def _refresh(self, kid: str) -> None:
        async with self._fetching:
            if kid in self._keys and not self._is_old():
                return  # fetched while this one waited
            if self._tried_at is None or self._clock() - self._tried_at >= BETWEEN_FETCHES_S:
                await self._fetch_now()
        if self._fetched_at is None:
            raise ProviderUnavailable("no signing keys", provider="auth")

    async def _fetch_now(self) -> None:
        self._tried_at = self._clock()
        try:
            published = await self._fetch()
        except Exception as error:  # whatever it is, the keys known so far are tried
            log.warning("signing_keys_not_fetched", reason=f"{type(error).__name__}: {error}")
            return
        self._keys = {key.key_id: key for key in map(_key_of, published) if key and key.key_id}
        self._fetched_at = self._clock()


def _key_of(jwk: Mapping[str, Any]) -> PyJWK | None:
    """The key of a JWK; None for a kind we do not trust, or an unreadable one."""
    algorithm = _KINDS.get((str(jwk.get("kty")), jwk.get("crv")))
    if algorithm is None or jwk.get("alg", algorithm) != algorithm:
        return None
    try:
        return PyJWK({**jwk}, algorithm)
    except (jwt.PyJWTError, ValueError) as error:
        log.warning("signing_key_unreadable", kid=jwk.get("kid"), reason=str(error))
        return None


def keys_at(http: httpx.AsyncClient, auth_url: str) -> FetchKeys:
    """Fetches the keys that an auth service (Supabase's, at `…/auth/v1`) publishes."""
    address = f"{auth_url.rstrip('/')}/.well-known/jwks.json"

    async def fetch() -> Sequence[Mapping[str, Any]]:
        answer = await http.get(address, timeout=FETCH_TIMEOUT_S)
        answer.raise_for_status()
        keys = answer.json()["keys"]
        return [key for key in keys if isinstance(key, Mapping)]

    return fetch
