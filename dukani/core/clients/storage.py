"""Media storage: a local folder, or Supabase Storage (`supabase_storage.py`).

Every path begins with the boutique's id, so a boutique's media can be found, moved or erased at
once. A file is never overwritten with other content: paths are made of ids or hashes.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from dukani.core.errors import NotFound

MAX_PATH = 240  # below the limit of all file systems
CONTENT_TYPES = {
    ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
    ".pdf": "application/pdf",
    # Voice notes, by the endings `tools/media.py` gives them.
    ".ogg": "audio/ogg", ".webm": "audio/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4",
    ".aac": "audio/aac", ".amr": "audio/amr",
}  # fmt: skip

# The boutique's id, then plain names: no `..`, no hidden files, no drive letters.
_PATH = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")


class MediaStore(Protocol):
    """Stores files by path. All methods raise NotFound for a path without a boutique's id."""

    async def put(self, path: str, data: bytes, content_type: str) -> None: ...

    async def get(self, path: str) -> bytes:
        """The file. Raises NotFound."""
        ...

    async def exists(self, path: str) -> bool: ...

    async def remove(self, path: str) -> None:
        """The file is gone, also if there was none."""
        ...

    async def link(self, path: str) -> str | None:
        """A signed address at which the store itself serves the file; none when it serves none."""
        ...


def checked_path(path: str) -> str:
    """`path` itself. Raises NotFound unless it is `{boutique_id}/name…`."""
    if len(path) > MAX_PATH or not _PATH.fullmatch(path):
        raise NotFound(f"{path[:80]!r} is not a path of a boutique's media")
    return path


def content_type_of(path: str) -> str:
    """The content type by the suffix, which can be trusted as we encode all files ourselves."""
    return CONTENT_TYPES.get(Path(path).suffix.lower(), "application/octet-stream")


class LocalMediaStore:
    """Stores files in a folder, in a thread; a file appears complete or not at all."""

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

    async def remove(self, path: str) -> None:
        target = self._folder / checked_path(path)
        await asyncio.to_thread(target.unlink, missing_ok=True)

    async def link(self, path: str) -> None:
        checked_path(path)


def _write_whole(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
