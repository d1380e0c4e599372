"""The pace of the number that a campaign is sent from, and of the one it may share with others.

A boutique on the platform's number has a pace of its own on it, so that one cannot take all of it,
and all of them together have the number's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dukani.campaigns.pacing import Bucket
from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.settings import Settings
from dukani.core.store import sending_paces
from dukani.tools.messengers import marketing_interval

BURST_OF_A_NUMBER = 5


@dataclass(frozen=True, slots=True)
class NumberPace:
    """Locked until the transaction ends; `shared` None: the boutique has a number of its own."""

    provider: WhatsAppProvider
    own: Bucket
    shared: Bucket | None
    now: datetime

    def free(self) -> int:
        """How many may leave now."""
        return min(bucket.free(self.now) for bucket in self._all)

    def wait(self) -> timedelta:
        """Until one may leave."""
        return max(bucket.wait(self.now) for bucket in self._all)

    async def take(self, conn: Connection, count: int) -> None:
        await sending_paces.set_next(
            conn, provider=self.provider, next_at=self.own.after(count, self.now)
        )
        if self.shared is not None:
            await sending_paces.move_shared(
                conn, provider=self.provider, next_at=self.shared.after(count, self.now)
            )

    @property
    def _all(self) -> tuple[Bucket, ...]:
        return (self.own,) if self.shared is None else (self.own, self.shared)


async def lock(conn: Connection, settings: Settings, provider: WhatsAppProvider) -> NumberPace:
    own_at, now = await sending_paces.lock(conn, provider=provider)
    shared_at = await sending_paces.lock_shared(conn, provider=provider)
    each = marketing_interval(settings, provider)
    if shared_at is None:
        return NumberPace(provider, Bucket(own_at, each, BURST_OF_A_NUMBER), None, now)
    of_a_boutique = timedelta(seconds=1 / settings.shared_number.boutique_per_second)
    return NumberPace(
        provider,
        Bucket(own_at, max(each, of_a_boutique), BURST_OF_A_NUMBER),
        Bucket(shared_at, each, BURST_OF_A_NUMBER),
        now,
    )
