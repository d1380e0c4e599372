"""Downloads one file: goes on where it was broken off, and keeps it only with its checksum."""

from __future__ import annotations

import asyncio
import errno
import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
import stamina

from dukani.agent.clip.files import StoredFile
from dukani.agent.clip.hub import PROVIDER, HubFile
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable

CHUNK = 1 << 20
TRIES = 5  # of a file, each from where the one before was broken off
SILENCE_S = 60.0

Progress = Callable[[int], None]  # told of the bytes that came


class WrongChecksum(ProviderRefused):
    """The file is not what the hub's list says."""


class _BrokenOff(Exception):
    """The connection ended early; what came is on disk."""


async def download(
    http: httpx.AsyncClient, file: HubFile, to: Path, *, came: Progress
) -> StoredFile:
    """The file at `to`, whole and right.

    Raises WrongChecksum (and deletes what came), ProviderRefused, ProviderUnavailable, and
    ConfigurationError where the disk is full.
    """
    if _size(to):
        came(file.size)
        return await asyncio.to_thread(_stored, to)
    part = to.with_name(f"{to.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    came(_size(part))
    try:
        await _all_of_it(http, file, part, came=came)
        return await asyncio.to_thread(_keep, part, to, file)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ConfigurationError(
                f"The disk of {to.parent} is full: free some, and pull again; what came is kept."
            ) from error
        raise


async def _all_of_it(http: httpx.AsyncClient, file: HubFile, part: Path, *, came: Progress) -> None:
    try:
        async for attempt in stamina.retry_context(on=_BrokenOff, attempts=TRIES, timeout=None):
            with attempt:
                await _go_on(http, file, part, came=came)
    except _BrokenOff as error:
        raise ProviderUnavailable(
            f"{file.path} broke off at {_size(part)} of {file.size} bytes: pull again, it goes on "
            "from there",
            provider=PROVIDER,
        ) from error


async def _go_on(http: httpx.AsyncClient, file: HubFile, part: Path, *, came: Progress) -> None:
    have = _size(part)
    if have >= file.size:
        return
    headers = {"Range": f"bytes={have}-"} if have else {}
    try:
        async with http.stream("GET", file.url, headers=headers, timeout=SILENCE_S) as answer:
            _check(answer, file)
            if answer.status_code != httpx.codes.PARTIAL_CONTENT and have:
                came(-have)  # the mirror knows no ranges: from the beginning
                _empty(part)
            with part.open("ab") as out:
                async for chunk in answer.aiter_bytes(CHUNK):
                    await asyncio.to_thread(out.write, chunk)
                    came(len(chunk))
    except httpx.TransportError as error:
        raise _BrokenOff from error
    if _size(part) < file.size:
        raise _BrokenOff


def _check(answer: httpx.Response, file: HubFile) -> None:
    if answer.is_success:
        return
    if answer.status_code >= 500 or answer.status_code == 429:
        raise _BrokenOff
    raise ProviderRefused(
        f"{file.path}: {file.url} answers {answer.status_code}",
        provider=PROVIDER,
        code=str(answer.status_code),
    )


def _keep(part: Path, to: Path, file: HubFile) -> StoredFile:
    stored = _stored(part)
    right = stored.sha256 == file.sha256 if file.sha256 else _git_sha1(part) == file.git_sha1
    if stored.size != file.size or not right:
        part.unlink()
        raise WrongChecksum(
            f"{file.path} has another checksum than the list says: it was deleted; pull again, or "
            "from another mirror",
            provider=PROVIDER,
        )
    part.replace(to)
    return stored


def _stored(path: Path) -> StoredFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return StoredFile(size=path.stat().st_size, sha256=digest)


def _git_sha1(path: Path) -> str:
    content = path.read_bytes()  # only small files have no SHA-256
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
