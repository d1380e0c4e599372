"""Where pictures are kept: a local folder, or Supabase Storage.

Every path begins with the boutique's id, so a boutique's media can be found, moved or erased
as one. Nothing is ever overwritten with something else: paths are made of ids or hashes.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Protocol
from urllib.parse import quote
from uuid import uuid4

import httpx

from dukani.core.clients.transport import get_json
from dukani.core.errors import NotFound, ProviderRefused, ProviderUnavailable

PROVIDER = "supabase"
MAX_PATH = 240  # below what any file system takes as one name
CONTENT_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}

# The boutique's id, then plain names: no dots that climb, no hidden files, no drive letters.
_PATH = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")


class MediaStore(Protocol):
    """Keeps files by path. All raise NotFound for a path that is not a boutique's."""

    async def put(self, path: str, data: bytes, content_type: str) -> None: ...

    async def get(self, path: str) -> bytes:
        """Raises NotFound when nothing is there."""
        ...

    async def exists(self, path: str) -> bool: ...


def checked_path(path: str) -> str:
    """`path` itself. Raises NotFound unless it is `{boutique_id}/name…`."""
    if len(path) > MAX_PATH or not _PATH.fullmatch(path):
        raise NotFound(f"{path[:80]!r} is not a path of a boutique's media")
    return path


def content_type_of(path: str) -> str:
    """By the suffix: what we store is what we encoded ourselves."""
    return CONTENT_TYPES.get(Path(path).suffix.lower(), "application/octet-stream")


class LocalMediaStore:
    """A folder. Reads and writes run in a thread; a file appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, path: str, data: bytes, content_type: str) -> None:
        await asyncio.to_thread(_write_whole, self._folder / checked_path(path), data)

    async def get(self, path: str) -> bytes:
        try:
            return await asyncio.to_thread((self._folder / checked_path(path)).read_bytes)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise NotFound(f"no media at {path!r}") from error

    async def exists(self, path: str) -> bool:
        return await asyncio.to_thread((self._folder / checked_path(path)).is_file)


def _write_whole(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


class SupabaseMediaStore:
    """A private bucket of Supabase Storage, reached with the service key."""

    def __init__(self, http: httpx.AsyncClient, url: str, *, service_key: str, bucket: str) -> None:
        self._http = http
        self._objects = f"{url.rstrip('/')}/storage/v1/object"
        self._bucket = bucket
        self._headers = {"apikey": service_key, "authorization": f"Bearer {service_key}"}

    async def put(self, path: str, data: bytes, content_type: str) -> None:
        try:
            response = await self._http.post(
                self._address(path),
                content=data,
                headers=self._headers | {"content-type": content_type, "x-upsert": "true"},
            )
        except httpx.TransportError as error:  # writing the same bytes again does no harm
            raise ProviderUnavailable(type(error).__name__, provider=PROVIDER) from error
        _check(response)

    async def get(self, path: str) -> bytes:
        response = await get_json(
            self._http, self._address(path), provider=PROVIDER, headers=self._headers
        )
        if response.status_code in (400, 404):  # it answers 400 for what is not there
            raise NotFound(f"no media at {path!r}")
        _check(response)
        return response.content

    async def exists(self, path: str) -> bool:
        try:
            response = await self._http.head(self._address(path), headers=self._headers)
        except httpx.TransportError as error:
            raise ProviderUnavailable(type(error).__name__, provider=PROVIDER) from error
        if response.status_code in (400, 404):
            return False
        _check(response)
        return True

    def _address(self, path: str) -> str:
        return f"{self._objects}/{quote(self._bucket)}/{checked_path(path)}"


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    code = str(response.status_code)
    if response.status_code == 429 or response.status_code >= 500:
        raise ProviderUnavailable("storage not reached", provider=PROVIDER, code=code)
    raise ProviderRefused("storage refused", provider=PROVIDER, code=code)
