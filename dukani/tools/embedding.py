"""Gives a boutique's pictures vectors by CLIP in the background, and searches by it when all have.

Each batch is committed, so a job that was killed is gone on with where it was. Until the last
picture has its vector, photos are searched by the model before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from dukani.agent.clip.eye import ClipEye
from dukani.agent.eye import Eye, PhotoAnalysis
from dukani.core.database import Connection
from dukani.core.errors import NotFound, UnreadableImage
from dukani.core.jobs import defer_embedding
from dukani.core.services import Services
from dukani.core.store import embeddings, photo_models
from dukani.core.store.embeddings import Seen, UnseenPicture

log = structlog.get_logger()

BATCH = 20
AT_ONCE = 20  # boutiques given to jobs at a time


def clip_of(eye: Eye) -> ClipEye | None:
    """The eye that looks with CLIP, if this one does; Gemini's eye stands before it."""
    own = getattr(eye, "local", eye)
    return own if isinstance(own, ClipEye) else None


async def look_after_pictures(services: Services, eye: Eye) -> None:
    """Give each boutique with pictures that CLIP has not seen to a job of its own."""
    clip = clip_of(eye)
    if clip is None:
        return
    model = clip.networks.model
    async with services.database.system_connection() as conn:
        await photo_models.use(conn, model=model)
        for boutique_id in await photo_models.claim_due(conn, model=model, limit=AT_ONCE):
            await defer_embedding(conn, boutique_id=boutique_id)


async def embed_pictures(services: Services, eye: Eye, *, boutique_id: str) -> None:
    """The job. On a machine without CLIP it does nothing: the clock asks again."""
    clip = clip_of(eye)
    if clip is None:
        log.warning("no_clip_to_embed_with", boutique_id=boutique_id)
        return
    model, unreadable = clip.networks.model, set[str]()
    while True:
        async with services.database.tenant_connection(boutique_id) as conn:
            batch = await embeddings.unseen(conn, model=model, limit=BATCH + len(unreadable))
        batch = [picture for picture in batch if picture.id not in unreadable]
        seen = await _look_at(services, clip, batch)
        unreadable.update(picture.id for picture in batch if picture.id not in seen)
        async with services.database.tenant_connection(boutique_id) as conn:
            await _keep(conn, boutique_id, seen)
            whole = await photo_models.note(
                conn, boutique_id=boutique_id, model=model, unreadable=len(unreadable)
            )
        if whole or not batch:
            return


async def _keep(conn: Connection, boutique_id: str, seen: Mapping[str, Seen]) -> None:
    """The vectors, except of pictures that were taken away while they were looked at."""
    there = await embeddings.still_there(conn, image_ids=list(seen))
    for image_id, of_picture in seen.items():
        if image_id in there:
            await embeddings.put_all(
                conn, boutique_id=boutique_id, image_id=image_id, seen=of_picture
            )


async def searched_by(conn: Connection, analysis: PhotoAnalysis) -> str:
    """The model of the photo's vectors that this boutique's pictures all have."""
    if not analysis.also:
        return analysis.model
    return await photo_models.ready(conn, models=list(analysis.also)) or analysis.model


async def _look_at(
    services: Services, clip: ClipEye, pictures: Sequence[UnseenPicture]
) -> dict[str, Seen]:
    """Picture id → its vector, for the pictures that could be opened."""
    seen: dict[str, Seen] = {}
    for picture in pictures:
        try:
            data = await services.media.get(picture.path)
            vector = await asyncio.to_thread(clip.vector_of, data)
        except (UnreadableImage, NotFound, FileNotFoundError) as error:
            log.warning("product_picture_unreadable", path=picture.path, reason=str(error))
            continue
        seen[picture.id] = Seen({clip.networks.model: vector})
    return seen
