"""An owner begins a piece as a copy of another: all of it but its stock and its SKU."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import uuid4

import structlog

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import embeddings, product_list, products
from dukani.core.store.product_list import ShownPicture, ShownProduct
from dukani.tools.catalogue import NewProduct
from dukani.tools.pictures import picture_path
from dukani.tools.product_editing import add_piece, new_sku

log = structlog.get_logger()

LONGEST_NAME = 120
_NUMBERED = re.compile(r"(?P<name>.+) (?P<number>\d{1,3})")


def next_name(name: str, taken: Sequence[str]) -> str:
    """`Amani` → `Amani 2`, `Amani 2` → `Amani 3`; the first that is not taken."""
    numbered = _NUMBERED.fullmatch(name)
    plain, number = (numbered["name"], int(numbered["number"])) if numbered else (name, 1)
    known = {one.casefold() for one in taken}
    while True:
        number += 1
        end = f" {number}"
        candidate = plain[: LONGEST_NAME - len(end)].rstrip() + end
        if candidate.casefold() not in known:
            return candidate


async def copy_files(
    services: Services, pictures: Sequence[ShownPicture], *, boutique_id: str
) -> dict[str, str]:
    """The path of each picture → that of a copy of its file; one without a file is left out."""
    copies: dict[str, str] = {}
    for one in pictures:
        try:
            data = await services.media.get(one.path)
        except NotFound:
            log.warning("picture_without_file", path=one.path)
            continue
        copies[one.path] = picture_path(boutique_id, f"copy-{uuid4().hex}")
        await services.media.put(copies[one.path], data, "image/jpeg")
    return copies


async def copy_piece(
    conn: Connection,
    product: ShownProduct,
    *,
    boutique_id: str,
    name: str | None,
    files: dict[str, str],
) -> str:
    """The id of the copy, which has no stock; `files` is of `copy_files`.

    Without a name it is called the next of the same name.
    """
    taken = await product_list.names_like(conn, name=product.name)
    units: dict[str, dict[str, int]] = {}
    variants = await product_list.variants(conn, product_id=product.id)
    for variant in variants:
        if not variant.retired:
            units.setdefault(variant.colour, {})[variant.size] = 0
    new = NewProduct(
        sku=new_sku(product.category),
        name=name or next_name(product.name, taken),
        category=product.category,
        price_minor=product.price_minor,
        stock=units,
        description=product.description,
        pattern=product.pattern,
        embroidery=product.embroidery,
        occasions=product.occasions,
    )
    copy_id = await add_piece(conn, new, boutique_id=boutique_id)
    for picture in await product_list.pictures(conn, product_id=product.id):
        if picture.path in files:
            await _copy_picture(conn, picture, files[picture.path], copy_id, boutique_id)
    return copy_id


async def _copy_picture(
    conn: Connection, picture: ShownPicture, path: str, product_id: str, boutique_id: str
) -> None:
    image_id = await products.add_picture(
        conn,
        boutique_id=boutique_id,
        product_id=product_id,
        path=path,
        colour=picture.colour,
        position=picture.position,
    )
    await embeddings.copy(conn, from_image_id=picture.id, to_image_id=image_id)
