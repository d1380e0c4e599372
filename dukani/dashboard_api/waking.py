"""Wakes the open streams of a boutique when the database tells that something happened in it.

One connection of the process listens. A notification only wakes; what happened is read from the
events with the person's own rights. Behind a transaction pooler nothing can listen, and streams
look by themselves instead.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from psycopg import AsyncConnection, Error

from dukani.core.connection_settings import OUR_END
from dukani.core.database import CONNECT_TIMEOUT_S, Database

log = structlog.get_logger()

CHANNEL = "dukani_events"
AGAIN_S = 1.0  # between tries to connect
# A stream looks by itself now and then, within half of this more or less: streams that were opened
# together, by a server's start, would else look together and hold up everybody's events.
LOOK_S = 60.0
LOOK_WITHOUT_NOTIFICATIONS_S = 2.0


class Waker:
    """Holds the streams that wait, by boutique."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._is_listening = False
        self._ended = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen during the block, if the database's connection allows it."""
        listening = asyncio.create_task(self._listen(), name="wake_streams")
        try:
            yield
        finally:
            self.end()
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    def end(self) -> None:
        """End all streams, for the server to stop."""
        self._ended.set()
        for boutique_id in list(self._waiting):
            self.wake(boutique_id)

    @property
    def has_ended(self) -> bool:
        return self._ended.is_set()

    def wake(self, boutique_id: str) -> None:
        for event in self._waiting.get(boutique_id, ()):
            event.set()

    @asynccontextmanager
    async def waiting(self, boutique_id: str) -> AsyncIterator[asyncio.Event]:
        """An event that is set when something happens in the boutique, from now on."""
        event = asyncio.Event()
        self._waiting[boutique_id].add(event)
        try:
            yield event
        finally:
            self._waiting[boutique_id].discard(event)
            if not self._waiting[boutique_id]:
                del self._waiting[boutique_id]

    def look_after_s(self) -> float:
        usual = LOOK_S if self._is_listening else LOOK_WITHOUT_NOTIFICATIONS_S
        return usual * random.uniform(0.5, 1.5)

    async def _listen(self) -> None:
        if self._database.transaction_pooler:
            return
        while True:
            try:
                await self._listen_once()
            except (Error, OSError) as error:
                log.warning("stream_notifications_lost", reason=str(error))
            self._is_listening = False
            await asyncio.sleep(AGAIN_S)

    async def _listen_once(self) -> None:
        conn = await AsyncConnection.connect(
            self._database.url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S, **OUR_END
        )
        async with conn:
            await conn.execute(f"listen {CHANNEL}")
            self._is_listening = True
            # What happened while nobody listened was not notified.
            for boutique_id in list(self._waiting):
                self.wake(boutique_id)
            async for notification in conn.notifies():
                self.wake(notification.payload)
