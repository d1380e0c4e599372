"""Adds or updates the pieces of an owner's list, with their pictures; repeating is harmless."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from dukani.core.errors import UnreadableImage
from dukani.core.services import Services
from dukani.core.store import products
from dukani.tools.catalogue import NewProduct, add_product, update_product
from dukani.tools.pictures import add_picture

Outcome = Literal["added", "changed", "unchanged"]


class UnreadablePicture(UnreadableImage):
    """One of a piece's pictures cannot be opened."""


async def stock_piece(
    services: Services,
    new: NewProduct,
    pictures: Mapping[str, Sequence[Path]],
    *,
    boutique_id: str,
) -> Outcome:
    """Adds a piece, or updates the piece with its SKU. Raises UnreadablePicture.

    Afterwards each colour named in `pictures` has exactly these pictures. Repeating the call
    changes nothing.
    """
    files = {colour: await _read(paths) for colour, paths in pictures.items()}
    async with services.database.tenant_connection(boutique_id) as conn:
        known = await products.by_sku(conn, sku=new.sku)
        if known is None:
            product_id = await add_product(conn, new, boutique_id=boutique_id)
            changed = True
        else:
            product_id = known.id
            changed = await update_product(
                conn, new, boutique_id=boutique_id, product_id=product_id
            )
        before = await products.pictures(conn, product_ids=[product_id])
    stored = {picture.path for picture in before}
    for colour, contents in files.items():
        names = [_name(new.sku, colour, content) for content in contents]
        for position, (name, content) in enumerate(zip(names, contents, strict=True)):
            if f"{boutique_id}/products/{name}.jpg" in stored:
                continue
            changed = True
            await _add(services, boutique_id, product_id, content, name, colour, position)
        changed |= await _remove_others(services, boutique_id, product_id, colour, names)
    return "added" if known is None else "changed" if changed else "unchanged"


async def _read(paths: Sequence[Path]) -> list[bytes]:
    return [await asyncio.to_thread(path.read_bytes) for path in paths]


def _name(sku: str, colour: str, content: bytes) -> str:
    """A name by the picture's content, so that the same picture is added once."""
    plain = re.sub(r"[^a-z0-9]+", "-", f"{sku}-{colour}".lower()).strip("-")
    return f"{plain}-{hashlib.sha256(content).hexdigest()[:12]}"


async def _add(
    services: Services,
    boutique_id: str,
    product_id: str,
    content: bytes,
    name: str,
    colour: str,
    position: int,
) -> None:
    try:
        await add_picture(
            services,
            boutique_id=boutique_id,
            product_id=product_id,
            data=content,
            name=name,
            colour=colour,
            position=position,
        )
    except UnreadableImage as error:
        raise UnreadablePicture(f"its picture in {colour}: {error}") from error


async def _remove_others(
    services: Services, boutique_id: str, product_id: str, colour: str, names: Sequence[str]
) -> bool:
    async with services.database.system_connection() as conn:
        gone = await products.remove_pictures(
            conn,
            boutique_id=boutique_id,
            product_id=product_id,
            colour=colour,
            kept=[f"{boutique_id}/products/{name}.jpg" for name in names],
        )
    return gone > 0
