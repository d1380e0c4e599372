"""An owner's pictures of a piece: added, given a colour, put in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dukani.agent.eye import Eye
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.images import clean_copy
from dukani.core.store import embeddings, product_edits, product_list, products
from dukani.tools.pictures import LONGEST_PX, picture_path
from dukani.tools.product_editing import the_product

MOST_PICTURES = 20


async def clean_and_look(eye: Eye, data: bytes) -> tuple[bytes, embeddings.Seen]:
    """The picture as it is kept, and what the eye makes of it. Raises UnreadableImage.

    Done before anything is stored, so that a picture is whole and can be found, or is not there.
    """
    clean = await clean_copy(data, max_side=LONGEST_PX, still=True)
    analysis = await eye.look(clean)
    return clean, embeddings.Seen(analysis.vectors)


def path_for(boutique_id: str, product_id: str, data: bytes) -> str:
    """By the content: the same picture of a piece is one."""
    return picture_path(boutique_id, f"{product_id}-{hashlib.sha256(data).hexdigest()[:12]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPicture:
    product_id: str
    path: str
    colour: str | None  # none: it shows any


async def has_room(conn: Connection, new: NewPicture) -> bool:
    """Whether the picture is to be added: false for one that is there.

    Raises NotFound, or InvalidValue for one picture too many or a colour the piece has not.
    """
    await the_product(conn, product_id=new.product_id, lock=True)
    there = await product_list.pictures(conn, product_id=new.product_id)
    if any(one.path == new.path for one in there):
        return False
    if len(there) >= MOST_PICTURES:
        raise InvalidValue(
            field="picture", remedy=f"A piece has {MOST_PICTURES} pictures at most: remove one."
        )
    await _require_colour(conn, product_id=new.product_id, colour=new.colour)
    return True


async def add(
    conn: Connection, new: NewPicture, *, boutique_id: str, seen: embeddings.Seen
) -> None:
    """Adds the stored picture behind the others; customers' photos find the piece by it.

    The same picture again is added once. Raises as `has_room`.
    """
    if not await has_room(conn, new):
        return
    there = await product_list.pictures(conn, product_id=new.product_id)
    image_id = await products.add_picture(
        conn,
        boutique_id=boutique_id,
        product_id=new.product_id,
        path=new.path,
        colour=new.colour,
        position=max((one.position for one in there), default=-1) + 1,
    )
    await embeddings.put_all(conn, boutique_id=boutique_id, image_id=image_id, seen=seen)
    await product_edits.touch(conn, product_id=new.product_id)


async def arrange(conn: Connection, *, product_id: str, picture_ids: Sequence[str]) -> None:
    """Puts the pictures in this order; the first is the cover.

    Raises NotFound, or InvalidValue unless each of the piece's pictures is named once.
    """
    await the_product(conn, product_id=product_id, lock=True)
    there = {one.id: one for one in await product_list.pictures(conn, product_id=product_id)}
    if sorted(picture_ids) != sorted(there):
        raise InvalidValue(
            field="picture_ids", remedy="Name each picture of the piece once, and no other."
        )
    for position, picture_id in enumerate(picture_ids):
        if there[picture_id].position != position:
            await product_edits.set_picture_position(
                conn, product_id=product_id, picture_id=picture_id, position=position
            )
    await product_edits.touch(conn, product_id=product_id)


async def set_colour(
    conn: Connection, *, product_id: str, picture_id: str, colour: str | None
) -> None:
    """Says which colour a picture shows. Raises NotFound, or InvalidValue for another colour."""
    await the_product(conn, product_id=product_id, lock=True)
    placed = await product_edits.set_picture_colour(
        conn, product_id=product_id, picture_id=picture_id, colour=colour
    )
    if not placed:
        raise NotFound("The piece has no such picture.")
    await _require_colour(conn, product_id=product_id, colour=colour)
    await product_edits.touch(conn, product_id=product_id)


async def _require_colour(conn: Connection, *, product_id: str, colour: str | None) -> None:
    variants = await product_list.variants(conn, product_id=product_id)
    colours = sorted({variant.colour for variant in variants})
    if colour is not None and colour not in colours:
        raise InvalidValue(
            field="colour", value=colour, remedy=f"The piece comes in {', '.join(colours)}."
        )
