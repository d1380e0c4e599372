"""Stores product pictures in reduced size, and computes their embeddings with the eye."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from dukani.agent.eye import Eye
from dukani.core.errors import UnreadableImage
from dukani.core.images import clean_copy
from dukani.core.services import Services
from dukani.core.store import embeddings, products
from dukani.core.store.embeddings import Seen, UnseenPicture

log = structlog.get_logger()

BATCH = 50
LONGEST_PX = 1080  # as WhatsApp shows a picture, and the widest a page asks for
AT_ONCE = 2  # pictures the eye looks at in parallel, one thread each


async def add_picture(
    services: Services,
    *,
    boutique_id: str,
    product_id: str,
    data: bytes,
    name: str,
    colour: str | None = None,
    position: int = 0,
) -> str:
    """Stores a product's picture in its boutique's folder and returns the picture's id.

    Raises UnreadableImage.
    """
    path = await keep_picture(services, boutique_id=boutique_id, data=data, name=name)
    async with services.database.tenant_connection(boutique_id) as conn:
        return await products.add_picture(
            conn,
            boutique_id=boutique_id,
            product_id=product_id,
            path=path,
            colour=colour,
            position=position,
        )


async def keep_picture(services: Services, *, boutique_id: str, data: bytes, name: str) -> str:
    """Stores a picture in reduced size and returns its path. Raises UnreadableImage."""
    clean = await clean_copy(data, max_side=LONGEST_PX, still=True)
    path = picture_path(boutique_id, name)
    await services.media.put(path, clean, "image/jpeg")
    return path


def picture_path(boutique_id: str, name: str) -> str:
    return f"{boutique_id}/products/{name}.jpg"


async def look_at_pictures(
    services: Services,
    eye: Eye,
    *,
    boutique_id: str,
    seen: Callable[[int], None] = lambda _: None,
) -> int:
    """Computes embeddings of all pictures without one by the eye's model; returns how many.

    `seen` is called with the size of each batch. An unreadable picture is skipped with a log line.
    """
    looked_at = 0
    unreadable: set[str] = set()
    while True:
        async with services.database.tenant_connection(boutique_id) as conn:
            batch = await embeddings.unseen(conn, model=eye.model, limit=BATCH + len(unreadable))
        batch = [picture for picture in batch if picture.id not in unreadable]
        if not batch:
            return looked_at
        vectors = await _look_at(services, eye, batch)
        unreadable.update(picture.id for picture in batch if picture.id not in vectors)
        async with services.database.tenant_connection(boutique_id) as conn:
            for image_id, of_picture in vectors.items():
                await embeddings.put_all(
                    conn, boutique_id=boutique_id, image_id=image_id, seen=of_picture
                )
        looked_at += len(vectors)
        seen(len(batch))


async def _look_at(
    services: Services, eye: Eye, pictures: Sequence[UnseenPicture]
) -> dict[str, Seen]:
    """Picture id → its vectors, for the pictures that could be opened."""
    vectors: dict[str, Seen] = {}
    free = asyncio.Semaphore(AT_ONCE)

    async def look(picture: UnseenPicture) -> None:
        async with free:
            try:
                analysis = await eye.look(await services.media.get(picture.path))
            except UnreadableImage as error:
                log.warning("product_picture_unreadable", path=picture.path, reason=str(error))
            else:
                vectors[picture.id] = Seen(analysis.vectors)

    await asyncio.gather(*map(look, pictures))
    return vectors
