"""Makes the collage of a list of pieces, once for everybody who gets the same list."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence

import structlog

from dukani.campaigns.collage_drawing import MOST, compose
from dukani.core.errors import NotFound, UnreadableImage
from dukani.core.money import format_money
from dukani.core.services import Services
from dukani.core.store import collages
from dukani.domain.pieces import Option
from dukani.tools.tiles import Tile

log = structlog.get_logger()

DESIGN = 1  # part of the key: raise it when the look changes, so that old pictures are not reused


async def collage_of(
    services: Services, *, boutique_id: str, currency: str, options: Sequence[Option]
) -> str:
    """The media path of a JPEG of 1200 × 800 of one to six options, numbered as they are.

    The same pieces at the same prices share one picture. Raises the media store's errors.
    """
    shown = list(options)[:MOST]
    key = key_of(currency, shown)
    async with services.database.tenant_connection(boutique_id) as conn:
        path = await collages.path_of(conn, key=key)
    if path is not None:
        return path
    pictures = await asyncio.gather(*(_picture(services, boutique_id, one) for one in shown))
    tiles = [
        Tile(
            number=option.number,
            name=option.name,
            price=format_money(option.price_minor, currency),
            colour=option.colour or next(iter(option.colours), None),
            picture=picture,
        )
        for option, picture in zip(shown, pictures, strict=True)
    ]
    path = f"{boutique_id}/collages/{key[:32]}.jpg"
    await services.media.put(path, await asyncio.to_thread(compose, tiles), "image/jpeg")
    async with services.database.tenant_connection(boutique_id) as conn:
        await collages.put(conn, key=key, media_path=path)
    return path


async def _picture(services: Services, boutique_id: str, option: Option) -> bytes | None:
    # A path comes from data, so a path in another boutique's folder is not read.
    if option.image_path is None or not option.image_path.startswith(f"{boutique_id}/"):
        return None
    try:
        return await services.media.get(option.image_path)
    except (NotFound, UnreadableImage):
        log.warning("collage_picture_missing", path=option.image_path)
        return None


def key_of(currency: str, options: Sequence[Option]) -> str:
    """What the picture of these options is kept under: all that is seen on it."""
    drawn = [(o.number, o.name, o.price_minor, o.colour, o.image_path) for o in options[:MOST]]
    told = json.dumps(["campaign", DESIGN, currency, drawn], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
