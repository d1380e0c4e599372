"""The live stream of a shop's events, as an open page listens to it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from dukani.dashboard_api.app import PREFIX


@dataclass
class Stream:
    """`heard`: kind and payload of each event since it was opened."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None

    async def open(self, service: str, *, boutique_id: str, token: str) -> None:
        """Returns once nothing is missed any more."""
        opened = asyncio.Event()
        url = f"{service}{PREFIX}/boutiques/{boutique_id}/events"
        self._task = asyncio.create_task(self._listen(url, token, opened))
        await asyncio.wait_for(opened.wait(), 30.0)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError, httpx.HTTPError):  # the service may have ended
                await self._task

    def of(self, kind: str, **payload: Any) -> int:
        """How many events of the kind, with these fields, were heard."""
        return sum(
            event["kind"] == kind and payload.items() <= (event["payload"] | event).items()
            for event in self.heard
        )

    def kinds(self) -> Counter[str]:
        return Counter(event["kind"] for event in self.heard)

    async def _listen(self, url: str, token: str, opened: asyncio.Event) -> None:
        headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
        async with (
            httpx.AsyncClient(timeout=None) as http,
            http.stream("GET", url, headers=headers) as response,
        ):
            response.raise_for_status()
            async for line in response.aiter_lines():
                opened.set()
                if line.startswith("data:"):
                    self.heard.append(json.loads(line.removeprefix("data:")))
