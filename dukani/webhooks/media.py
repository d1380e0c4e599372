"""Serves stored media files at signed links, to WhatsApp and to people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from dukani.core.clients.storage import content_type_of
from dukani.core.errors import BadSignature
from dukani.core.file_policy import FILE_POLICY
from dukani.core.media_links import has_ended, link_is_ours
from dukani.core.picture_sizes import get_sized
from dukani.webhooks.dependencies import TheWebhooks

router = APIRouter(tags=["media"])

# The file at a path never changes: paths are made of ids and hashes.
_FOR_EVER = {
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": FILE_POLICY,
}


@router.head("/media/{path:path}")
@router.get("/media/{path:path}")
async def serve(
    path: str,
    webhooks: TheWebhooks,
    sig: Annotated[str, Query(max_length=64)] = "",
    until: Annotated[int | None, Query()] = None,
) -> Response:
    """The file, for a signed link that has not ended. Raises BadSignature, NotFound."""
    if not link_is_ours(webhooks.services, path, sig, until):
        raise BadSignature("this link is not one of ours")
    if has_ended(until, datetime.now(UTC)):
        raise BadSignature("this link has ended; the shop's notes hold links for seven days")
    content = await get_sized(webhooks.services.media, path)
    headers = _FOR_EVER if until is None else _FOR_EVER | {"cache-control": "private, no-store"}
    return Response(content, media_type=content_type_of(path), headers=headers)
