"""Serves an export of a whole boutique at its signed link, to the owner whom it names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from dukani.core.errors import BadSignature, NotAMember, NotFound, OwnersOnly
from dukani.core.export_links import export_link_is_ours
from dukani.core.media_links import has_ended
from dukani.core.store import boutique_exports, boutiques
from dukani.tools.boutique_export.job import parts_of
from dukani.webhooks.dependencies import TheWebhooks

router = APIRouter(tags=["exports"])


@router.get("/exports/{boutique_id}/{export_id}", response_class=StreamingResponse)
async def serve_export(
    boutique_id: UUID,
    export_id: UUID,
    webhooks: TheWebhooks,
    user: UUID,
    until: int,
    sig: Annotated[str, Query(max_length=64)] = "",
) -> StreamingResponse:
    """The zip, part after part. Raises BadSignature, also for who owns the shop no more."""
    services = webhooks.services
    of = {"boutique_id": str(boutique_id), "export_id": str(export_id), "user_id": str(user)}
    if not export_link_is_ours(services, **of, until=until, signature=sig):
        raise BadSignature("this link is not one of ours")
    if has_ended(until, datetime.now(UTC)):
        raise BadSignature("this link has ended; ask for a new one in the shop's settings")
    try:
        async with services.database.member_connection(
            {"sub": str(user)}, str(boutique_id), owners_only=True
        ) as conn:
            export = await boutique_exports.get(conn, export_id=str(export_id))
            boutique = await boutiques.get(conn, boutique_id=str(boutique_id))
    except (NotAMember, OwnersOnly) as error:
        raise BadSignature("this link is an owner's") from error
    if export is None or boutique is None or export.status != "done":
        raise NotFound("this export is not there any more")

    async def whole() -> AsyncIterator[bytes]:
        async for part in parts_of(services, boutique_id=str(boutique_id), export=export):
            yield part

    name = f"{boutique.slug}-{export.created_at:%Y-%m-%d}.zip"
    return StreamingResponse(
        whole(),
        media_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "content-length": str(export.bytes),
            "cache-control": "private, no-store",
            "x-content-type-options": "nosniff",
        },
    )
