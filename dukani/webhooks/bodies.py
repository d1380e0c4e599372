"""Bodies from outside: read up to a limit, and made storable."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from fastapi import Request

from dukani.core.errors import CallerError, UnreadableWebhook

MAX_BODY = 3 * 1024 * 1024  # Meta batches at most this much
MAX_DEPTH = 40
MAX_KEPT_TEXT = 4000


class BodyTooLarge(CallerError):
    """The body is larger than any provider sends."""

    http_status = 413


async def read_body(request: Request, *, most: int = MAX_BODY) -> bytes:
    """The raw body, as signed. Raises BodyTooLarge (over `most` bytes) without reading on."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise BodyTooLarge
    return bytes(body)


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

    That is NUL characters, halves of surrogate pairs and numbers that are none. Raises
    UnreadableWebhook for nesting nobody sends.
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
    """Names a body that has no name of its own; the same body is kept once."""
    return hashlib.sha256(raw).hexdigest()


def kept_text(raw: bytes) -> dict[str, str]:
    """The beginning of a body nobody can read, for a person to look at."""
    return {"body": clean_text(raw[:MAX_KEPT_TEXT].decode("utf-8", "replace"))}
