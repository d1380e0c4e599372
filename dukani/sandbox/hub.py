"""Sends live events to open phone pages, by topic (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

PING_S = 15.0
WAITING_EVENTS = 500


class Hub:
    """Sends each event to every page that listens to one of its topics."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[str | None], frozenset[str]] = {}

    def publish(self, topics: set[str], event: dict[str, Any]) -> None:
        """Send an event to the listeners; one that stopped reading is disconnected, and reloads."""
        text = None
        for waiting, wanted in list(self._listeners.items()):
            if wanted.isdisjoint(topics):
                continue
            text = text or json.dumps(event, ensure_ascii=False)
            with suppress(asyncio.QueueFull):
                waiting.put_nowait(text)
                continue
            self._cut(waiting)

    async def stream(
        self, topics: frozenset[str], *, most_waiting: int = WAITING_EVENTS
    ) -> AsyncIterator[str]:
        """Server-sent events of these topics until the page leaves or the sandbox stops.

        A listener that leaves more than `most_waiting` unread is disconnected; 0: none is.
        """
        waiting: asyncio.Queue[str | None] = asyncio.Queue(most_waiting)
        self._listeners[waiting] = topics
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(waiting.get(), PING_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {event}\n\n"
        finally:
            self._listeners.pop(waiting, None)

    def close(self) -> None:
        """End every stream, so that a server can stop without waiting for open pages."""
        for waiting in list(self._listeners):
            self._cut(waiting)

    def _cut(self, waiting: asyncio.Queue[str | None]) -> None:
        self._listeners.pop(waiting, None)
        while not waiting.empty():
            waiting.get_nowait()
        waiting.put_nowait(None)
