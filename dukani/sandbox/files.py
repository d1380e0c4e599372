"""Serves files of a chat with headers that keep browsers from running them."""

from __future__ import annotations

from fastapi import Response

from dukani.core.file_policy import FILE_POLICY
from dukani.sandbox.models import StoredMedia


def file_response(stored: StoredMedia) -> Response:
    """A stored file; a type that a browser would run is served as a download."""
    shown = stored.content_type.startswith(("image/", "audio/", "video/"))
    safe = shown and "svg" not in stored.content_type
    return Response(
        stored.content,
        media_type=stored.content_type if safe else "application/octet-stream",
        headers={
            "x-content-type-options": "nosniff",
            "content-security-policy": FILE_POLICY,
            "cache-control": "private, max-age=86400",
        },
    )
