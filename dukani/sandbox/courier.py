"""Posts the sandbox's webhooks to Dukani, retrying as each provider does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Literal

import httpx
import structlog

from dukani.sandbox.faults import Faults, ServiceFaults

log = structlog.get_logger(__name__)

Service = Literal["twilio", "meta", "twilio_sms", "africastalking", "daraja"]

# Only Meta retries (for days): https://developers.facebook.com/docs/graph-api/webhooks
RETRY_WAITS_S: dict[Service, tuple[float, ...]] = {
    "twilio": (),
    "meta": (0.5, 1, 2, 4, 8, 15, *[30] * 20),
    "twilio_sms": (),
    "africastalking": (),
    "daraja": (),
}
MAX_FILE_BYTES = 16 * 1024 * 1024
# For each request httpx's pool scans all connections and all waiting requests: past a few dozen a
# burst of statuses spends its time there (measured: half of it at 100 waiting requests).
AT_ONCE = 12


class Courier:
    """Posts webhooks and callbacks, with the faults that were set."""

    def __init__(self, http: httpx.AsyncClient, faults: Faults) -> None:
        self._http = http
        self._faults = faults
        self._line = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run `work` in the background, beside the request that caused it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Cancel all background work."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def post(self, service: Service, url: str, body: bytes, headers: dict[str, str]) -> bool:
        """Post; whether Dukani accepted it. A post lost by a fault counts as accepted."""
        faults: ServiceFaults = getattr(self._faults, service)
        if faults.delay_s:
            await asyncio.sleep(faults.delay_s)
        if faults.take("lose_next"):
            return True
        times = 2 if faults.take("duplicate_next") else 1
        taken = [await self._deliver(service, url, body, headers) for _ in range(times)]
        return all(taken)

    async def fetch(self, url: str) -> tuple[bytes, str] | None:
        """The picture at a link of an outbound message; none when it cannot be fetched."""
        try:
            async with self._line, self._http.stream("GET", url, follow_redirects=True) as response:
                content = await _content(response)
        except httpx.HTTPError as error:
            log.warning("sandbox_media_unreachable", error=type(error).__name__)
            return None
        if content is None or response.status_code != 200:
            return None
        return content, response.headers.get("content-type", "").partition(";")[0].strip()

    async def _deliver(
        self, service: Service, url: str, body: bytes, headers: dict[str, str]
    ) -> bool:
        for wait_s in (0.0, *RETRY_WAITS_S[service]):
            await asyncio.sleep(wait_s)
            try:
                async with self._line:
                    response = await self._http.post(url, content=body, headers=headers)
            except httpx.HTTPError as error:
                log.warning("sandbox_webhook_failed", service=service, error=type(error).__name__)
                continue
            if response.is_success:
                return True
            log.warning("sandbox_webhook_refused", service=service, status=response.status_code)
        return False

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("sandbox_task_failed", exc_info=task.exception())


async def _content(response: httpx.Response) -> bytes | None:
    """A response's content; none if it is larger than MAX_FILE_BYTES."""
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_FILE_BYTES:
            return None
    return bytes(content)
