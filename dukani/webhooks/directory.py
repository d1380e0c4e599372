"""Finds whose a receiving number is; caches it for 30 seconds, as every message asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache

from dukani.core.channels import MessagingProvider
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials
from dukani.core.store.boutiques import Boutique
from dukani.core.store.credentials import Credentials
from dukani.tools.shared_number import shared_keys

TTL_S = 30.0
MAX_NUMBERS = 4096


@dataclass(frozen=True, slots=True)
class InboundNumber:
    """A boutique's number and the credentials it is verified with."""

    boutique: Boutique
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """The platform's number, of several boutiques: whose a message is, its content must tell."""

    credentials: Credentials


class Directory:
    """Finds numbers. Unknown numbers are not cached: anyone could fill the cache with them."""

    def __init__(self, services: Services, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._numbers: TTLCache[tuple[MessagingProvider, str], InboundNumber] = TTLCache(
            MAX_NUMBERS, TTL_S, timer=clock
        )

    async def find(
        self, provider: MessagingProvider, account: str
    ) -> InboundNumber | SharedNumber | None:
        """Whose number it is. Raises ConfigurationError when no key decrypts its secrets."""
        shared = shared_keys(self._services.settings)
        if shared is not None and (shared.provider, shared.account) == (provider, account):
            return SharedNumber(shared)
        number = self._numbers.get((provider, account))
        if number is not None:
            return number
        number = await self._look_up(provider, account)
        if number is not None:
            self._numbers[provider, account] = number
        return number

    async def _look_up(self, provider: MessagingProvider, account: str) -> InboundNumber | None:
        async with self._services.database.system_connection() as conn:
            boutique = await boutiques.by_inbound_number(conn, provider=provider, account=account)
            if boutique is None:
                return None
            keys = await credentials.get(
                conn, boutique_id=boutique.id, provider=provider, box=self._services.secrets
            )
        return InboundNumber(boutique, keys) if keys is not None else None
