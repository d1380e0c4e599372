"""Reads the bodies of webhook requests, up to a limit, and makes them storable in PostgreSQL."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import Request

from dukani.core.errors import CallerError, UnreadableWebhook

T = TypeVar("T")

MAX_BODY = 3 * 1024 * 1024  # Meta batches at most this much
MAX_DEPTH = 40
MAX_KEPT_BYTES = 4096  # of a payload that is refused, unreadable or of no boutique
# Lengths of a payload's beginning to try: 650 bytes, escaped as JSON, have 3,912 at most.
_LENGTHS = (4000, 2000, 1000, 650)
READ_WITHIN_S = 15.0
PARSED_ON_THE_LOOP = 64 * 1024  # larger bodies take milliseconds and would block the event loop


class BodyTooSlow(CallerError):
    """The body did not arrive in time."""

    http_status = 408


class BodyTooLarge(CallerError):
    """The body is larger than any provider sends."""

    http_status = 413


async def read_body(request: Request, *, most: int = MAX_BODY) -> bytes:
    """The raw body, as signed.

    Raises BodyTooLarge over `most` bytes, and BodyTooSlow after READ_WITHIN_S: providers send
    at once, and a slow sender would keep a connection occupied.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise BodyTooLarge
    body = bytearray()
    try:
        async with asyncio.timeout(READ_WITHIN_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise BodyTooLarge
    except TimeoutError as error:
        raise BodyTooSlow from error
    return bytes(body)


async def off_the_loop(raw: bytes, work: Callable[[bytes], T]) -> T:
    """The result of `work(raw)`; a large body is worked on in a thread, off the event loop."""
    if len(raw) <= PARSED_ON_THE_LOOP:
        return work(raw)
    return await asyncio.to_thread(work, raw)


def json_body(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body, cleaned. Raises UnreadableWebhook."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableWebhook("not JSON") from error
    if not isinstance(body, dict):
        raise UnreadableWebhook("not a JSON object")
    cleaned: dict[str, Any] = clean(body)
    return cleaned


def clean(value: Any, depth: int = 0) -> Any:
    """`value` without what PostgreSQL's text and jsonb refuse, though JSON allows it.

    PostgreSQL refuses NUL characters, halves of surrogate pairs, NaN and infinity. Raises
    UnreadableWebhook for nesting deeper than MAX_DEPTH.
    """
    if depth > MAX_DEPTH:
        raise UnreadableWebhook("nested too deep")
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): clean(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner, depth + 1) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def clean_text(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def digest(raw: bytes) -> str:
    """SHA-256 in hex: the event key of a body without an id, so that the same body is kept once."""
    return hashlib.sha256(raw).hexdigest()


def kept_text(raw: bytes) -> dict[str, str]:
    """The beginning of an unreadable body, for a person to look at: 4 KB at most."""
    kept = {"body": ""}
    for most in _LENGTHS:  # escaped characters take more bytes than they had
        text = clean_text(raw[:most].decode("utf-8", "replace"))
        kept = {"body": text}
        if _size(kept) <= MAX_KEPT_BYTES:
            break
    return kept


def _size(payload: Mapping[str, Any]) -> int:
    return len(json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace"))


def kept(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """A payload that nothing will be done with: unchanged, or its beginning, 4 KB at most."""
    if _size(payload) <= MAX_KEPT_BYTES:
        return payload
    return kept_text(json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace"))
