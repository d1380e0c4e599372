"""Makes one numbered picture of the options offered, and reuses it for the same options."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from dukani.agent.facts import Option
from dukani.core.errors import NotFound, UnreadableImage
from dukani.core.money import format_money
from dukani.core.services import Services
from dukani.core.store.boutiques import Boutique
from dukani.tools.tiles import MAX_TILES, Tile, compose

log = structlog.get_logger()

DESIGN = 1  # part of the path: raise it when the look changes, so that old pictures are not reused


def known_picture(services: Services, boutique: Boutique, options: Sequence[Option]) -> str | None:
    """The path of the options' picture, if this process knows that the picture is stored."""
    if not options:
        return None
    path = _path(boutique.id, boutique.currency, options[:MAX_TILES])
    return services.painted.get(path)


async def options_picture(
    services: Services,
    *,
    boutique_id: str,
    currency: str,
    options: Sequence[Option | Mapping[str, Any]],
) -> str:
    """The path of a picture of the first MAX_TILES options, numbered as in the text.

    A piece without a picture gets a tile in its colour. The same pieces at the same prices share
    one picture. Raises the media store's errors.
    """
    shown = [Option.model_validate(option) for option in options][:MAX_TILES]
    path = _path(boutique_id, currency, shown)
    if await services.media.exists(path):
        services.painted[path] = path
        return path
    pictures = [await _picture(services, boutique_id, option) for option in shown]
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
    await services.media.put(path, await asyncio.to_thread(compose, tiles), "image/jpeg")
    services.painted[path] = path
    return path


async def _picture(services: Services, boutique_id: str, option: Option) -> bytes | None:
    # A path comes from data, so a path in another boutique's folder is not read.
    if option.image_path is None or not option.image_path.startswith(f"{boutique_id}/"):
        return None
    try:
        return await services.media.get(option.image_path)
    except (NotFound, UnreadableImage):
        log.warning("option_picture_missing", path=option.image_path)
        return None


def _path(boutique_id: str, currency: str, options: Sequence[Option]) -> str:
    drawn = [
        (o.number, o.name, o.price_minor, o.colour or next(iter(o.colours), None), o.image_path)
        for o in options
    ]
    told = json.dumps([DESIGN, currency, drawn], ensure_ascii=False)
    return f"{boutique_id}/collages/{hashlib.sha256(told.encode()).hexdigest()[:32]}.jpg"
