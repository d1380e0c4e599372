"""Stores media in a private bucket of Supabase Storage, through Supabase's client `storage3`.

`storage3` uses the process's one HTTP client, sets no deadline for a whole request and lets httpx's
errors through: `transport.py` adds deadlines, retries and our errors. Storage answers most refusals
with status 400 and the real status in the body, where `storage3` reads it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
from cachetools import TTLCache
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError

from dukani.core.clients.storage import checked_path
from dukani.core.clients.transport import CALL_DEADLINE_S, PATIENT
from dukani.core.errors import NotFound, ProviderError, ProviderRefused, ProviderUnavailable

PROVIDER = "supabase"
A_DAY_S = 24 * 3600
# WhatsApp fetches a picture within minutes; a message may wait for days before it is sent on.
LINK_LIFE_S = 7 * A_DAY_S
LINK_KEPT_S = A_DAY_S  # a link is cached, so that WhatsApp fetches a picture once
LINK_DEADLINE_S = 5.0  # short, because a message waits for the link
MOST_LINKS = 10_000
FOR_EVER = "31536000"  # a year: the file at a path never changes
# A missing bucket is a wrong setting, not a missing file. Storage uses either text.
_NO_BUCKET = ("Bucket not found", "NoSuchBucket")


class SupabaseMediaStore:
    """Keeps files in one bucket, reached with the service key."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        url: str,
        *,
        service_key: str,
        bucket: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        headers = {"apikey": service_key, "authorization": f"Bearer {service_key}"}
        address = f"{url.rstrip('/')}/storage/v1/"
        self._bucket = AsyncStorageClient(address, headers, http_client=http).from_(bucket)
        self._links: TTLCache[str, str] = TTLCache(MOST_LINKS, LINK_KEPT_S, timer=clock)

    async def put(self, path: str, data: bytes, content_type: str) -> None:
        """Write once: the job retries, and writing the same bytes twice does no harm."""
        async with _asking(checked_path(path), writing=True):
            await self._bucket.upload(
                path,
                data,
                {"content-type": content_type, "cache-control": FOR_EVER, "upsert": "true"},
            )

    async def get(self, path: str) -> bytes:
        async with _asking(checked_path(path)):
            return await PATIENT(self._bucket.download)(path)

    async def exists(self, path: str) -> bool:
        checked_path(path)
        try:
            async with _asking(path):
                await PATIENT(self._bucket.info)(path)
        except NotFound:
            return False
        return True

    async def remove(self, path: str) -> None:
        """Storage names what it removed, and says nothing of a file that was not there."""
        async with _asking(checked_path(path)):
            await PATIENT(self._bucket.remove)([path])
        self._links.pop(path, None)

    async def link(self, path: str) -> str:
        """A signed address at which Storage serves the file, for at least six days."""
        if (known := self._links.get(checked_path(path))) is not None:
            return known
        async with _asking(path, deadline_s=LINK_DEADLINE_S):
            signed = await PATIENT(self._bucket.create_signed_url)(path, LINK_LIFE_S)
            link = self._links[path] = str(signed["signedURL"])
        return link


@asynccontextmanager
async def _asking(
    path: str, *, writing: bool = False, deadline_s: float = CALL_DEADLINE_S
) -> AsyncIterator[None]:
    """Wrap a call to Storage about `path`: its errors become ours, with a deadline."""
    try:
        async with asyncio.timeout(deadline_s):
            yield
    except StorageApiError as error:
        raise _ours(error, path, writing=writing) from error
    except (httpx.RequestError, TimeoutError) as error:
        raise ProviderUnavailable(type(error).__name__, provider=PROVIDER) from error
    except (ValueError, LookupError, TypeError) as error:
        # `storage3` does not check answers: this one came from a proxy in between.
        raise ProviderUnavailable("an answer that is not Storage's", provider=PROVIDER) from error


def _ours(error: StorageApiError, path: str, *, writing: bool) -> ProviderError | NotFound:
    code = str(error.status)
    if code == "404" and not writing and error.code not in _NO_BUCKET:
        return NotFound(f"no media at {path!r}")
    if code == "429" or (code.isdigit() and int(code) >= 500):
        return ProviderUnavailable("storage not reached", provider=PROVIDER, code=code)
    return ProviderRefused(f"storage refused ({error.code})", provider=PROVIDER, code=code)
